import { describe, expect, test } from 'vitest';
import { makeDare } from '../../src/dare/index.ts';
import { backends } from '../support/backends.ts';
import { payloadOf, plainFrames, refusal, sample, sha512, subjects, text, utf8 } from './support.ts';

const { ed448 } = (backends[0] as (typeof backends)[number]).mesh;
const alice = ed448.keygen(new Uint8Array(57).fill(1));
const mallory = ed448.keygen(new Uint8Array(57).fill(2));
const signers = [{ crv: 'Ed448' as const, secretKey: alice.secretKey }];
const trust = [{ crv: 'Ed448' as const, publicKey: alice.publicKey }];

describe.each(subjects)('signed heads on $name', ({ sequences, name }) => {
  const dare = makeDare(() => (backends.find((each) => each.name === name) as (typeof backends)[number]).backend);
  const opened = async (octets: Uint8Array) => sequences.open(sequences.memory(octets));

  test.each(['Chain', 'Merkle'] as const)(
    'of a %s sequence hold for it and for all that grows out of it',
    async (type) => {
      const octets = await sample(type, 4);
      const sequence = await opened(octets);
      const head = (await sequences.signHead(sequence, { signers })).toString();
      const [first] = plainFrames(octets);
      const last = plainFrames(octets).at(-1);
      const said = sequences.readHead(head, { trust });
      expect(said.id).toEqual(sha512(octets.subarray(0, first?.end)));
      expect(Buffer.from(said.digest).toString('base64url')).toBe(
        last?.trailer[type === 'Chain' ? 'ChainDigest' : 'TreeDigest'],
      );
      expect([said.index, said.type]).toEqual([4, type]);
      expect((await sequences.checkHead(sequence, head, { trust })).later).toBe(0);
      await sequence.appendAll([payloadOf(5), payloadOf(6)]);
      expect((await sequences.checkHead(sequence, head, { trust })).later).toBe(2);
      expect(await sequences.head(await opened(octets))).toEqual(said);
    },
  );

  test('find a sequence that was cut at the boundary of a frame, and one that went on in another way', async () => {
    const octets = await sample('Merkle', 5);
    const head = await sequences.signHead(await opened(octets), { signers });
    const { end = 0 } = plainFrames(octets)[3] ?? {};
    const shorter = await opened(octets.subarray(0, end));
    expect((await shorter.verify()).protects).toBe('sequence');
    expect(await refusal(sequences.checkHead(shorter, head, { trust }))).toBe('rollback');
    await shorter.appendAll([utf8('other'), payloadOf(5), payloadOf(6)]);
    expect(await refusal(sequences.checkHead(shorter, head, { trust }))).toBe('fork');
  });

  test('of another sequence, of another signer, or of something else than a head are refused', async () => {
    const sequence = await opened(await sample('Chain', 2));
    const other = await sequences.create(sequences.memory(), { type: 'Chain' });
    const head = await sequences.signHead(sequence, { signers });
    expect(await refusal(sequences.checkHead(other, head, { trust }))).toBe('head-mismatch');
    const wrong = [{ crv: 'Ed448' as const, publicKey: mallory.publicKey }];
    expect(await refusal(sequences.checkHead(sequence, head, { trust: wrong }))).toBe('signature');
    expect(await refusal(sequences.checkHead(sequence, head, {}))).toBe('bad_option');
    // What the payload of a head says, in a frame or an envelope of the same signer.
    const { SequenceHead } = JSON.parse(text(dare.open(head, { trust }).payload));
    for (const members of [{ SequenceHead }, { SequenceHead, Signatures: [] }]) {
      const signed = dare.seal(utf8(JSON.stringify(members)), { signers });
      expect(await refusal(sequences.checkHead(sequence, signed, { trust }))).toBe('head-mismatch');
    }
    const envelopeSignature = JSON.parse(head.toString())[2].signatures[0].signature;
    const borrowed = dare.seal(utf8(JSON.stringify({ SequenceHead, Signatures: [envelopeSignature] })), { signers });
    expect(await refusal(sequences.checkHead(sequence, borrowed, { trust }))).toBe('head-mismatch');
    for (const payload of ['{}', '[]', 'x', '{"SequenceHead":{"Index":1}}']) {
      const signed = dare.seal(utf8(payload), { signers });
      expect(await refusal(sequences.checkHead(sequence, signed, { trust }))).toBe('head-mismatch');
    }
  });

  test('are not given for sequences without linked digests, damaged ones, or without signers', async () => {
    const list = await opened(await sample('List', 2));
    expect(await refusal(sequences.signHead(list, { signers }))).toBe('not-linked');
    expect(await refusal(sequences.head(list))).toBe('not-linked');
    const octets = await sample('Merkle', 3);
    const at = Buffer.from(octets).indexOf('payload 2');
    octets[at] = 0x50;
    expect(await refusal(sequences.signHead(await opened(octets), { signers }))).toBe('payload-digest');
    expect(await refusal(sequences.signHead(await opened(await sample('Merkle', 1)), {} as never))).toBe('bad_option');
  });

  test('show that a verifier with proofs needs no sequence', async () => {
    const sequence = await opened(await sample('Merkle', 9));
    const head = sequences.readHead(await sequences.signHead(sequence, { signers }), { trust });
    const proof = await sequences.proveInclusion(sequence, 3);
    expect(sequences.verifyInclusion(head, { index: 3, payloadDigest: sha512(payloadOf(3)) }, proof)).toBe(true);
    expect(text(payloadOf(3))).toContain('3');
  });
});
