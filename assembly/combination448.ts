/**
 * Sums of multiples of points of edwards448 by public scalars, for the commitments of threshold signatures: combination_start;
 * combination_term for each point; combination_finish. Public values only; variable time. Not for signatures as such.
 *
 * s P = phi'((s / 4) phi(P)) for a point of order L, hence the sum is taken on the twist and comes back once (isogeny448.ts).
 */
import { ge_add, ge_cache } from './ge448';
import { ge_sum_vartime, NAF_FULL, naf, odd_multiples, POINT_ENTRIES, POINT_WIDTH, set_term } from './ge448_vartime';
import {
  edwards_decode,
  edwards_is_prime_order,
  edwards_is_small_order,
  isogeny_encode,
  isogeny_to_twist,
} from './isogeny448';
import { BATCH, BATCH_SLOT, GE, GROUP_POINTS, SC, TABLE_WORK } from './memory';
import { sc_mul, sc_quarter } from './sc448';
import { MIXED_ORDER, OK, SMALL_ORDER } from './status';

const P: i32 = GROUP_POINTS;
const Q: i32 = GROUP_POINTS + GE;
const CACHED: i32 = GROUP_POINTS + 2 * GE;
const SCALAR: i32 = GROUP_POINTS + 3 * GE;
/** A slot is the table of a point, then its digits. */
const DIGITS: i32 = POINT_ENTRIES * GE;
/** The sum of the points with the scalar at LAST. */
const SUM: i32 = TABLE_WORK;
const LAST: i32 = TABLE_WORK + GE;

let terms = 0;
let pending = false;

export function combination_start(): void {
  terms = 0;
  pending = false;
}

/** Whether the scalar is that of the points in SUM. */
function is_last(scalar: i32): bool {
  let difference: u64 = 0;
  for (let i = 0; i < 56; i += 8) difference |= load<u64>(scalar + i) ^ load<u64>(LAST + i);
  return difference === 0;
}

/** Makes a term of the points in SUM. */
function flush(): void {
  if (!pending) return;
  pending = false;
  const slot = BATCH + terms * BATCH_SLOT;
  odd_multiples(slot, SUM, POINT_ENTRIES);
  sc_mul(SCALAR, LAST, sc_quarter());
  naf(slot + DIGITS, NAF_FULL, SCALAR, POINT_WIDTH);
  set_term(terms, slot + DIGITS, slot, GE);
  terms++;
}

/**
 * Adds scalar P for 57 octets of P, at most 2 BATCH_SIZE times; or a refusal of P. A point that is `known` to have order L is not tested.
 * Points with the same scalar, one after the other, cost one multiplication.
 */
export function combination_term(scalar: i32, point: i32, known: i32): i32 {
  const status = edwards_decode(P, point);
  if (status) return status;
  if (!known) {
    if (edwards_is_small_order(P)) return SMALL_ORDER;
    if (!edwards_is_prime_order(P)) return MIXED_ORDER;
  }
  isogeny_to_twist(Q, P);
  if (pending && is_last(scalar)) {
    ge_cache(CACHED, Q);
    ge_add(SUM, SUM, CACHED, true);
    return OK;
  }
  flush();
  memory.copy(SUM, Q, GE);
  memory.copy(LAST, scalar, SC);
  pending = true;
  return OK;
}

/** out = the 57 octets of the sum. */
export function combination_finish(out: i32): void {
  flush();
  ge_sum_vartime(P, terms, NAF_FULL);
  isogeny_encode(out, P);
}
