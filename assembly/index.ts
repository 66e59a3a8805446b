/**
 * The ABI, and nothing else: what the host calls. Arguments are addresses in the I/O page and lengths; results are written there.
 * The host checks lengths, copies arguments in and results out, and after every operation calls wipe() (wipe_hash() after hashing) with the
 * number of octets of the I/O page that were in use.
 */
import { IO, IO_LENGTH } from './memory';

export { base32_encode, base32_pack, base32_read } from './base32';
export { combination_base, combination_finish, combination_start, combination_term } from './combination448';
export { batch_check, batch_item_finish, batch_item_start, batch_key, batch_start } from './ed448_batch';
export { ed448_update } from './ed448_hash';
export {
  ed448_public,
  ed448_public_check,
  ed448_sign_again,
  ed448_sign_check,
  ed448_sign_commit,
  ed448_sign_finish,
  ed448_sign_key,
  ed448_sign_seed,
} from './ed448_sign';
export { ed448_prepare, ed448_verify_finish, ed448_verify_start } from './ed448_verify';
export { faults } from './fault';
export { chain_digests, frames_digests, frames_scan, tree_digests } from './frame';
export { forget_tables } from './ge448_table';
export {
  edwards_add,
  edwards_base_check,
  edwards_base_multiply,
  edwards_multiply,
  edwards_validate,
  montgomery_add,
  montgomery_base_multiply,
  montgomery_multiply,
  montgomery_validate,
  x448_base,
  x448_base_check,
} from './group448';
export { keccak_finish, keccak_hash, keccak_init, keccak_squeeze, keccak_update } from './keccak';
export { wipe, wipe_hash } from './memory';
export { montgomery_check, x448, x448_check } from './montgomery448';
export {
  sc_add as scalar_add,
  sc_invert as scalar_invert,
  sc_mul as scalar_mul,
  sc_negate as scalar_negate,
  sc_reduce as scalar_reduce,
} from './sc448';
export { hmac_pad, sha512_digest, sha512_hash, sha512_init, sha512_update } from './sha512';
export { shamir_add, shamir_check, shamir_evaluate, shamir_quotient } from './shamir';

export function io_pointer(): i32 {
  return IO;
}

export function io_length(): i32 {
  return IO_LENGTH;
}
