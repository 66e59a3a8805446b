/**
 * Every operation of the contract that is given secrets, and instances of the module to run them on. Not what is expected of them.
 */
import { readFileSync } from 'node:fs';
import type { Backend } from '../../src/backend/types.ts';
import type { Abi } from '../../src/backend/wasm/abi.ts';
import { backendOver } from '../../src/backend/wasm/over.ts';
import { MeshError } from '../../src/errors.ts';
import { buildFrames } from '../../src/frame.ts';
import { mixedOrderEdwards, primeOrderEdwards, primeOrderMontgomery, twistMontgomery } from '../arbitraries.ts';
import { littleEndian, pattern, utf8 } from './octets.ts';

const module = new WebAssembly.Module(readFileSync('dist/mesh.wasm') as BufferSource);
const map = readFileSync('assembly/memory.ts', 'utf8');
/** The address that the memory map gives to a name. */
const address = (name: string) => Number(new RegExp(`export const ${name}: i32 = (0x[0-9a-f]+);`).exec(map)?.[1]);
export const [scratch, io, tables] = [address('SCRATCH'), address('IO'), address('TABLES')];

/** A backend over an instance of its own, with parts of its ABI replaced, and a look at its memory. */
export function instance(replaced: Partial<Abi> = {}) {
  const abi = new WebAssembly.Instance(module).exports as unknown as Abi;
  const initial = new Uint8Array(abi.memory.buffer).slice(0, scratch);
  const pristine = () => (new WebAssembly.Instance(module).exports as unknown as Abi).memory.buffer;
  const backend = backendOver({ ...abi, ...replaced }, pristine);
  const memory = new Uint8Array(abi.memory.buffer);
  /** Where in scratch and the I/O page something was left, and whether the constants changed. */
  const left = () => ({
    scratch: memory.subarray(scratch, io).findIndex((octet) => octet !== 0),
    io: memory.subarray(io, tables).findIndex((octet) => octet !== 0),
    constants: initial.every((octet, i) => octet === memory[i]),
  });
  return { abi, memory, backend, left };
}

/** What is left when nothing is. */
export const nothing = { scratch: -1, io: -1, constants: true };

export const message = pattern(200_000);
export const none = new Uint8Array(0);
const point = primeOrderEdwards[2] as Uint8Array;
export const signed = primeOrderMontgomery[2] as Uint8Array;

/** What an operation is given to keep secret. */
export interface Secrets {
  secret: Uint8Array;
  scalar: Uint8Array;
  prefix: Uint8Array;
}
export const [one, other] = [1, 2].map((n) => ({
  secret: pattern(56, n),
  scalar: littleEndian(BigInt(n) * 0x1234567890abcdefn ** 6n, 56),
  prefix: pattern(114, n),
})) as [Secrets, Secrets];

/** That of secrets of 16 octets. */
const field = { length: 16, offset: 51 };

const points = (secret: Uint8Array) => [2, 3, 7].map((x, i) => ({ x, value: secret.subarray(16 * i, 16 * (i + 1)) }));

export type Operation = (b: Backend, secrets: Secrets) => unknown;

/** Every operation of the contract that is given secrets; those that refuse them do so after having begun. */
export const operations: Record<string, Operation> = {
  ed448PublicKey: (b, { secret }) => b.ed448PublicKey(secret),
  ed448Sign: (b, { secret }) => b.ed448Sign(message, secret, utf8('context'), 0),
  'ed448Sign, prehashed': (b, { secret }) => b.ed448Sign(pattern(64), secret, none, 1),
  ed448SignKey: (b, { scalar, prefix }) => b.ed448SignKey(message, { scalar, prefix, publicKey: point }, none, 0),
  x448: (b, { secret }) => b.x448(secret, littleEndian(5n, 56)),
  'x448, all-zero result': (b, { secret }) => b.x448(secret, littleEndian(0n, 56)),
  x448Base: (b, { secret }) => b.x448Base(secret),
  scalarReduce: (b, { prefix }) => b.scalarReduce(prefix),
  scalarAdd: (b, { scalar }) => b.scalarAdd(scalar, scalar),
  scalarMul: (b, { scalar }) => b.scalarMul(scalar, scalar),
  scalarNegate: (b, { scalar }) => b.scalarNegate(scalar),
  scalarInvert: (b, { scalar }) => b.scalarInvert(scalar),
  edwardsMultiply: (b, { scalar }) => b.edwardsMultiply(scalar, point),
  'edwardsMultiply, refused': (b, { scalar }) => b.edwardsMultiply(scalar, mixedOrderEdwards[0] as Uint8Array),
  edwardsBaseMultiply: (b, { scalar }) => b.edwardsBaseMultiply(scalar),
  edwardsCombination: (b, { scalar }) => b.edwardsCombination([littleEndian(7n, 56)], [point], scalar),
  edwardsAdd: (b) => b.edwardsAdd(point, point),
  montgomeryMultiply: (b, { scalar }) => b.montgomeryMultiply(scalar, signed),
  'montgomeryMultiply, refused': (b, { scalar }) => b.montgomeryMultiply(scalar, twistMontgomery[0] as Uint8Array),
  montgomeryBaseMultiply: (b, { scalar }) => b.montgomeryBaseMultiply(scalar),
  'montgomeryBaseMultiply, refused': (b) => b.montgomeryBaseMultiply(new Uint8Array(56)),
  shamirEvaluate: (b, { secret }) => b.shamirEvaluate(secret.subarray(0, 51), 5, field, 0x9030),
  'shamirEvaluate, refused': (b) => b.shamirEvaluate(new Uint8Array(17).fill(1), 5, field, 0x9010),
  shamirInterpolate: (b, { secret }) => b.shamirInterpolate(points(secret), 3, field),
  'shamirInterpolate, refused': (b, { secret }) => b.shamirInterpolate(points(secret), 2, field),
  base32Encode: (b, { secret }) => b.base32Encode(secret, 99, 4),
  base32Decode: (b) => b.base32Decode('ABCD-EFGH-2345', false),
  'base32Decode, refused': (b) => b.base32Decode('ABCD-EFGH-234!', false),
  montgomeryAdd: (b) => b.montgomeryAdd(signed, signed),
  hmacSha512: (b, { secret }) => [b.hmacSha512(secret, none), b.hmacSha512(secret, message)],
  sha512: (b, { secret }) => [b.sha512(secret), b.sha512(message)],
  shake256: (b, { secret }) => b.shake256(secret, 100_000),
  typedDigests: (b, { secret }) => b.typedDigests(message, [secret, message]),
  sha3_512: (b, { secret }) => b.sha3_512(secret),
  'frames, small ones': (b, { secret }) => {
    const octets = buildFrames(new Array(99).fill([secret, secret]));
    return b.framesDigests(octets, b.framesScan(octets));
  },
  'frames, a large one': (b) => {
    const octets = buildFrames([[none, message]]);
    return b.framesDigests(octets, b.framesScan(octets));
  },
  chainDigests: (b, { prefix }) => b.chainDigests('linked', prefix.subarray(0, 64), pattern(64_000)),
  treeDigests: (b, { prefix }) => b.treeDigests('linked', pattern(64_000), 1, prefix.subarray(0, 64)),
  'sha512, in pieces': (b, { secret }) => {
    const hash = b.sha512Create();
    hash.update(secret);
    hash.update(message);
    hash.digestInto(new Uint8Array(64));
  },
  'shake256, in pieces': (b, { secret }) => {
    const hash = b.shake256Create();
    hash.update(secret);
    hash.update(message);
    hash.squeezeInto(new Uint8Array(1000));
  },
};

/** Runs an operation, which may refuse its arguments: what it leaves behind matters in either case. */
export function attempt(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
  }
}
