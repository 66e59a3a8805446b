/**
 * Which arguments of the backend are secret, and which exports of the module never see a secret. Every export is either reached by an operation
 * with a secret argument, or is in the second list; an export in neither, or in both, fails the run.
 */
import type { Backend } from '../src/backend/types.ts';

type Secrets<K extends keyof Backend> = Backend[K] extends (...args: infer A) => unknown
  ? (...args: A) => readonly (Uint8Array | string | undefined)[]
  : never;

/** The secret arguments of operations. Streaming hashes, whose every chunk is secret, are in tainted.ts. */
export const secretArguments = {
  sha512: (message) => [message],
  hmacSha512: (key, message) => [key, message],
  typedDigests: (prefix, items) => [prefix, ...items],
  shake256: (message) => [message],
  sha3_512: (message) => [message],
  ed448PublicKey: (seed) => [seed],
  ed448Sign: (message, seed) => [message, seed],
  ed448SignKey: (message, { scalar, prefix }) => [message, scalar, prefix],
  x448: (k, u) => [k, u],
  x448Base: (k) => [k],
  scalarReduce: (wide) => [wide],
  scalarAdd: (a, b) => [a, b],
  scalarMul: (a, b) => [a, b],
  scalarNegate: (a) => [a],
  scalarInvert: (a) => [a],
  edwardsMultiply: (scalar) => [scalar],
  edwardsBaseMultiply: (scalar) => [scalar],
  edwardsCombination: (_scalars, _points, base) => [base],
  montgomeryMultiply: (scalar) => [scalar],
  montgomeryBaseMultiply: (scalar) => [scalar],
  shamirEvaluate: (coefficients) => [coefficients],
  shamirInterpolate: (points) => points.map(({ value }) => value),
  base32Encode: (data) => [data],
  base32Decode: (text) => [text],
} satisfies { readonly [K in keyof Backend]?: Secrets<K> };

/** An operation that takes secrets. */
export type SecretOperation = keyof typeof secretArguments;

/** Exports that see no secret, and why. */
export const exempt: Readonly<Record<string, string>> = {
  memory: 'no function',
  io_pointer: 'a constant',
  io_length: 'a constant',
  forget_tables: 'no data',
  ed448_prepare: 'public data only: a key that verifies',
  ed448_verify_start: 'public data only: verification',
  ed448_verify_finish: 'public data only: verification',
  batch_start: 'public data only: verification',
  batch_key: 'public data only: verification',
  batch_item_start: 'public data only: verification',
  batch_item_finish: 'public data only: verification; the random multipliers are not used again',
  batch_check: 'public data only: verification',
  edwards_validate: 'public data only: a key from outside',
  montgomery_validate: 'public data only: a key from outside',
  edwards_add: 'public data only: keys that are combined; sums of contributions are said not to be constant time',
  montgomery_add: 'public data only: as edwards_add',
  frames_scan: 'public data only: tags and lengths of frames',
  frames_digests: 'public data only: the digests of a log',
  chain_digests: 'public data only: the digests of a log',
  tree_digests: 'public data only: the digests of a log',
};
