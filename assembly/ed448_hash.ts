/**
 * The hashes of Ed448: SHAKE256(dom4(F, C) || .., 114) (RFC 8032 section 5.2), fed in parts. The state lies in scratch between the calls of one
 * operation. Constant time in the content.
 */
import { keccak_finish, keccak_init, keccak_squeeze, keccak_update } from './keccak';
import { ED_CONTEXT, ED_HASH, ED_WIDE } from './memory';
import { sc_reduce } from './sc448';

const RATE: i32 = 136;
const SUFFIX: i32 = 0x1f;

/** "SigEd448" */
const DOMAIN = memory.data<u8>([0x53, 0x69, 0x67, 0x45, 0x64, 0x34, 0x34, 0x38]);

/** Starts a hash without dom4. */
export function hash_start(): void {
  keccak_init(ED_HASH);
}

export function ed448_update(data: i32, length: i32): void {
  keccak_update(ED_HASH, data, length, RATE);
}

/** ED_WIDE = the 114 octets of the digest. */
export function hash_finish(): void {
  keccak_finish(ED_HASH, RATE, SUFFIX);
  keccak_squeeze(ED_HASH, ED_WIDE, 114, RATE);
}

/** out = the digest modulo L. */
export function hash_finish_scalar(out: i32): void {
  hash_finish();
  sc_reduce(out, ED_WIDE, 114);
}

/** Keeps F and the context C, at most 255 octets, for the hashes of this operation. */
export function set_domain(context: i32, contextLength: i32, phflag: i32): void {
  store<u8>(ED_CONTEXT, phflag);
  store<u8>(ED_CONTEXT + 1, contextLength);
  memory.copy(ED_CONTEXT + 2, context, contextLength);
}

/** Starts a hash with dom4. */
export function hash_domain(): void {
  hash_start();
  ed448_update(DOMAIN, 8);
  ed448_update(ED_CONTEXT, 2 + (load<u8>(ED_CONTEXT + 1) as i32));
}
