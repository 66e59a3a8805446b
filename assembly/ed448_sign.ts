/**
 * Signing with Ed448 (RFC 8032 section 5.2.6) in steps, so that a message of any length passes through the I/O page twice:
 *
 *     ed448_sign_seed or ed448_sign_key, ed448_update .., ed448_sign_commit, ed448_update .. (the same octets), ed448_sign_finish
 *
 * and then, with arguments and the signature put in once more, everything but the multiplications again:
 *
 *     ed448_sign_seed or ed448_sign_key, ed448_update .., ed448_sign_again, ed448_update .., ed448_sign_check
 *
 * S = r + k s of both ties everything that is hashed or a scalar: a fault in one of them changes one of the S only. What is left are the points,
 * which their own check is for (isogeny_check), and the digits (ge_mul_base).
 *
 * Constant time. What an operation keeps between its steps lies in scratch; the host runs the steps without interruption and then calls wipe().
 */
import { ed448_update, hash_domain, hash_finish, hash_finish_scalar, hash_start, set_domain } from './ed448_hash';
import { expect_equal, expect_zero } from './fault';
import { ge_mul_base } from './ge448_mul';
import { isogeny_check, isogeny_encode, isogeny_encode_two } from './isogeny448';
import { ED_OCTETS, ED_POINTS, ED_PREFIX, ED_SECRET, ED_WIDE, FP, GE, SC } from './memory';
import { sc_muladd, sc_reduce } from './sc448';

const SCALAR: i32 = ED_SECRET;
const NONCE: i32 = ED_SECRET + 64;
const CHALLENGE: i32 = ED_SECRET + 128;
const S: i32 = ED_SECRET + 192;
const PUBLIC: i32 = ED_OCTETS;
const R: i32 = ED_OCTETS + 64;
const POINT: i32 = ED_POINTS;
const PUBLIC_POINT: i32 = ED_POINTS + GE;
/** x and y of both. */
const AFFINE: i32 = ED_POINTS + 2 * GE;
const PUBLIC_AFFINE: i32 = AFFINE + 2 * FP;

/** Whether PUBLIC is made here, from SCALAR. */
let fromSeed = false;

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

export function ed448_public(out: i32, seed: i32, seedLength: i32): void {
  expand_seed(seed, seedLength);
  ge_mul_base(POINT, SCALAR);
  isogeny_encode(out, POINT, AFFINE);
}

/** Checks what ed448_public has just given for this seed; both are put in once more. */
export function ed448_public_check(octets: i32, seed: i32, seedLength: i32): void {
  memory.copy(NONCE, SCALAR, SC);
  expand_seed(seed, seedLength);
  expect_equal(NONCE, SCALAR, SC);
  isogeny_check(octets, POINT, AFFINE);
}

/** Before the first pass over the message; SCALAR, ED_PREFIX and PUBLIC (unless it is made from SCALAR) are set. */
function sign_start(prefixLength: i32, seed: bool): void {
  fromSeed = seed;
  hash_domain();
  ed448_update(ED_PREFIX, prefixLength);
}

export function ed448_sign_seed(seed: i32, seedLength: i32, context: i32, contextLength: i32, phflag: i32): void {
  set_domain(context, contextLength, phflag);
  expand_seed(seed, seedLength);
  sign_start(57, true);
}

/** As above for a scalar, a secret prefix of up to 128 octets and the 57 octets of the scalar's public key. */
export function ed448_sign_key(
  scalar: i32,
  prefix: i32,
  prefixLength: i32,
  publicKey: i32,
  context: i32,
  contextLength: i32,
  phflag: i32,
): void {
  set_domain(context, contextLength, phflag);
  memory.copy(SCALAR, scalar, SC);
  memory.copy(ED_PREFIX, prefix, prefixLength);
  memory.copy(PUBLIC, publicKey, 57);
  sign_start(prefixLength, false);
}

/** r and R from the first pass (step 3); the second pass hashes dom4 || R || A || M. */
export function ed448_sign_commit(): void {
  hash_finish_scalar(NONCE);
  if (fromSeed) ge_mul_base(PUBLIC_POINT, SCALAR);
  ge_mul_base(POINT, NONCE);
  // A from a seed is encoded together with R: one inversion for both
  if (fromSeed) isogeny_encode_two(R, POINT, PUBLIC, PUBLIC_POINT, AFFINE);
  else isogeny_encode(R, POINT, AFFINE);
  challenge_start(R);
}

/** Starts the hash of dom4 || R || A. */
function challenge_start(commitment: i32): void {
  hash_domain();
  ed448_update(commitment, 57);
  ed448_update(PUBLIC, 57);
}

/** S = r + k s (steps 4 and 5). */
function respond(): void {
  hash_finish_scalar(CHALLENGE);
  sc_muladd(S, CHALLENGE, SCALAR, NONCE);
}

/** In the place of ed448_sign_commit when the signature is there. */
export function ed448_sign_again(signature: i32): void {
  hash_finish_scalar(NONCE);
  challenge_start(signature);
}

/** Notes a fault unless this is the signature, with points of the curve in it. */
export function ed448_sign_check(signature: i32): void {
  respond();
  expect_equal(S, signature + 57, SC);
  expect_zero(load<u8>(signature + 113) as u64);
  isogeny_check(signature, POINT, AFFINE);
  if (fromSeed) isogeny_check(PUBLIC, PUBLIC_POINT, PUBLIC_AFFINE);
}

/** out = R || S (step 6). */
export function ed448_sign_finish(out: i32): void {
  respond();
  memory.copy(out, R, 57);
  memory.copy(out + 57, S, SC);
  store<u8>(out + 113, 0);
}
