/**
 * What is written, taken apart by node:crypto and @noble/curves alone: the derivation of section 7, the extension A256GCM and the signatures.
 */
import { createDecipheriv } from 'node:crypto';
import { ed448, x448 } from '@noble/curves/ed448.js';
import { ed25519, ed25519ctx } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import {
  fromText,
  hkdf,
  pairOf,
  publicPart,
  secretPart,
  sha512,
  subjects,
  textOf,
  unwrapKey,
} from '../support/dare.ts';
import { pattern, utf8 } from '../support/octets.ts';

interface Written {
  enc: string;
  Salt: string;
  KeyCommitment: string;
  annotations: string[];
  recipients: { kid: string; wmk: string; epk: { PublicKeyECDH: { crv: string; Public: string } } }[];
}
interface Signatures {
  PayloadDigest: string;
  signatures: { alg: string; kid: string; signature: string; witness: string }[];
}

/** The three items of a compact envelope, the header also as its octets. */
function items(text: string) {
  const [header, payload, trailer] = JSON.parse(text) as [Written, string, Signatures];
  const end = text.indexOf(`,"${payload}"`);
  return { header, octets: utf8(text.slice(1, end)), payload: fromText(payload), trailer };
}

const none = new Uint8Array(0);

describe.each(subjects)('on $name', ({ dare }) => {
  const bob = pairOf('X448');

  /** Agreement, derivation and unwrapping as the specification says them. */
  function seedOf({ recipients: [entry] }: Written): Uint8Array {
    const { crv, Public } = entry!.epk.PublicKeyECDH;
    expect(crv).toBe('X448');
    expect(fromText(Public)).toHaveLength(57);
    const shared = x448.getSharedSecret(bob.secretKey, fromText(Public).subarray(0, 56));
    return unwrapKey(hkdf('sha512', shared, none, '', 32), fromText(entry!.wmk));
  }

  function gcm(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.subarray(-16));
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]));
  }

  it.each([0, 5, 65536, 140_000])('A256GCM of %i octets is what its description says', (length) => {
    const plaintext = pattern(length);
    const text = dare.seal(plaintext, { recipients: [publicPart(bob)], annotations: [utf8('note')] }).toString();
    const { header, octets, payload, trailer } = items(text);
    expect(header.enc).toBe('A256GCM');
    const [seed, salt] = [seedOf(header), fromText(header.Salt)];
    expect([seed.length, salt.length]).toEqual([32, 16]);
    const derived = (label: string, size: number, prefix = none) =>
      hkdf('sha256', seed, Buffer.concat([prefix, salt]), label, size);
    expect(fromText(header.KeyCommitment)).toEqual(derived('A256GCM commitment', 32));
    expect(fromText(trailer.PayloadDigest)).toEqual(sha512(payload));

    const [key, prefix, aad] = [derived('A256GCM key', 32), derived('A256GCM nonce', 7), sha512(octets)];
    const chunks: Uint8Array[] = [];
    for (let at = 0, i = 0; at < payload.length; at += 65552, i++) {
      const last = Number(at + 65552 >= payload.length);
      const nonce = Uint8Array.of(...prefix, 0, 0, 0, i, last);
      chunks.push(gcm(key, nonce, aad, payload.subarray(at, at + 65552)));
    }
    expect(Buffer.concat(chunks).equals(plaintext)).toBe(true);

    const note = fromText(header.annotations[0]!);
    expect(note.subarray(0, 5)).toEqual(Uint8Array.of(0x88, 1, 0, 0x88, 20));
    const nonce = Uint8Array.of(...derived('A256GCM nonce', 7, Uint8Array.of(0)), 0, 0, 0, 0, 1);
    const opened = gcm(derived('A256GCM key', 32, Uint8Array.of(0)), nonce, none, note.subarray(5));
    expect(textOf(opened)).toBe('note');
  });

  it('A256CBC, digest, signatures and witnesses are those of the specification', () => {
    const [alice, bella] = [pairOf('Ed448', 1), pairOf('Ed25519', 2)];
    const options = {
      recipients: [publicPart(bob)],
      signers: [alice, bella].map((each) => secretPart(each) as typeof each),
    };
    const { header, payload, trailer } = items(dare.seal(utf8('hello'), options).toString());
    const [seed, salt] = [seedOf(header), fromText(header.Salt)];
    const key = hkdf('sha256', seed, salt, 'encrypt', 32);
    const decipher = createDecipheriv('aes-256-cbc', key, hkdf('sha256', seed, salt, 'iv', 16));
    expect(Buffer.concat([decipher.update(payload), decipher.final()]).toString()).toBe('hello');
    const digest = sha512(payload);
    expect(fromText(trailer.PayloadDigest)).toEqual(digest);
    const [first, second] = trailer.signatures.map(({ signature }) => fromText(signature));
    expect(first).toEqual(ed448.sign(digest, alice.secretKey));
    expect(second).toEqual(ed25519ctx.sign(digest, bella.secretKey, { context: none }));
    expect(ed25519.verify(second!, digest, bella.publicKey)).toBe(false);
    for (const [i, { alg, witness }] of trailer.signatures.entries()) {
      expect(alg).toBe('S512');
      expect(fromText(witness)).toEqual(hkdf('sha256', seed, salt, [first, second][i]!, 32));
    }
  });

  it('plain Ed25519 and the manifest of 2024 verify too, and the report says which it was', () => {
    const { crv, secretKey, publicKey } = pairOf('Ed25519');
    const payload = utf8('hello');
    const digest = sha512(payload);
    const envelope = (alg: string, message: Uint8Array, extra = {}) => {
      const signature = Buffer.from(ed25519.sign(message, secretKey)).toString('base64url');
      const trailer = { signatures: [{ alg, signature }], ...extra };
      return JSON.stringify([{}, Buffer.from(payload).toString('base64url'), trailer]);
    };
    const modeOf = (text: string) => dare.verify(text, { trust: [{ crv, publicKey }] }).signatures[0]?.mode;
    const head = Uint8Array.of(0x80, 4, ...utf8('S512'), 0x88, 64, ...digest);
    expect(modeOf(envelope('S512', digest))).toBe('ed25519');
    expect(modeOf(envelope('ED25519', head))).toBe('manifest');
    const chain = pattern(64);
    const withChain = Uint8Array.of(...head, 0x88, 64, ...chain);
    const extra = { ChainDigest: Buffer.from(chain).toString('base64url') };
    expect(modeOf(envelope('ED25519', withChain, extra))).toBe('manifest');
    // A digest is not a manifest, and a manifest is no digest.
    expect(() => modeOf(envelope('ED25519', digest))).toThrow();
    expect(() => modeOf(envelope('S512', head))).toThrow();
  });
});
