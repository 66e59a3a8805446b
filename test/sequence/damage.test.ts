import { describe, expect, test } from 'vitest';
import {
  type Json,
  payloadOf,
  payloadsOf,
  plainFrames,
  refusal,
  sample,
  sequences,
  sha512,
  text,
  types,
  utf8,
} from './support.ts';

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const open = (octets: Uint8Array) => sequences.open(sequences.bytes(octets));
const verdict = async (octets: Uint8Array): Promise<string> => {
  try {
    const { digest } = await (await open(octets)).verify();
    return digest === undefined ? 'unlinked' : Buffer.from(digest).toString('hex');
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** A frame with other members in its header. */
function withHeader(octets: Uint8Array, n: number, change: (header: Json) => void): Uint8Array {
  const frames = plainFrames(octets);
  const field = (tag: number, length: number) =>
    length < 256 ? Uint8Array.of(tag, length) : Uint8Array.of(tag + 1, length >> 8, length & 255);
  const record = (data: Uint8Array) => join(field(0xf0, data.length), data);
  return join(
    ...frames.map(({ start, end, header, payload, trailer }, i) => {
      if (i !== n) return octets.subarray(start, end);
      change(header);
      const body = join(record(utf8(JSON.stringify(header))), record(payload), record(utf8(JSON.stringify(trailer))));
      const front = field(0xf4, body.length);
      return join(front, body, front.slice().reverse());
    }),
  );
}

describe('what is written', () => {
  test('has the digests of the specification, computed here with node:crypto from the octets of the file', async () => {
    const Z = new Uint8Array(64);
    const last = 40;
    const chain = plainFrames(await sample('Chain', last));
    let before: Uint8Array = Z;
    for (const { payload, trailer } of chain) {
      before = sha512(before, sha512(payload));
      expect(trailer['PayloadDigest']).toBe(Buffer.from(sha512(payload)).toString('base64url'));
      expect(trailer['ChainDigest']).toBe(Buffer.from(before).toString('base64url'));
    }
    const tree: Uint8Array[] = [];
    const merkle = plainFrames(await sample('Merkle', last));
    merkle.forEach(({ payload, header, trailer }, n) => {
      let [x, d, digest, previous] = [n + 1, 1, sha512(payload), 0];
      const take = (k: number) => {
        previous = k;
        digest = sha512(tree[k] ?? Z, digest);
      };
      for (; x % 2 === 0; x /= 2, d *= 2) take(n - d);
      take(n === 0 ? -1 : x === 1 ? d / 2 - 1 : n - d);
      tree.push(digest);
      expect(trailer['TreeDigest']).toBe(Buffer.from(digest).toString('base64url'));
      expect(header['SequenceInfo'].TreePosition).toBe(n === 0 ? undefined : merkle[previous]?.start);
      expect(header['SequenceInfo'].Index).toBe(n);
    });
  });

  test('has the shortest lengths, three records in frame 0 and two in a frame without digests, as in dare-12, section 14.1', async () => {
    const memory = sequences.memory();
    const sequence = await sequences.create(memory, { type: 'List', digests: false });
    await sequence.append(Uint8Array.from({ length: 300 }, (_, i) => i & 255));
    const [first, second] = plainFrames(memory.bytes());
    expect(JSON.stringify(second?.header)).toBe('{"ContentMetaData":"e30","SequenceInfo":{"Index":1}}');
    // The draft prints f50173 f042 f1012c 7301f5, for a header of 66 octets instead of 52.
    const octets = Buffer.from(memory.bytes().subarray(second?.start)).toString('hex');
    expect([octets.slice(0, 10), octets.slice(114, 120), octets.slice(-6)]).toEqual(['f50165f034', 'f1012c', '6501f5']);
    expect(Buffer.from(memory.bytes().subarray(0, first?.end)).toString('hex')).toMatch(/f000f000..f4$/);
  });
});

describe.each(types)('a %s sequence', (type) => {
  test('cut at any octet gives the frames before the cut, and says what is torn', async () => {
    const octets = await sample(type, 5);
    const ends = plainFrames(octets).map(({ end }) => end);
    for (let cut = 1; cut < octets.length; cut++) {
      const whole = ends.filter((end) => end <= cut).length;
      const part = octets.subarray(0, cut);
      if (whole === 0) {
        expect(['trunc-len', 'trunc-trailer', 'overlong']).toContain(await refusal(open(part)));
        continue;
      }
      const sequence = await open(part);
      expect([cut, sequence.length]).toEqual([cut, whole]);
      expect(sequence.torn === undefined).toBe(ends.includes(cut));
      expect((await payloadsOf(sequences.bytes(part))).slice(1)).toEqual(
        Array.from({ length: whole - 1 }, (_, i) => text(payloadOf(i + 1))),
      );
      const report = await sequence.verify({ torn: true });
      expect(report.frames).toBe(whole);
      if (sequence.torn !== undefined) {
        expect(sequence.torn).toEqual(report.torn);
        expect(sequence.torn.offset + sequence.torn.octets).toBe(cut);
        expect(await refusal(sequence.verify())).toBe(sequence.torn.code);
      }
    }
  });

  test('with any octet changed is refused, or the change is in what nothing covers', async () => {
    const octets = await sample(type, 3);
    const sound = await verdict(octets);
    const frames = plainFrames(octets);
    const covered = type === 'List' || type === 'Tree' ? 'payload digest only' : 'all digests';
    let unnoticed = 0;
    for (let at = 0; at < octets.length; at++) {
      for (const bit of [1, 32, 128]) {
        const changed = octets.slice();
        changed[at] = (changed[at] as number) ^ bit;
        const found = await verdict(changed);
        if (found !== sound) continue;
        unnoticed++;
        // Only texts of headers and trailers that nobody checks: never payloads, tags, lengths, indexes or digests.
        const frame = frames.find(({ start, end }) => start <= at && at < end);
        const record = text(changed.subarray(frame?.start, frame?.end));
        expect(record).toContain('{');
        const again = plainFrames(changed);
        again.forEach((other, n) => {
          const { payload, header, trailer } = frames[n] as (typeof frames)[number];
          expect(other.payload).toEqual(payload);
          const info = (value: typeof header) => value['SequenceInfo'] ?? {};
          if (info(other.header).Index !== undefined) expect(info(other.header).Index).toBe(info(header).Index);
          for (const name of ['PayloadDigest', 'ChainDigest', 'TreeDigest']) {
            if (other.trailer[name] !== undefined) expect(other.trailer[name]).toBe(trailer[name]);
          }
        });
      }
    }
    expect([covered, unnoticed > 0]).toEqual([covered, true]);
  });

  test('with frames exchanged, left out, doubled or played again is refused', async () => {
    const octets = await sample(type, 6);
    const frames = plainFrames(octets).map(({ start, end }) => octets.subarray(start, end));
    const [a, b, c, d, e, f, g] = frames as [Uint8Array, ...Uint8Array[]] & Uint8Array[];
    const all = [a, b, c, d, e, f, g] as Uint8Array[];
    const cases: Uint8Array[][] = [
      all.filter((_, n) => n !== 2),
      all.filter((_, n) => n !== 0),
      all.flatMap((frame, n) => (n === 3 ? [frame, frame] : [frame])),
      [...all, all[3] as Uint8Array],
      [...all, ...all],
      all.map((frame, n) => (n === 2 ? all[4] : n === 4 ? all[2] : frame) as Uint8Array),
      [...all].reverse(),
    ];
    for (const [i, changed] of cases.entries()) {
      expect([i, ['index', 'tree-position', 'type'].includes(await verdict(join(...changed)))]).toEqual([i, true]);
    }
  });
});

describe('two frames that share an octet', () => {
  test('are not read backwards, also when it is known from reading forwards where the first of them begins', async () => {
    for (const type of ['Chain', 'Merkle'] as const) {
      const octets = await sample(type, 4);
      const [, first, second] = plainFrames(octets) as [object, { end: number }, { start: number }];
      // The tag that ends the one begins the other.
      expect(octets[first.end - 1]).toBe(octets[second.start]);
      const sequence = await open(join(octets.subarray(0, first.end), octets.subarray(second.start + 1)));
      const walk = async (reverse: boolean) => {
        for await (const _ of sequence.frames({ reverse }));
      };
      const codes = [await refusal(walk(true)), await refusal(walk(false)), await refusal(walk(true))];
      const backwards = type === 'Chain' ? 'reverse-mismatch' : 'tree-position';
      expect([type, codes[1], codes[2]]).toEqual([type, 'bad-tag', backwards]);
    }
  });
});

describe('digests that are stored', () => {
  test('a payload exchanged with its digests is found in a linked sequence by what follows it', async () => {
    for (const type of ['Chain', 'Merkle'] as const) {
      const octets = await sample(type, 4);
      const other = await sequences.open(sequences.memory(octets));
      const forged = sequences.memory();
      const copy = await sequences.create(forged, { type, envelopeId: 'test' });
      for (let n = 1; n <= 4; n++) await copy.append(n === 2 ? utf8('forged x') : (await other.read(n)).payload);
      const frames = plainFrames(octets);
      const second = plainFrames(forged.bytes())[2] as (typeof frames)[number];
      const changed = join(
        ...frames.map(({ start, end }, n) =>
          n === 2 ? forged.bytes().subarray(second.start, second.end) : octets.subarray(start, end),
        ),
      );
      expect(['chain-digest', 'tree-digest', 'tree-position']).toContain(await verdict(changed));
    }
  });

  test('a frame without the digest that others have is refused', async () => {
    for (const [type, name, code] of [
      ['Chain', 'ChainDigest', 'missing-chain'],
      ['Merkle', 'TreeDigest', 'missing-tree'],
      ['Digest', 'PayloadDigest', 'missing-digest'],
    ] as const) {
      const octets = await sample(type, 4);
      const frames = plainFrames(octets);
      const { trailer } = frames[4] as (typeof frames)[number];
      delete trailer[name];
      const rebuilt = withHeader(octets, 4, () => {});
      const shorter = rebuilt.length - octets.length;
      expect(shorter).toBe(0);
      const start = (frames[4] as (typeof frames)[number]).start;
      const body = plainFrames(octets)[4] as (typeof frames)[number];
      const field = (tag: number, length: number) =>
        length < 256 ? Uint8Array.of(tag, length) : Uint8Array.of(tag + 1, length >> 8, length & 255);
      const record = (data: Uint8Array) => join(field(0xf0, data.length), data);
      const content = join(
        record(utf8(JSON.stringify(body.header))),
        record(body.payload),
        record(utf8(JSON.stringify(trailer))),
      );
      const front = field(0xf4, content.length);
      expect(await verdict(join(octets.subarray(0, start), front, content, front.slice().reverse()))).toBe(code);
    }
  });

  test('a payload may be erased when that is asked for: the rest is verified with the stored digests', async () => {
    const octets = await sample('Merkle', 5);
    const { start, end } = plainFrames(octets)[3] as { start: number; end: number };
    const at = Buffer.from(octets).indexOf('payload 3');
    expect(at > start && at < end).toBe(true);
    octets.fill(0, at, at + payloadOf(3).length);
    const sequence = await open(octets);
    expect(await refusal(sequence.verify())).toBe('payload-digest');
    expect(await refusal(sequence.read(3))).toBe('payload-digest');
    expect(await sequence.verify({ erased: true })).toMatchObject({ rule: 'linked', erased: [3], payloadDigests: 5 });
  });
});

describe('a hostile file', () => {
  const merkle = sample('Merkle', 9);

  test('with a TreePosition to itself, behind itself, into a frame or to another frame is refused by seeking and by verifying', async () => {
    const octets = await merkle;
    const frames = plainFrames(octets);
    for (const position of [0, 1, frames[2]?.start, frames[8]?.start, frames[9]?.start, 10 ** 15]) {
      const target = (octets: Uint8Array) => open(octets).then((sequence) => sequence.frame(3));
      // The way from frame 9 to frame 3 goes through 8 and 7, whose TreePosition is that of frame 3.
      if (position === frames[3]?.start) continue;
      const changed = withHeader(octets, 7, (header) => {
        header['SequenceInfo'].TreePosition = position;
      });
      expect(await refusal(target(changed))).toBe('tree-position');
      expect(await verdict(changed)).toBe('tree-position');
    }
  });

  test('that claims more frames than it has room for, or lengths that it has not, is refused at once', async () => {
    const octets = await sample('Chain', 3);
    for (const index of [2 ** 52, 10 ** 9, 4, -1, 1.5, '3']) {
      const changed = withHeader(octets, 3, (header) => {
        header['SequenceInfo'].Index = index;
      });
      expect(['index', 'structure']).toContain(await verdict(changed));
    }
    for (const length of ['ffffffffffffffff', '0020000000000000', '00000000ffffffff']) {
      const claim = Uint8Array.from(Buffer.from(`f7${length}f000`, 'hex'));
      expect(await refusal(open(claim))).toBe('overlong');
      expect((await open(join(octets, claim))).torn).toMatchObject({ code: 'overlong', offset: octets.length });
      const record = Uint8Array.from(Buffer.from(`f40bf3${length}7b7d0bf4`, 'hex'));
      expect(await refusal(open(record))).toBe('record-overlong');
    }
  });

  test('of a header that is too long, too deep, or no object is refused', async () => {
    const octets = await sample('Chain', 1);
    const deep = withHeader(octets, 1, (header) => {
      header['x'] = JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`);
    });
    expect(await verdict(deep)).toBe('depth');
    const storage = sequences.bytes(octets);
    expect(await refusal(sequences.open(storage, { limits: { header: 40 } }))).toBe('limit');
    const tight = await sequences.open(sequences.bytes(octets), { limits: { payload: 3 } });
    expect(await refusal(tight.read(1))).toBe('limit');
    await tight.verify();
  });

  test('of a million empty frames or of frames within frames takes linear time', async () => {
    const flood = new Uint8Array(4_000_000);
    for (let at = 0; at < flood.length; at += 4) flood.set([0xf4, 0, 0, 0xf4], at);
    const start = performance.now();
    expect(await verdict(flood)).toBe('records');
    const tags = new Uint8Array(4_000_000).fill(0xf4);
    await verdict(join(await sample('Chain', 1), tags.subarray(0, 100_000)));
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('with another type or encoding is refused', async () => {
    const octets = await sample('List', 1);
    const changed = (name: string, value: string) =>
      withHeader(octets, 0, (header) => {
        header['SequenceInfo'][name] = value;
      });
    expect(await refusal(open(changed('ContainerType', 'Kist')))).toBe('type');
    expect(await refusal(open(changed('DataEncoding', 'ASN_1')))).toBe('algorithm');
    expect(await refusal(open(new Uint8Array(0)))).toBe('no-frame');
  });

  test('cannot put members into objects that everybody shares', async () => {
    const octets = await sample('Chain', 1);
    const changed = withHeader(octets, 1, (header) => {
      Object.defineProperty(header, '__proto__', { value: { Index: 1 }, enumerable: true });
    });
    try {
      await (await open(changed)).verify();
    } catch {
      // Refused is as good.
    }
    expect(({} as Record<string, unknown>)['Index']).toBeUndefined();
  });
});

describe('the number that the last frame claims', () => {
  test('takes neither memory nor time, in a file of holes', async () => {
    const list = sequences.memory();
    const sequence = await sequences.create(list, { type: 'List' });
    await sequence.append(payloadOf(1));
    await sequence.close();
    const size = 2 ** 46;
    const start = plainFrames(list.bytes())[1]?.start as number;
    const first = list.bytes().subarray(0, start);
    const last = withHeader(list.bytes(), 1, (header) => {
      header['SequenceInfo'].Index = Math.floor(size / 6) - 1000;
    }).subarray(start);
    const holes = {
      readOnly: true,
      size: () => size,
      read: (offset: number, length: number) => {
        const octets = new Uint8Array(length);
        for (const [piece, at] of [
          [first, 0],
          [last, size - last.length],
        ] as const) {
          for (let i = Math.max(at, offset); i < Math.min(at + piece.length, offset + length); i++)
            octets[i - offset] = piece[i - at] as number;
        }
        return octets;
      },
      append: () => {},
      truncate: () => {},
      sync: () => {},
      close: () => {},
    };
    const open = await sequences.open(holes);
    expect(open.length).toBeGreaterThan(2 ** 43);
    expect(await refusal(open.frame(1))).toBe('bad-tag');
    expect((await open.frame(open.length - 1)).index).toBe(open.length - 1);
  });
});
