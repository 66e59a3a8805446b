/**
 * Envelopes with every octet changed: nothing authenticated ever opens to something else.
 */
import { describe, expect, it } from 'vitest';
import type { Dare, OpenOptions, SealEnvelopeOptions } from '../../src/dare/index.ts';
import { MeshError } from '../../src/errors.ts';
import { pairOf, publicPart, secretPart, subjects } from '../support/dare.ts';
import { utf8 } from '../support/octets.ts';

const symmetric = 'EAQN-I5LT-6YG6-RR5F-57CG-B755-RFUR-JVQQ-IW5N-X5FR-57BA-SJS6-X2PF-A';
const bella = pairOf('Ed25519', 2);
const trust = [publicPart(bella)];
const plaintext = utf8('a payload that has more than a block');

/** What happened with each octet changed in turn: the codes, and how often it opened all the same. */
function changes(dare: Dare, sealing: SealEnvelopeOptions, opening: OpenOptions, flip: (octet: number) => number) {
  const octets = dare.seal(plaintext, sealing).bytes;
  const codes = new Map<string, number>();
  const opened: { at: number; same: boolean; trusted: boolean; covered: boolean }[] = [];
  for (let at = 0; at < octets.length; at++) {
    const changed = octets.slice();
    changed[at] = flip(changed[at] as number);
    try {
      const { payload, assurance } = dare.open(changed, opening);
      opened.push({
        at,
        same: Buffer.compare(payload, plaintext) === 0,
        trusted: assurance.trusted,
        covered: assurance.headerCovered,
      });
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
  }
  return { codes, opened, text: new TextDecoder('latin1').decode(octets) };
}

const flips: [string, (octet: number) => number][] = [
  ['the lowest bit', (octet) => octet ^ 1],
  ['the highest bit', (octet) => octet ^ 0x80],
  ['bit 5, which is the case of a letter,', (octet) => octet ^ 0x20],
];

/** Where the member of a trailer or header stands in the text. */
function spanOf(text: string, member: RegExp): [number, number] {
  const found = member.exec(text) as RegExpExecArray;
  return [found.index, found.index + found[0].length];
}

describe.each(subjects)('on $name', ({ dare }) => {
  describe.each(['json', 'jsonb'] as const)('in the form %s', (form) => {
    it.each(flips)(
      'with %s of any octet changed, A256GCM opens only where nothing in the header or payload is',
      (_, flip) => {
        const { opened, text } = changes(dare, { form, recipients: [symmetric] }, { keys: [symmetric] }, flip);
        // What is left: names in the trailer, which become unknown members, and white space around the data item.
        const headerEnd = text.indexOf('}],"KeyCommitment"') + 1;
        for (const { at, same, covered } of opened) {
          expect(same && covered).toBe(true);
          expect(at).toBeGreaterThan(headerEnd);
        }
        const [from] = spanOf(text, form === 'json' ? /,\{"PayloadDigest/ : /,\n {2}\{"PayloadDigest/);
        for (const { at } of opened) expect(at >= from || /\s/.test(text[at]!)).toBe(true);
      },
    );

    it.each(flips)('with %s of any octet changed, a signed payload in clear is as it was, or refused', (what, flip) => {
      const { opened } = changes(dare, { form, signers: [bella], contentType: 'text/plain' }, { trust }, flip);
      // Content type and the like are not signed, so that much opens.
      expect(opened.length > 0).toBe(what !== 'the highest bit');
      expect(opened.every(({ same, trusted }) => same && trusted)).toBe(true);
    });

    it.each(flips)(
      'with %s of any octet changed, a signed and encrypted payload is as it was, or refused',
      (what, flip) => {
        const sealing = { form, recipients: [symmetric], signers: [secretPart(bella) as typeof bella] };
        const { opened, codes } = changes(dare, sealing, { keys: [symmetric], trust }, flip);
        expect(opened.every(({ same, trusted, covered }) => same && trusted && !covered)).toBe(true);
        if (what !== 'the lowest bit') return;
        expect([...codes.keys()]).toEqual(expect.arrayContaining(['payload-digest', 'signature', 'decryption-failed']));
      },
    );
  });

  it('cut off anywhere, no envelope opens', () => {
    for (const form of ['json', 'jsonb'] as const) {
      const octets = dare.seal(plaintext, { form, recipients: [symmetric] }).bytes;
      for (let length = 0; length < octets.length; length++) {
        expect(() => dare.open(octets.subarray(0, length), { keys: [symmetric] })).toThrow(MeshError);
      }
    }
  });

  it('chunks of A256GCM that are cut off, exchanged, repeated or put together otherwise do not open', () => {
    const size = 65552;
    const envelope = dare.seal(new Uint8Array(3 * 65536), { form: 'jsonb', recipients: [symmetric] });
    const [header, payload] = [envelope.header, envelope.payload];
    const chunk = (i: number) => payload.subarray(i * size, (i + 1) * size);
    const [a, b, c] = [chunk(0), chunk(1), chunk(2)];
    expect(dare.open([header, payload], { keys: [symmetric] }).payload).toHaveLength(3 * 65536);
    for (const order of [[a], [c], [a, b], [a, c], [b, a, c], [a, b, b], [a, b, c, c], [c, b, a], []]) {
      const changed = new Uint8Array(Buffer.concat(order));
      expect(() => dare.open([header, changed], { keys: [symmetric] })).toThrow(/cannot be decrypted/);
    }
    const empty = dare.seal(new Uint8Array(0), { recipients: [symmetric] });
    expect(() => dare.open([empty.header, new Uint8Array(0)], { keys: [symmetric] })).toThrow(/cannot be decrypted/);
  });
});
