/**
 * Encoded data sequences, the form of annotations (DARE specification, section 8): two JSON-B data items, salt prefix and body. Documents of 2019 and 2020
 * have a third one, for an authentication tag that is empty. Not their encryption.
 */
import { concat, empty } from '../bytes.ts';
import { fail } from '../errors.ts';

/** The tags of data items whose lengths have 1, 2, 4 and 8 octets. */
const firstTag = 0x88;

function dataItem(octets: Uint8Array): Uint8Array {
  const { length } = octets;
  const k = length < 0x100 ? 0 : length < 0x10000 ? 1 : 2;
  const head = new Uint8Array(1 + (1 << k));
  head[0] = firstTag + k;
  for (let i = head.length - 1, rest = length; i > 0; i--, rest = Math.floor(rest / 256)) head[i] = rest % 256;
  return concat(head, octets);
}

/** The octets of a sequence; `third` adds the empty item. */
export function writeSequence(prefix: Uint8Array, body: Uint8Array, third: boolean): Uint8Array {
  return concat(dataItem(prefix), dataItem(body), third ? dataItem(empty) : empty);
}

/** The items that fill the octets. @throws MeshError `structure` */
function* dataItems(octets: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; ) {
    const k = (octets[at] as number) - firstTag;
    if (k < 0 || k > 3) fail('structure', 'an annotation consists of data items');
    const start = at + 1 + (1 << k);
    let length = 0;
    for (let i = at + 1; i < start; i++) length = length * 256 + (octets[i] ?? 0);
    if (start > octets.length || length > octets.length - start) fail('structure', 'an annotation is truncated');
    yield octets.subarray(start, start + length);
    at = start + length;
  }
}

/**
 * Salt prefix and body, as views.
 *
 * @throws MeshError `structure`; `algorithm` for a third item that is not empty, since no authentication is defined
 */
export function readSequence(octets: Uint8Array): { prefix: Uint8Array; body: Uint8Array } {
  const items: Uint8Array[] = [];
  for (const item of dataItems(octets)) {
    if (items.length === 3) fail('structure', 'an annotation of more than three items');
    items.push(item);
  }
  const [prefix, body, tag = empty] = items;
  if (prefix === undefined || body === undefined) fail('structure', 'an annotation of less than two items');
  if (tag.length > 0) fail('algorithm', 'an annotation with an authentication tag');
  return { prefix, body };
}
