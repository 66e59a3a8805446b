/**
 * Sums of multiples of points of edwards448 by public scalars, and of the base point by a secret one, for the commitments of threshold
 * signatures: combination_start; combination_term for each point; combination_base if wanted; combination_finish. The points and their
 * scalars are public, in variable time. Not for signatures as such.
 *
 * s P = phi'((s / 4) phi(P)) for a point of order L, hence these multiples are summed on the twist and come back once (isogeny448.ts). What
 * needs no such multiplication is summed on edwards448: points with the scalar 1, and the multiple of the base point.
 */
import { ge_mul_base } from './ge448_mul';
import { ge_sum_vartime, NAF_FULL, naf, odd_multiples, POINT_ENTRIES, POINT_WIDTH, set_term } from './ge448_vartime';
import {
  edwards_add,
  edwards_decode_prime_order,
  edwards_encode,
  edwards_identity,
  isogeny_to_edwards,
  isogeny_to_twist,
} from './isogeny448';
import { BATCH, BATCH_SLOT, GE, GROUP_POINTS } from './memory';
import { sc_is_one, sc_mul, sc_quarter } from './sc448';
import { OK } from './status';

const P: i32 = GROUP_POINTS;
const Q: i32 = GROUP_POINTS + GE;
const SCALAR: i32 = GROUP_POINTS + 2 * GE;
/** What is summed on edwards448. */
const SUM: i32 = GROUP_POINTS + 3 * GE;
/** A slot is the table of a point, then its digits. */
const DIGITS: i32 = POINT_ENTRIES * GE;

let terms = 0;

export function combination_start(): void {
  terms = 0;
  edwards_identity(SUM);
}

/** Adds scalar P for 57 octets of P, at most 2 BATCH_SIZE times; or a refusal of P. */
export function combination_term(scalar: i32, point: i32): i32 {
  const status = edwards_decode_prime_order(P, point);
  if (status) return status;
  if (sc_is_one(scalar)) {
    edwards_add(SUM, P);
    return OK;
  }
  const slot = BATCH + terms * BATCH_SLOT;
  isogeny_to_twist(Q, P);
  odd_multiples(slot, Q, POINT_ENTRIES);
  sc_mul(SCALAR, scalar, sc_quarter());
  naf(slot + DIGITS, NAF_FULL, SCALAR, POINT_WIDTH);
  set_term(terms, slot + DIGITS, slot, GE);
  terms++;
  return OK;
}

/** Adds scalar B for the base point B, constant time. */
export function combination_base(scalar: i32): void {
  ge_mul_base(P, scalar);
  isogeny_to_edwards(P);
  edwards_add(SUM, P);
}

/** out = the 57 octets of the sum. */
export function combination_finish(out: i32): void {
  ge_sum_vartime(P, terms, NAF_FULL);
  isogeny_to_edwards(P);
  edwards_add(SUM, P);
  edwards_encode(out, SUM);
}
