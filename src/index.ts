/**
 * `mathmesh`: the cryptographic core of the Mathematical Mesh, over the fastest backend that runs here.
 * Importing does no work: the WASM module is compiled at the first operation.
 */
export { backend } from './backend/select.ts';
export * from './entry/dare.ts';
export * from './entry/ed448.ts';
export * from './entry/frost.ts';
export * from './entry/group448.ts';
export * from './entry/hash.ts';
export * from './entry/jsonb.ts';
export * from './entry/key.ts';
export * from './entry/overlay.ts';
export * from './entry/shamir.ts';
export * from './entry/threshold.ts';
export * from './entry/udf.ts';
export * from './entry/x448.ts';
export { type ErrorCode, MeshError } from './errors.ts';
