/**
 * What a stranger could learn who changes an envelope and asks again: nothing that depends on plaintext may show where a signature is demanded.
 */
import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { prepareSeal } from '../../src/dare/prepare.ts';
import type { MeshError } from '../../src/errors.ts';
import { pairOf, publicPart, secretPart, subjects, textOf } from '../support/dare.ts';
import { expectCode } from '../support/errors.ts';
import { utf8 } from '../support/octets.ts';

const [bella, bob] = [pairOf('Ed25519', 2), pairOf('X448', 3)];
const keys = [secretPart(bob)];
const trust = [publicPart(bella)] as { crv: 'Ed25519'; publicKey: Uint8Array }[];
const symmetric = 'EAQN-I5LT-6YG6-RR5F-57CG-B755-RFUR-JVQQ-IW5N-X5FR-57BA-SJS6-X2PF-A';
type Json = Record<string, unknown>;

describe.each(subjects)('on $name', (subject) => {
  const { dare } = subject;
  const signed = () =>
    JSON.parse(dare.seal(utf8('hello'), { recipients: [publicPart(bob)], signers: [bella] }).toString()) as [
      Json,
      string,
      Json,
    ];

  it('octets of the payload cannot be tried out as an annotation of a signed envelope', () => {
    const [header, payload, trailer] = signed();
    const body = Buffer.from(payload, 'base64url');
    for (let i = 0; i < 3; i++) {
      const annotation = Buffer.concat([Buffer.of(0x88, 0, 0x88, body.length), body]).toString('base64url');
      expectCode('structure', () =>
        dare.open([{ ...header, annotations: [annotation] }, payload, trailer], { keys, trust }),
      );
      body[15 - i] = (body[15 - i] as number) ^ 1;
    }
  });

  it('a payload in memory of the caller is copied before it is checked', () => {
    const octets = new Uint8Array(new SharedArrayBuffer(3));
    const envelope = dare.parse([{}, octets]);
    octets[0] = 1;
    expect(envelope.payload[0]).toBe(0);
    class Odd extends Uint8Array {
      override slice(): Uint8Array<ArrayBuffer> {
        return new Uint8Array([9]);
      }
    }
    expect(dare.open([{}, new Odd([1, 2])]).payload).toEqual(new Uint8Array([1, 2]));
  });

  it('a stranger can present a signed ciphertext under a key of his own, with a witness: the payload is then chance', () => {
    const [, payload, trailer] = signed();
    const entry = (trailer['signatures'] as Json[])[0] as Json;
    const chance: Uint8Array[] = [];
    // One key in 256 gives right padding.
    for (let i = 0; i < 3000 && chance.length === 0; i++) {
      const seeds: Uint8Array[] = [];
      const prepared = prepareSeal(
        () => subject.backend,
        { recipients: [symmetric], cipher: 'A256CBC', unsafeUnauthenticated: true },
        { onSeed: (seed) => seeds.push(seed) },
      );
      const header = JSON.parse(Buffer.from(prepared.header).toString()) as Json;
      const [salt, info] = [header['Salt'], entry['signature']].map((text) => Buffer.from(text as string, 'base64url'));
      const witness = Buffer.from(hkdfSync('sha256', seeds[0] as Uint8Array, salt as Buffer, info as Buffer, 32));
      const forged = { ...trailer, signatures: [{ ...entry, witness: witness.toString('base64url') }] };
      try {
        const { payload: out, assurance } = dare.open([header, payload, forged], { keys: [symmetric], trust });
        expect(assurance).toMatchObject({ trusted: true, headerCovered: false });
        chance.push(out);
      } catch (error) {
        expect((error as MeshError).code).toBe('decryption-failed');
      }
    }
    expect(chance.length).toBe(1);
    expect(textOf(chance[0] as Uint8Array)).not.toBe('hello');
  });
});
