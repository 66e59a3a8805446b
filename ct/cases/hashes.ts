/** Hashes and what is made of them, of secret messages with secret keys. */
import { type Cases, context, octets, type Setting, same, seed, text } from './setting.ts';

/** Around the blocks of both hashes, around what goes in with one call, and above the I/O page. */
const lengths = [0, 1, 111, 112, 128, 135, 136, 137, 300, 4096, 4097, 70000];

/** A message in three parts that begins with so many octets. */
const parts = (length: number) => [octets(5, length), octets(6, 77), octets(7, 200)];

export function hashes({ backend, mesh, jsBackend, js }: Setting): Cases {
  return {
    'SHA-512'() {
      for (const n of lengths) same('the digest', mesh.sha512(octets(8, n)), js.sha512(octets(8, n)));
    },
    'SHA-512 in parts'() {
      const digest = (api: typeof mesh, n: number) => {
        const hash = api.sha512.create();
        for (const part of parts(n)) hash.update(part);
        return hash.digest();
      };
      for (const n of lengths) same('the digest', digest(mesh, n), digest(js, n));
    },
    SHAKE256() {
      for (const n of lengths) {
        for (const dkLen of [64, 114, 300]) {
          same('the output', mesh.shake256(octets(9, n), { dkLen }), js.shake256(octets(9, n), { dkLen }));
        }
      }
    },
    'SHAKE256 in parts'() {
      const outputs = (api: typeof mesh, n: number) => {
        const hash = api.shake256.create({ dkLen: 32 });
        for (const part of parts(n)) hash.update(part);
        return [hash.xof(100), hash.xof(200)];
      };
      for (const n of lengths) same('the output', outputs(mesh, n), outputs(js, n));
    },
    'SHA3-512'() {
      for (const n of lengths) same('the digest', backend.sha3_512(octets(10, n)), jsBackend.sha3_512(octets(10, n)));
    },
    'HMAC-SHA-512'() {
      for (const n of [0, 1, 64, 127, 128, 129, 200]) {
        same('the code', mesh.hmacSha512(octets(11, n), text), js.hmacSha512(octets(11, n), text));
      }
    },
    'HKDF-SHA-512'() {
      same('the key', mesh.hkdfSha512(seed, context, text, 200), js.hkdfSha512(seed, context, text, 200));
    },
    'digests of fingerprints'() {
      const items = [octets(12, 10), octets(13, 300)];
      same('a digest', backend.typedDigests(context, items), jsBackend.typedDigests(context, items));
    },
  };
}
