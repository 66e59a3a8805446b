/**
 * The memory map: every fixed address is named here, once. There is no heap; the module never grows its memory.
 *
 *     0x00400  constants placed by the compiler (memory.data)
 *     0x04000  scratch: intermediate values, secret ones included; cleared by wipe() after every operation
 *     0x10000  I/O page: arguments and results, written and read by the host; cleared by wipe() too
 *     0x20000  tables of public multiples of the base point, made on first use, never cleared
 *     then     space for making tables and for verifying many signatures: public values, overwritten by the next use
 */

/** Octets of a field element: 16 limbs of i32 (fp448.ts). */
export const FP: i32 = 64;
/** Octets of a point in extended coordinates X, Y, Z, T (ge448.ts). */
export const GE: i32 = 4 * FP;
/** Octets of an affine table entry y - x, y + x, 2 d x y (ge448.ts). */
export const GE_AFFINE: i32 = 3 * FP;
/** Octets of a scalar: 14 words of u32 (sc448.ts). */
export const SC: i32 = 56;

/** Octets of a number that secret sharing knows: up to 17 words of u32, and one that is zero (shamir.ts). */
export const SHAMIR_NUMBER: i32 = 72;

export const SCRATCH: i32 = 0x4000;
export const IO: i32 = 0x10000;
export const IO_LENGTH: i32 = 0x10000;
export const TABLES: i32 = 0x20000;

// -- scratch, one block for each file that needs it -----------------------------------------------------------------------

/** fp448.ts: two elements for encoding, the octets of one for comparing. */
export const FP_CODEC: i32 = SCRATCH; // 2 * FP
export const FP_OCTETS: i32 = FP_CODEC + 2 * FP; // FP
/** fp448_product.gen.ts: 8 columns of a product, or 16 of two. */
export const FP_PRODUCT: i32 = FP_OCTETS + FP; // 4 * FP
/** fp448_power.ts: powers of the exponentiation chain, for two elements. */
export const FP_POWERS: i32 = FP_PRODUCT + 4 * FP; // 16 * FP
/** fp448_inverse.ts: four numbers of 15 limbs, octets, a matrix. */
export const FP_INVERSE: i32 = FP_POWERS + 16 * FP; // 6 * 64
/** ge448.ts: intermediate values of the point formulas. */
export const GE_FORMULA: i32 = FP_INVERSE + 6 * 64; // 8 * FP
/** isogeny448.ts */
export const ISOGENY: i32 = GE_FORMULA + 8 * FP; // 6 * FP
/** ge448_mul.ts, ge448_vartime.ts: accumulator, selected entry, recoded scalars, multiples of a point. */
export const GE_ACCUMULATOR: i32 = ISOGENY + 6 * FP; // GE
export const GE_SELECTED: i32 = GE_ACCUMULATOR + GE; // GE
export const GE_DIGITS: i32 = GE_SELECTED + GE; // 4 * 448 signed octets
export const GE_WINDOW: i32 = GE_DIGITS + 4 * 448; // 16 * GE
/** sc448.ts: product and folding space. */
export const SC_WIDE: i32 = GE_WINDOW + 16 * GE; // 3 * 128
export const SC_TEMP: i32 = SC_WIDE + 3 * 128; // 20 * 64
/** halfgcd.ts: four numbers of 16 words. */
export const HALF_GCD: i32 = SC_TEMP + 20 * 64; // 4 * 64
/** montgomery448.ts: ladder state and affine arithmetic. */
export const MONTGOMERY: i32 = HALF_GCD + 4 * 64; // 16 * FP
/** ed448_hash.ts, ed448_sign.ts, ed448_verify.ts, ed448_batch.ts: what an operation keeps between its calls. */
export const ED_HASH: i32 = MONTGOMERY + 16 * FP; // a Keccak state, 256
export const ED_SECRET: i32 = ED_HASH + 256; // scalars: 6 * 64
export const ED_PREFIX: i32 = ED_SECRET + 6 * 64; // 128
export const ED_WIDE: i32 = ED_PREFIX + 128; // 128: a digest of 114 octets
export const ED_OCTETS: i32 = ED_WIDE + 128; // public key, R: 2 * 64
export const ED_CONTEXT: i32 = ED_OCTETS + 2 * 64; // F, length, up to 255 octets: 272
export const ED_POINTS: i32 = ED_CONTEXT + 272; // 4 * GE
/** group448.ts, combination448.ts: points while the operations of the ABI run. */
export const GROUP_POINTS: i32 = ED_POINTS + 4 * GE; // 4 * GE
/** shamir.ts: the prime, a sum, a copy, and the coefficients or a value. */
export const SHAMIR_PRIME: i32 = GROUP_POINTS + 4 * GE; // SHAMIR_NUMBER
export const SHAMIR_SUM: i32 = SHAMIR_PRIME + SHAMIR_NUMBER; // SHAMIR_NUMBER
export const SHAMIR_COPY: i32 = SHAMIR_SUM + SHAMIR_NUMBER; // SHAMIR_NUMBER
export const SHAMIR_NUMBERS: i32 = SHAMIR_COPY + SHAMIR_NUMBER; // 16 * SHAMIR_NUMBER
/** sha512.ts, keccak.ts: what follows is in use within a function only, by one of the two, and is cleared after hashing alone. */
export const HASH_WORK: i32 = SHAMIR_NUMBERS + 16 * SHAMIR_NUMBER; // 13 * 32
/** sha512.ts: part of the message schedule, working variables. */
export const SHA512_SUMS: i32 = HASH_WORK; // 128
export const SHA512_KEPT: i32 = SHA512_SUMS + 128; // 32
/** sha512.ts: two blocks, the last ones of a message with its padding. */
export const SHA512_JOINED: i32 = SHA512_KEPT + 32; // 256
/** keccak.ts: the 25 lanes before an even and before an odd round. */
export const KECCAK_EVEN: i32 = HASH_WORK; // 208
export const KECCAK_ODD: i32 = KECCAK_EVEN + 208; // 208
export const SCRATCH_END: i32 = KECCAK_ODD + 208;

// -- tables ---------------------------------------------------------------------------------------------------------------

/** ge448_table.ts: 15 combs of 32 affine entries. */
export const COMB_TABLE: i32 = TABLES;
/** ge448_table.ts: 2 x 64 odd multiples, affine. */
export const ODD_TABLE: i32 = COMB_TABLE + 15 * 32 * GE_AFFINE;
/** Space for making tables; holds public values only. */
export const TABLE_WORK: i32 = ODD_TABLE + 128 * GE_AFFINE; // (480 + 8) * GE + 480 * FP
export const TABLES_END: i32 = TABLE_WORK + 488 * GE + 480 * FP;

// -- verification of many signatures, sums of many multiples: public values only ------------------------------------------------

/** ge448_vartime.ts: the terms of a sum. */
export const TERMS: i32 = TABLES_END; // up to 2 * 64 + 1 terms of 12 octets
/** ed448_batch.ts: a table and digits for every signature and every key. */
export const BATCH: i32 = TERMS + 2048;
export const BATCH_SIZE: i32 = 64;
export const BATCH_SLOT: i32 = 8 * GE + 448; // table, digits
export const MEMORY_END: i32 = BATCH + 2 * BATCH_SIZE * BATCH_SLOT + (BATCH_SIZE + 1) * 64;

/** Clears the scratch region, and the first `used` octets of the I/O page. */
export function wipe(used: i32): void {
  memory.fill(SCRATCH, 0, SCRATCH_END - SCRATCH);
  memory.fill(IO, 0, used);
}

/** Clears what hashing alone leaves in scratch, and the first `used` octets of the I/O page. */
export function wipe_hash(used: i32): void {
  const zero = i64x2.splat(0);
  for (let i = HASH_WORK; i < SCRATCH_END; i += 32) {
    v128.store(i, zero);
    v128.store(i, zero, 16);
  }
  memory.fill(IO, 0, used);
}
