import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildFrames } from '../../src/frame.ts';
import type { SequenceEntry } from '../../src/sequence/index.ts';
import { backends } from '../support/backends.ts';
import { hkdf } from '../support/dare.ts';
import { fromBase64, payloadOf, plainFrames, refusal, subjects, text, utf8 } from './support.ts';

const { mesh } = backends[0] as (typeof backends)[number];
const bob = { crv: 'X448' as const, secretKey: new Uint8Array(56).fill(3) };
const carol = { crv: 'X448' as const, secretKey: new Uint8Array(56).fill(4) };
const publicOf = (secretKey: Uint8Array) => mesh.overlay.seedKey({ crv: 'X448', secretKey }).publicKey;
const toBob = { crv: 'X448' as const, publicKey: publicOf(bob.secretKey) };
const toCarol = { crv: 'X448' as const, publicKey: publicOf(carol.secretKey) };
const alice = mesh.ed448.keygen(new Uint8Array(57).fill(1));
const signers = [{ crv: 'Ed448' as const, secretKey: alice.secretKey }];
const trust = [{ crv: 'Ed448' as const, publicKey: alice.publicKey }];

/**
 * draft-hallambaker-mesh-dare-06, appendix B, "encrypted": headers, the key of the recipient and the payloads are printed, the ciphertexts are not. Those are
 * computed here with node:crypto, from the base seed that goes with the printed wmk.
 */
const published = { crv: 'Ed25519' as const, secretKey: fromBase64('w5Mb-JUeh0POjYRZ4N_TVv_1jQ1_l1-QyHQM0lfulE8') };
const baseSeed = Uint8Array.from(
  Buffer.from('7b1a030dc3050721a3baa8b00769640834ba8cee64b290660c311e827d755523', 'hex'),
);
const printed = Uint8Array.from({ length: 300 }, (_, i) => i & 0xff);
const empty = new Uint8Array(0);

/** One exchange for all frames: recipients in frame 0 only, and a salt in each. */
function singleExchange(): Uint8Array {
  const headers = [
    {
      enc: 'A256CBC',
      Salt: 'XbIG_EpZWHTRdorffbqNHA',
      recipients: [
        {
          kid: 'MA7L-V7AW-XFYW-4OVM-GPN5-4W3J-676A',
          epk: { PublicKeyECDH: { crv: 'Ed25519', Public: '_u8TpOcChwHUJa3NMt3CMeQnHLomPS6I-9HBk1tMZA8' } },
          wmk: 'L376haSjimKy1mmYnF8BoFOt1-H2hgtnGNclDz9BGZzhEoDDvQ5dPw',
        },
      ],
      ContentMetaData: 'e30',
      ContainerInfo: { DataEncoding: 'JSON', Index: 0, ContainerType: 'List' },
    },
    { enc: 'A256CBC', Salt: 'ojzb__E2uG87qCyZ576mrg', ContentMetaData: 'e30', ContainerInfo: { Index: 1 } },
    { enc: 'A256CBC', Salt: 'Nx3K3IxWXtNL01VHmWiUBw', ContentMetaData: 'e30', ContainerInfo: { Index: 2 } },
  ];
  const frames = headers.map((header, n) => {
    const salt = fromBase64(header.Salt);
    const cipher = createCipheriv(
      'aes-256-cbc',
      hkdf('sha256', baseSeed, salt, 'encrypt', 32),
      hkdf('sha256', baseSeed, salt, 'iv', 16),
    );
    const payload = Buffer.concat([cipher.update(n === 0 ? empty : printed), cipher.final()]);
    return [utf8(JSON.stringify(header)), Uint8Array.from(payload)];
  });
  return buildFrames(frames);
}

describe.each(subjects)('frames on $name', ({ sequences }) => {
  test('of a sequence with recipients are encrypted to them, and to those of the frame; others read nothing', async () => {
    const memory = sequences.memory();
    const sequence = await sequences.create(memory, { type: 'Chain', recipients: [toBob] });
    await sequence.append(payloadOf(1));
    await sequence.append({ payload: payloadOf(2), recipients: [toCarol] });
    // Opened again: the policy is in the file.
    const again = await sequences.open(memory);
    await again.append(payloadOf(3));
    expect(Buffer.from(memory.bytes()).includes('payload')).toBe(false);
    for (const n of [1, 2, 3]) {
      const { payload, assurance } = await again.read(n, { keys: [bob] });
      expect([payload, assurance.headerCovered]).toEqual([payloadOf(n), true]);
      expect((await again.frame(n)).encrypted).toBe(true);
      expect(await refusal(again.read(n))).toBe('no-recipient');
    }
    expect((await again.read(2, { keys: [carol] })).payload).toEqual(payloadOf(2));
    expect(await refusal(again.read(3, { keys: [carol] }))).toBe('no-recipient');
    expect((await again.read(0, { keys: [bob] })).payload).toHaveLength(0);
    await again.verify({ requireLinked: true });
    const seeds = plainFrames(memory.bytes()).map(({ header }) => [header['Salt'], header['recipients'][0].wmk]);
    expect(new Set(seeds.flat()).size).toBe(2 * seeds.length);
  });

  test('are not begun where there is something already', async () => {
    const memory = sequences.memory(utf8('something'));
    expect(await refusal(sequences.create(memory))).toBe('not-empty');
    expect(text(memory.bytes())).toBe('something');
  });

  test('of a sequence that is encrypted to a symmetric key are never appended in clear', async () => {
    const memory = sequences.memory();
    const key = mesh.udf.format(32, new Uint8Array(32).fill(9));
    const sequence = await sequences.create(memory, { recipients: [key] });
    await sequence.append(payloadOf(1));
    expect((await sequence.read(1, { keys: [key] })).payload).toEqual(payloadOf(1));
    const again = await sequences.open(memory);
    expect(await refusal(again.append(payloadOf(2)))).toBe('no-recipient');
    await again.append({ payload: payloadOf(2), recipients: [key] });
    expect((await again.read(2, { keys: [key] })).payload).toEqual(payloadOf(2));
    expect(text(memory.bytes())).not.toContain(key);
  });

  test('of a policy that names keys that cannot be used are not appended', async () => {
    const memory = sequences.memory();
    const EncryptKeys = [{ PublicKeyDH: { kid: 'M', Public: 'AA' } }];
    expect(await refusal(sequences.create(memory, { policy: { EncryptKeys } }))).toBe('key-type');
    expect(memory.bytes()).toHaveLength(0);
  });

  test('that are signed, or signed and encrypted, verify; a signature is of the payload, the digests of the place', async () => {
    const memory = sequences.memory();
    const sequence = await sequences.create(memory, { type: 'Merkle' });
    const entries: SequenceEntry[] = [
      { payload: payloadOf(1), signers },
      { payload: payloadOf(2), signers, recipients: [toBob] },
      payloadOf(3),
    ];
    await sequence.appendAll(entries);
    expect((await sequence.read(1, { trust })).assurance).toMatchObject({ trusted: true, unauthenticated: false });
    expect((await sequence.read(2, { trust, keys: [bob] })).assurance).toMatchObject({
      trusted: true,
      cipher: 'A256CBC',
    });
    expect(await refusal(sequence.read(3, { trust }))).toBe('signature');
    await sequence.verify({ requireLinked: true });
    const changed = memory.bytes();
    const at = Buffer.from(changed).indexOf('payload 1');
    changed[at] = 0x50;
    const other = await sequences.open(sequences.bytes(changed));
    expect(await refusal(other.read(1, { trust }))).toBe('payload-digest');
  });

  test('without recipients of their own use the seed of frame 0, as files of 2019 and 2020 do', async () => {
    const sequence = await sequences.open(sequences.bytes(singleExchange()));
    expect(sequence.length).toBe(3);
    for (const [n, payload] of [empty, printed, printed].entries()) {
      const opened = await sequence.read(n, { keys: [published] });
      expect(opened.payload).toEqual(payload);
      expect(opened.assurance).toMatchObject({ cipher: 'A256CBC', unauthenticated: true });
      expect(await refusal(sequence.read(n, { keys: [bob] }))).toBe('no-recipient');
      expect(await refusal(sequence.read(n))).toBe('no-recipient');
    }
  });

  test('carry content type and other members of ContentMeta', async () => {
    const sequence = await sequences.create(sequences.memory(), { contentType: 'mmm-tbs' });
    await sequence.append({
      payload: payloadOf(1),
      contentType: 'text/plain',
      contentMeta: { UniqueId: 'x', Event: 'New' },
    });
    expect((await sequence.read(0)).contentMeta).toEqual({ cty: 'mmm-tbs' });
    expect((await sequence.read(1)).contentMeta).toEqual({ cty: 'text/plain', UniqueId: 'x', Event: 'New' });
  });

  test('in clear are sealed when they are copied into a sequence that is encrypted', async () => {
    const source = await sequences.create(sequences.memory(), { type: 'Chain' });
    await source.append(utf8('in clear'));
    const storage = sequences.memory();
    const copy = await sequences.copy(source, storage, { recipients: [toBob] });
    expect(Buffer.from(storage.bytes()).includes('in clear')).toBe(false);
    expect((await copy.frame(1)).encrypted).toBe(true);
    expect((await copy.read(1, { keys: [bob] })).payload).toEqual(utf8('in clear'));
    await copy.append(payloadOf(2));
    expect((await copy.frame(2)).encrypted).toBe(true);
  });

  test('are copied as carried, signatures too; those of A256GCM whose place changes are sealed again with keys', async () => {
    const source = await sequences.create(sequences.memory(), { type: 'Chain', recipients: [toBob] });
    await source.append(payloadOf(1));
    await source.append({ payload: payloadOf(2), signers });
    await source.append(payloadOf(3));
    const whole = await sequences.copy(source, sequences.memory());
    expect((await whole.read(3, { keys: [bob] })).payload).toEqual(payloadOf(3));
    expect((await whole.read(2, { keys: [bob], trust })).assurance.trusted).toBe(true);
    const filter = ({ index }: { index: number }) => index !== 1;
    expect(await refusal(sequences.copy(source, sequences.memory(), { filter }))).toBe('no-recipient');
    const less = await sequences.copy(source, sequences.memory(), { filter, keys: [bob], type: 'Merkle' });
    expect([less.length, less.type]).toEqual([3, 'Merkle']);
    expect((await less.read(1, { keys: [bob], trust })).payload).toEqual(payloadOf(2));
    expect((await less.read(2, { keys: [bob] })).payload).toEqual(payloadOf(3));
    expect((await less.verify({ requireLinked: true })).rule).toBe('linked');
  });

  test('that are large are verified in pieces and read whole', async () => {
    const memory = sequences.memory();
    const sequence = await sequences.create(memory, { type: 'Merkle' });
    const large = new Uint8Array(5_000_000).map((_, i) => i);
    await sequence.appendAll([large, utf8('small'), large]);
    const again = await sequences.open(sequences.blob(new Blob([memory.bytes() as Uint8Array<ArrayBuffer>])));
    expect((await again.verify({ requireLinked: true })).frames).toBe(4);
    expect(Buffer.compare((await again.read(3)).payload, large)).toBe(0);
    expect(text((await again.read(2)).payload)).toBe('small');
  });
});
