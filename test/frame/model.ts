/**
 * Framing written down once more from its pseudo-code, octet by octet and with integers of any size: slow, and independent of the library.
 */

/** A frame and its records as `[start, end]`. */
interface ModelFrame {
  start: number;
  end: number;
  records: [start: number, end: number][];
}

/** What reading came to: frames in the order of reading, where it stopped and why. */
export interface ModelResult {
  frames: ModelFrame[];
  stop: number;
  damage: string | undefined;
}

const big = (octets: readonly number[]): bigint => octets.reduce((n, octet) => (n << 8n) | BigInt(octet), 0n);

function field(octets: readonly number[], kind: 'frame' | 'record', truncated: string): [size: number, length: bigint] {
  const [tag] = octets as [number];
  const base = kind === 'frame' ? 0xf4 : 0xf0;
  if (tag < base || tag > base + 3) throw kind === 'frame' && tag >= 0xf0 && tag < 0xf4 ? 'unidirectional' : 'bad-tag';
  const size = 1 + 2 ** (tag - base);
  if (octets.length < size) throw truncated;
  return [size, big(octets.slice(1, size))];
}

/** The frame at the start of the octets. */
function forward(octets: readonly number[], start: number): ModelFrame {
  const [size, length] = field(octets, 'frame', 'trunc-len');
  if (length > BigInt(octets.length - size)) throw 'overlong';
  const bodyEnd = size + Number(length);
  if (bodyEnd + size > octets.length) throw 'trunc-trailer';
  const mirrored = octets.slice(bodyEnd, bodyEnd + size).reverse();
  if (mirrored.join() !== octets.slice(0, size).join()) throw 'reverse-mismatch';
  const records: [number, number][] = [];
  for (let at = size; at < bodyEnd; ) {
    if (records.length === 3) throw 'records';
    const [recordSize, recordLength] = field(octets.slice(at, bodyEnd), 'record', 'record-overlong');
    const data = at + recordSize;
    if (recordLength > BigInt(bodyEnd - data)) throw 'record-overlong';
    at = data + Number(recordLength);
    records.push([start + data, start + at]);
  }
  return { start, end: start + bodyEnd + size, records };
}

/** The frame at the end of the octets. */
function backward(octets: readonly number[]): ModelFrame {
  const reversed = [...octets].reverse();
  const [size, length] = field(reversed, 'frame', 'underflow');
  const start = BigInt(octets.length - 2 * size) - length;
  if (start < 0n) throw 'underflow';
  const frame = forward(octets.slice(Number(start)), Number(start));
  if (frame.end !== octets.length) throw 'reverse-mismatch';
  return frame;
}

/** All frames of the octets, from either end. */
export function model(octets: Uint8Array, fromEnd = false): ModelResult {
  const all = [...octets];
  const frames: ModelFrame[] = [];
  let stop = fromEnd ? all.length : 0;
  try {
    while (stop !== (fromEnd ? 0 : all.length)) {
      const frame = fromEnd ? backward(all.slice(0, stop)) : forward(all.slice(stop), stop);
      frames.push(frame);
      stop = fromEnd ? frame.start : frame.end;
    }
    return { frames, stop, damage: undefined };
  } catch (damage) {
    if (typeof damage !== 'string') throw damage;
    return { frames, stop, damage };
  }
}
