/**
 * Primitives of both backends against OpenSSL, with inputs at the edges of the mathematics (test/arbitraries.ts). Where OpenSSL has another policy its
 * verdict is predicted, not left out. An input is a choice of operation, a seed, and choices; nobody sends such inputs.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  sign as opensslSign,
  verify as opensslVerify,
} from 'node:crypto';
import fc from 'fast-check';
import { chunked, messages, x448Points, x448Secrets } from '../../test/arbitraries.ts';
import { signatureCase } from '../../test/support/signatures.ts';
import { libraries } from '../backends.ts';
import { agree, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

/** PKCS#8 and SubjectPublicKeyInfo before the key (RFC 8410). */
const heads = {
  Ed448: { secret: '3047020100300506032b6571043b0439', open: '3043300506032b6571033a00' },
  X448: { secret: '3046020100300506032b656f043a0438', open: '3042300506032b656f033900' },
} as const;

function secretKeyOf(crv: keyof typeof heads, secret: Uint8Array) {
  const key = Buffer.concat([Buffer.from(heads[crv].secret, 'hex'), secret]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicKeyOf(crv: keyof typeof heads, octets: Uint8Array) {
  const key = Buffer.concat([Buffer.from(heads[crv].open, 'hex'), octets]);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** The raw octets of the public key of a secret one. */
const rawPublic = (crv: keyof typeof heads, secret: Uint8Array) =>
  plain(createPublicKey(secretKeyOf(crv, secret)).export({ format: 'der', type: 'spki' }).subarray(12));

const plain = (octets: ArrayBuffer | Buffer) =>
  Uint8Array.from(octets instanceof ArrayBuffer ? new Uint8Array(octets) : octets);

const word = (length: number) =>
  fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    fc.nat(255).map((octet) => new Uint8Array(length).fill(octet)),
  );
const hashLengths = fc.oneof(fc.constantFrom(1, 63, 64, 65, 135, 136, 137, 272), fc.integer({ min: 1, max: 400 }));

/** An input by its generator: the last of a few, since the first ones are the smallest. */
function drawn<T>(arbitrary: fc.Arbitrary<T>, seed: number): T {
  return fc.sample(arbitrary, { seed, numRuns: 6 }).at(-1) as T;
}

/** One operation with drawn inputs: what each backend gives is what OpenSSL gives. */
type Operation = (seed: number, choices: Uint8Array) => void;

function sign(seed: number): void {
  const [secret, message] = drawn(fc.tuple(word(57), messages), seed);
  const publicKey = rawPublic('Ed448', secret);
  const signature = plain(opensslSign(null, message, secretKeyOf('Ed448', secret)));
  for (const { ed448 } of libraries) {
    agree('the public key', ed448.getPublicKey(secret), publicKey);
    agree('the signature', ed448.sign(message, secret), signature);
    agree('its verdict', ed448.verify(signature, message, publicKey), true);
  }
}

function verify(seed: number, choices: Uint8Array): void {
  const message = drawn(messages, seed);
  const { signature, publicKey, verdict, openssl } = signatureCase(message, choices);
  for (const { ed448, backend } of libraries) {
    agree(`the verdict of ${backend.name}`, ed448.verify(signature, message, publicKey), verdict);
    agree(`the verdict of ${backend.name} in bulk`, ed448.verifyBatch([{ signature, message, publicKey }]), [verdict]);
  }
  agree('the verdict of OpenSSL', opensslVerify(null, message, publicKeyOf('Ed448', publicKey), signature), openssl);
}

function agreement(seed: number): void {
  const [secret, peer] = drawn(fc.tuple(x448Secrets, x448Points), seed);
  const theirs = (() => {
    try {
      return plain(diffieHellman({ privateKey: secretKeyOf('X448', secret), publicKey: publicKeyOf('X448', peer) }));
    } catch {
      return 'all_zero_shared_secret';
    }
  })();
  const publicKey = rawPublic('X448', secret);
  for (const { x448 } of libraries) {
    const ours = outcome(() => x448.getSharedSecret(secret, peer));
    agree('the shared secret', ours.code ?? ours.value, theirs);
    agree('the public key', x448.getPublicKey(secret), publicKey);
  }
}

function hashes(seed: number): void {
  const [{ message, chunks }, length] = drawn(fc.tuple(chunked, hashLengths), seed);
  const sha = plain(createHash('sha512').update(message).digest());
  const shake = plain(createHash('shake256', { outputLength: length }).update(message).digest());
  for (const { sha512, shake256 } of libraries) {
    agree('SHA-512', sha512(message), sha);
    agree('SHAKE256', shake256(message, { dkLen: length }), shake);
    const [parts, sponge] = [sha512.create(), shake256.create({ dkLen: length })];
    for (const chunk of chunks) {
      parts.update(chunk);
      sponge.update(chunk);
    }
    agree('SHA-512 in pieces', parts.digest(), sha);
    const first = Math.floor(length / 3);
    agree('SHAKE256 in pieces', Buffer.concat([sponge.xof(first), sponge.xof(length - first)]), Buffer.from(shake));
  }
}

function macs(seed: number): void {
  const [key, message, info, length] = drawn(fc.tuple(messages, messages, messages, hashLengths), seed);
  const mac = plain(createHmac('sha512', key).update(message).digest());
  // OpenSSL takes an info of 1,024 octets at most.
  const label = info.subarray(0, 1024);
  const derived = (['sha512', 'sha256'] as const).map((hash) => plain(hkdfSync(hash, key, message, label, length)));
  for (const { hmacSha512, hkdfSha512, hkdfSha256 } of libraries) {
    agree('HMAC', hmacSha512(key, message), mac);
    agree('HKDF', hkdfSha512(key, message, label, length), derived[0]);
    agree('HKDF of SHA-256', hkdfSha256(key, message, label, length), derived[1]);
  }
}

const operations: readonly Operation[] = [verify, sign, agreement, hashes, macs, verify];

export const differential: Target = {
  name: 'differential',
  about: 'Ed448, X448, SHA-512, SHAKE256, HMAC, HKDF: WASM = JavaScript = OpenSSL',
  maxLength: 9,
  seeds: () =>
    Array.from({ length: 8 * operations.length }, (_, i) =>
      Uint8Array.of(i % operations.length, i, 7 * i, 0, 1, 31 * i, 57 * i, i < 32 ? 0 : 130 + i, i),
    ),
  run(input) {
    const [choice = 0, a = 0, b = 0, c = 0, d = 0] = input;
    const operation = operations[choice % operations.length] as Operation;
    operation((a << 24) | (b << 16) | (c << 8) | d, input.subarray(5));
  },
};
