/**
 * Hashes at four sizes, and HMAC and HKDF. `node` makes a hash object, the way that works everywhere; `node, one call` is crypto.hash.
 * hash-wasm keeps one instance for all calls, as its documentation advises; it has no SHAKE256.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { shake256 } from '@noble/hashes/sha3.js';
import { createHMAC, createSHA512, type IHasher } from 'hash-wasm';
import { type Cast, type Contender, type Family, native, ours, type Row } from '../contender.ts';
import { octets } from '../inputs.ts';

const sizes: readonly (readonly [string, number])[] = [
  ['64 B', 64],
  ['1 KiB', 1024],
  ['64 KiB', 65536],
  ['1 MiB', 1048576],
];

const hashWasm = (hasher: IHasher, message: Uint8Array): Contender => ({
  name: 'hash-wasm',
  call: () => hasher.init().update(message).digest('binary'),
});

function sha512Row(cast: Cast, hasher: IHasher, size: string, message: Uint8Array): Row {
  return {
    id: `hash/sha512/${size}`,
    title: `SHA-512, ${size}`,
    contenders: [
      ...ours(cast, (library) => () => library.sha512(message)),
      ...native(cast, 'node', (crypto) => () => crypto.sha512(message)),
      ...native(cast, 'node, one call', (crypto) => () => crypto.hashOnce('sha512', message, 'buffer')),
      { name: 'noble', call: () => sha512(message) },
      hashWasm(hasher, message),
    ],
  };
}

function shake256Row(cast: Cast, size: string, message: Uint8Array): Row {
  return {
    id: `hash/shake256/${size}`,
    title: `SHAKE256 to 64 B, ${size}`,
    contenders: [
      ...ours(cast, (library) => () => library.shake256(message, { dkLen: 64 })),
      ...native(cast, 'node', (crypto) => () => crypto.shake256(message, 64)),
      { name: 'noble', call: () => shake256(message, { dkLen: 64 }) },
    ],
  };
}

function hmacRow(cast: Cast, hasher: IHasher, size: string, key: Uint8Array, message: Uint8Array): Row {
  return {
    id: `hash/hmac/${size}`,
    title: `HMAC-SHA-512, ${size}`,
    contenders: [
      ...ours(cast, (library) => () => library.hmacSha512(key, message)),
      ...native(cast, 'node', (crypto) => () => crypto.hmacSha512(key, message)),
      { name: 'noble', call: () => hmac(sha512, key, message) },
      hashWasm(hasher, message),
    ],
  };
}

/** The rows of hashes. */
export async function hashFamily(cast: Cast): Promise<Family> {
  const inputs = sizes.map(([size, length]) => [size, octets(size, length)] as const);
  const key = octets('HMAC key', 64);
  const [ikm, salt, info] = [octets('ikm', 64), octets('salt', 64), octets('info', 32)];
  const hasher = await createSHA512();
  const keyed = await createHMAC(createSHA512(), key);
  return {
    name: 'hash',
    title: 'Hashes',
    rows: [
      ...inputs.map(([size, message]) => sha512Row(cast, hasher, size, message)),
      ...inputs.map(([size, message]) => shake256Row(cast, size, message)),
      ...inputs.slice(0, 3).map(([size, message]) => hmacRow(cast, keyed, size, key, message)),
      {
        id: 'hash/hkdf',
        title: 'HKDF-SHA-512, 64 B to 128 B',
        contenders: [
          ...ours(cast, (library) => () => library.hkdfSha512(ikm, salt, info, 128)),
          ...native(cast, 'node', (crypto) => () => crypto.hkdfSha512(ikm, salt, info, 128)),
          { name: 'noble', call: () => hkdf(sha512, ikm, salt, info, 128) },
        ],
      },
    ],
  };
}
