/**
 * Verification of up to BATCH_SIZE Ed448 signatures at once: batch_start; batch_key for every distinct key; for every signature
 * batch_item_start, ed448_update .., batch_item_finish; batch_check. Public values only; variable time.
 *
 * With random 128-bit z_i, sum z_i (S_i phi(B) - k_i phi(A_i) - phi(R_i)) = 0 holds for all-valid signatures, and for others once in 2^128. Under
 * phi the equation is that of single verification, so both agree. Signatures of one key share its multiplication.
 */
import { hash_finish_scalar } from './ed448_hash';
import { BASE_WIDTH, negative_multiples, signature_start } from './ed448_verify';
import { ge_is_identity } from './ge448';
import { odd_table } from './ge448_table';
import { ge_sum_vartime, NAF_FULL, naf, POINT_ENTRIES, POINT_WIDTH, set_term } from './ge448_vartime';
import { BATCH, BATCH_SIZE, BATCH_SLOT, ED_POINTS, ED_SECRET, GE, GE_AFFINE, GE_DIGITS, ODD_TABLE } from './memory';
import { sc_add, sc_muladd } from './sc448';

const CHALLENGE: i32 = ED_SECRET + 64;
const S: i32 = ED_SECRET + 128;
const Z: i32 = ED_SECRET + 192;

/** A slot: the table of a point, then its digits. Items come first, then keys. */
const KEYS: i32 = BATCH + BATCH_SIZE * BATCH_SLOT;
const DIGITS: i32 = POINT_ENTRIES * GE;
/** Sum of z S, then for each key the sum of z k. */
const SUMS: i32 = KEYS + BATCH_SIZE * BATCH_SLOT;

let items = 0;
let keys = 0;

export function batch_start(): void {
  items = 0;
  keys = 0;
  memory.fill(SUMS, 0, 64);
}

/** Adds a public key as the next one; or a refusal. */
export function batch_key(publicKey: i32): i32 {
  const status = negative_multiples(KEYS + keys * BATCH_SLOT, publicKey, true);
  if (status) return status;
  keys++;
  memory.fill(SUMS + 64 * keys, 0, 64);
  return 0;
}

/** As ed448_verify_start; the key is one of this batch. */
export function batch_item_start(signature: i32, publicKey: i32, context: i32, contextLength: i32, phflag: i32): i32 {
  if (!signature_start(S, signature, publicKey, context, contextLength, phflag)) return 0;
  return negative_multiples(BATCH + items * BATCH_SLOT, signature, false) ? 0 : 1;
}

/** Adds the signature with the multiplier of 16 octets at `z` and the key of that number. */
export function batch_item_finish(key: i32, z: i32): void {
  hash_finish_scalar(CHALLENGE);
  memory.fill(Z, 0, 64);
  memory.copy(Z, z, 16);
  sc_muladd(SUMS, Z, S, SUMS);
  const sum = SUMS + 64 * (key + 1);
  sc_muladd(sum, Z, CHALLENGE, sum);
  naf(BATCH + items * BATCH_SLOT + DIGITS, NAF_FULL, Z, POINT_WIDTH);
  items++;
}

/** 1 when the sum of all items is the identity, else 0. */
export function batch_check(): i32 {
  odd_table();
  sc_add(SUMS, SUMS, SUMS);
  sc_add(SUMS, SUMS, SUMS);
  naf(GE_DIGITS, NAF_FULL, SUMS, BASE_WIDTH);
  set_term(0, GE_DIGITS, ODD_TABLE, GE_AFFINE);
  let count = 1;
  for (let i = 0; i < items; i++) {
    const slot = BATCH + i * BATCH_SLOT;
    set_term(count++, slot + DIGITS, slot, GE);
  }
  for (let i = 0; i < keys; i++) {
    const slot = KEYS + i * BATCH_SLOT;
    naf(slot + DIGITS, NAF_FULL, SUMS + 64 * (i + 1), POINT_WIDTH);
    set_term(count++, slot + DIGITS, slot, GE);
  }
  ge_sum_vartime(ED_POINTS, count, NAF_FULL);
  return ge_is_identity(ED_POINTS) & 1;
}
