import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { B, edwardsMultiply, encodeEdwards, L, mod, power } from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { fromLittleEndian, hex, littleEndian, pattern, unhex, utf8 } from '../support/octets.ts';

// The administration key's signature of ConnectionDevice, draft-hallambaker-mesh-schema-03 section 4.1.2.
const signature = unhex(
  '2da90d201c474472167d4759b8a2adfd4cc6a7024fc4b5d20c7bd2e37a7314e1bc438149cda71a3b532c4b7a625ba323c1cabc92f199afb400' +
    'af07b00d50865ec17e7cee37ce593c884789040f1cb16ce291ae35d9b8d54af4fefa8363298b5a7912c161c33ae7a7bb21339d8dfb7fb11f00',
);
const digest = unhex(
  'b144b08e73961ebb399fb094642afbd921c518961888d831b60f1f21c504790bb53218f0cf7888f94023275c914109e6b19fd811ffda07349644ad3becbc17db',
);
const signer = unhex(
  '45ddec9c367e88e398035052a6177b1fd2750b9c5f491da88c11062b54a58d1503d3c311e2d16c5a8d18d9c1823982db1c88ba693e877df000',
);

const hashToScalar = (...parts: Uint8Array[]) =>
  fromLittleEndian(createHash('shake256', { outputLength: 114 }).update(Buffer.concat(parts)).digest()) % L;

/** A signature with the nonce of the reference implementation. */
function sign(scalar: bigint, message: Uint8Array, context: Uint8Array, phflag: number): Uint8Array {
  const dom4 = Buffer.concat([utf8('SigEd448'), Uint8Array.of(phflag, context.length), context]);
  const r = hashToScalar(dom4, message);
  const [R, A] = [r, scalar].map((s) => encodeEdwards(edwardsMultiply(s, B))) as [Uint8Array, Uint8Array];
  return Buffer.concat([R, littleEndian(mod(r + hashToScalar(dom4, R, A, message) * scalar, L), 57)]);
}

describe.each(backends)('detectPublicNonce on $name', ({ mesh }) => {
  const { overlay, ed448, ed448ph, group448, shake256 } = mesh;

  test('finds the public nonce of a published signature, whose key then follows (mesh-schema-03 section 4.1.2)', () => {
    expect(ed448.verify(signature, digest, signer)).toBe(true);
    expect(overlay.detectPublicNonce(signature, digest, signer)).toBe(true);
    const dom4 = Buffer.concat([utf8('SigEd448'), Uint8Array.of(0, 0)]);
    const k = hashToScalar(dom4, signature.subarray(0, 57), signer, digest);
    const r = hashToScalar(dom4, digest);
    const s = mod((fromLittleEndian(signature.subarray(57)) - r) * power(k, L - 2n, L), L);
    expect(hex(littleEndian(s, 57))).toBe(
      'fa1f0712a9334f8d401b39d9cf2391cee28349315a9711cf6a35220c80644547256912fba8c38ac262087894cb43159741d216783556d70100',
    );
    expect(hex(group448.baseMultiply(littleEndian(s, 56)))).toBe(hex(signer));
  });

  test('finds it with a context and in Ed448ph', () => {
    const scalar = 987654321n;
    const A = encodeEdwards(edwardsMultiply(scalar, B));
    const message = utf8('hello');
    const context = utf8('ctx');
    const pure = sign(scalar, message, context, 0);
    expect(ed448.verify(pure, message, A, { context })).toBe(true);
    expect(overlay.detectPublicNonce(pure, message, A, { context })).toBe(true);
    expect(overlay.detectPublicNonce(pure, message, A)).toBe(false);
    const prehashed = sign(scalar, shake256(message, { dkLen: 64 }), context, 1);
    expect(ed448ph.verify(prehashed, message, A, { context })).toBe(true);
    expect(overlay.detectPublicNonce(prehashed, message, A, { context, prehash: true })).toBe(true);
    expect(overlay.detectPublicNonce(prehashed, message, A, { context })).toBe(false);
  });

  test('is silent about sound signatures', () => {
    for (const seed of [pattern(57), pattern(57, 2)]) {
      const pair = ed448.keygen(seed);
      const sound = ed448.sign(digest, pair.secretKey);
      expect(overlay.detectPublicNonce(sound, digest, pair.publicKey)).toBe(false);
    }
  });

  test('is silent when the signature is not valid: R alone accuses nobody', () => {
    const changed = signature.slice();
    changed[60] = changed[60]! ^ 1;
    expect(overlay.detectPublicNonce(changed, digest, signer)).toBe(false);
    expect(overlay.detectPublicNonce(signature, digest, ed448.keygen(pattern(57)).publicKey)).toBe(false);
    expect(overlay.detectPublicNonce(signature, pattern(64), signer)).toBe(false);
    expect(overlay.detectPublicNonce(new Uint8Array(114), digest, new Uint8Array(57))).toBe(false);
  });

  test('malformed arguments are refused by code', () => {
    const detect = (...args: unknown[]) => codeOf(() => overlay.detectPublicNonce(...(args as [never, never, never])));
    expect(detect(signature.subarray(1), digest, signer)).toBe('bad_signature_length');
    expect(detect(signature, digest, signer.subarray(1))).toBe('bad_public_length');
    expect(detect('x', digest, signer)).toBe('not_bytes');
    expect(detect(signature, 'x', signer)).toBe('not_bytes');
    expect(detect(signature, digest, 'x')).toBe('not_bytes');
    expect(detect(signature, digest, signer, { context: new Uint8Array(256) })).toBe('context_too_long');
    expect(detect(signature, digest, signer, { prehash: 1 })).toBe('bad_option');
    expect(detect(signature, digest, signer, 1)).toBe('bad_option');
  });
});
