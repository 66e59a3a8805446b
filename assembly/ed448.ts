/**
 * Ed448 (RFC 8032 section 5.2): signing and verification in steps, so that a message of any length passes through the I/O page.
 *
 *     sign:    ed448_sign_seed or ed448_sign_scalar, update .. update, ed448_sign_commit, update .. update (the same octets), ed448_sign_finish
 *     verify:  ed448_verify_start, update .. update, ed448_verify_finish
 *
 * Signing is constant time in seed, scalar and prefix; verification handles public values only and is not. What an operation keeps between
 * its steps lies in scratch; the host runs the steps without interruption and then calls wipe().
 */

import {
  ge_add,
  ge_cache,
  ge_decode,
  ge_double,
  ge_encode,
  ge_is_identity,
  ge_is_small_order,
  ge_neg,
  SMALL_ORDER,
} from './ge448';
import { ge_mul_base } from './ge448_mul';
import { ge_mul_vartime } from './ge448_vartime';
import { keccak_finish, keccak_init, keccak_squeeze, keccak_update } from './keccak';
import { ED_CONTEXT, ED_HASH, ED_OCTETS, ED_POINTS, ED_PREFIX, ED_SECRET, ED_WIDE, GE, SC } from './memory';
import { sc_is_canonical, sc_muladd, sc_reduce } from './sc448';

const RATE: i32 = 136;
const SUFFIX: i32 = 0x1f;

const SCALAR: i32 = ED_SECRET;
const NONCE: i32 = ED_SECRET + 64;
const CHALLENGE: i32 = ED_SECRET + 128;
const S: i32 = ED_SECRET + 192;
const PUBLIC: i32 = ED_OCTETS;
const R: i32 = ED_OCTETS + 64;
const POINT: i32 = ED_POINTS;
const RESULT: i32 = ED_POINTS + GE;
const CACHED: i32 = ED_POINTS + 2 * GE;

/** "SigEd448" */
const DOMAIN = memory.data<u8>([0x53, 0x69, 0x67, 0x45, 0x64, 0x34, 0x34, 0x38]);

function hash_start(): void {
  keccak_init(ED_HASH);
}

export function ed448_update(data: i32, length: i32): void {
  keccak_update(ED_HASH, data, length, RATE);
}

/** ED_WIDE = the 114 octets of SHAKE256. */
function hash_finish(): void {
  keccak_finish(ED_HASH, RATE, SUFFIX);
  keccak_squeeze(ED_HASH, ED_WIDE, 114, RATE);
}

/** Starts SHAKE256(dom4(F, C) || ...); dom4 waits in ED_CONTEXT: its length, then its octets. */
function hash_domain(): void {
  hash_start();
  ed448_update(DOMAIN, 8);
  ed448_update(ED_CONTEXT, 2 + (load<u8>(ED_CONTEXT + 1) as i32));
}

/** Keeps F and the context, at most 255 octets, for the hashes of this operation. */
function set_domain(context: i32, contextLength: i32, phflag: i32): void {
  store<u8>(ED_CONTEXT, phflag);
  store<u8>(ED_CONTEXT + 1, contextLength);
  memory.copy(ED_CONTEXT + 2, context, contextLength);
}

/** SCALAR and ED_PREFIX (57 octets) from a seed of 57 or 56 octets (section 5.2.5, steps 1 and 2; the Mesh hashes 56 octets as they are). */
function expand_seed(seed: i32, seedLength: i32): void {
  hash_start();
  ed448_update(seed, seedLength);
  hash_finish();
  store<u8>(ED_WIDE, load<u8>(ED_WIDE) & 0xfc);
  store<u8>(ED_WIDE + 55, load<u8>(ED_WIDE + 55) | 0x80);
  store<u8>(ED_WIDE + 56, 0);
  memory.copy(ED_PREFIX, ED_WIDE + 57, 57);
  sc_reduce(SCALAR, ED_WIDE, 57);
}

/** octets = encoding of SCALAR B. */
function public_octets(octets: i32, scalar: i32): void {
  ge_mul_base(POINT, scalar);
  ge_encode(octets, POINT);
}

export function ed448_public(out: i32, seed: i32, seedLength: i32): void {
  expand_seed(seed, seedLength);
  public_octets(out, SCALAR);
}

/** Everything before the first pass over the message; the prefix is in ED_PREFIX. */
function sign_start(prefixLength: i32): void {
  public_octets(PUBLIC, SCALAR);
  hash_domain();
  ed448_update(ED_PREFIX, prefixLength);
}

export function ed448_sign_seed(seed: i32, seedLength: i32, context: i32, contextLength: i32, phflag: i32): void {
  set_domain(context, contextLength, phflag);
  expand_seed(seed, seedLength);
  sign_start(57);
}

/** As above for a bare scalar and a secret prefix of up to 128 octets. */
export function ed448_sign_scalar(
  scalar: i32,
  prefix: i32,
  prefixLength: i32,
  context: i32,
  contextLength: i32,
  phflag: i32,
): void {
  set_domain(context, contextLength, phflag);
  memory.copy(SCALAR, scalar, SC);
  memory.copy(ED_PREFIX, prefix, prefixLength);
  sign_start(prefixLength);
}

/** r and R from the first pass (step 3); the second pass hashes dom4 || R || A || M. */
export function ed448_sign_commit(): void {
  hash_finish();
  sc_reduce(NONCE, ED_WIDE, 114);
  public_octets(R, NONCE);
  hash_domain();
  ed448_update(R, 57);
  ed448_update(PUBLIC, 57);
}

/** out = R || S, S = r + k s (steps 4 to 6). */
export function ed448_sign_finish(out: i32): void {
  hash_finish();
  sc_reduce(CHALLENGE, ED_WIDE, 114);
  sc_muladd(S, CHALLENGE, SCALAR, NONCE);
  memory.copy(out, R, 57);
  memory.copy(out + 57, S, SC);
  store<u8>(out + 113, 0);
}

/** out = -A decoded, GE octets, for ed448_verify_start; or a refusal. */
export function ed448_prepare(out: i32, publicKey: i32): i32 {
  const status = ge_decode(POINT, publicKey);
  if (status) return status;
  if (ge_is_small_order(POINT)) return SMALL_ORDER;
  ge_neg(out, POINT);
  return 0;
}

/** Keeps what verification needs; 0 when the signature is malformed: S out of range, R not canonical or not on the curve. */
export function ed448_verify_start(
  signature: i32,
  publicKey: i32,
  prepared: i32,
  context: i32,
  contextLength: i32,
  phflag: i32,
): i32 {
  if (load<u8>(signature + 113) || !sc_is_canonical(signature + 57)) return 0;
  if (ge_decode(CACHED, signature)) return 0;
  set_domain(context, contextLength, phflag);
  memory.copy(S, signature + 57, SC);
  memory.copy(POINT, prepared, GE);
  hash_domain();
  ed448_update(signature, 57);
  ed448_update(publicKey, 57);
  return 1;
}

/** 1 when [4][S]B = [4]R + [4][k]A (section 5.2.7, step 3), else 0. */
export function ed448_verify_finish(): i32 {
  hash_finish();
  sc_reduce(CHALLENGE, ED_WIDE, 114);
  ge_mul_vartime(RESULT, S, CHALLENGE, POINT); // S B - k A
  ge_neg(CACHED, CACHED);
  ge_cache(CACHED, CACHED);
  ge_add(RESULT, RESULT, CACHED);
  ge_double(RESULT, RESULT, false);
  ge_double(RESULT, RESULT, false);
  return ge_is_identity(RESULT) & 1;
}
