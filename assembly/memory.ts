/**
 * The memory map: every fixed address is named here, once. There is no heap; the module never grows its memory.
 *
 *     0x00400  constants placed by the compiler (memory.data)
 *     0x04000  scratch: intermediate values, secret ones included; cleared by wipe() after every operation
 *     0x10000  I/O page: arguments and results, written and read by the host; cleared by the host
 *     0x20000  tables of public multiples of the base point, made on first use, never cleared
 */

/** Octets of a field element: 16 limbs of i32 (fp448.ts). */
export const FP: i32 = 64;
/** Octets of a point in extended coordinates X, Y, Z, T (ge448.ts). */
export const GE: i32 = 4 * FP;
/** Octets of an affine table entry x, y, d*x*y (ge448.ts). */
export const GE_AFFINE: i32 = 3 * FP;
/** Octets of a scalar: 14 words of u32 (sc448.ts). */
export const SC: i32 = 56;

export const SCRATCH: i32 = 0x4000;
export const IO: i32 = 0x10000;
export const IO_LENGTH: i32 = 0x10000;
export const TABLES: i32 = 0x20000;
export const MEMORY_END: i32 = 0x30000;

// -- scratch, one block for each file that needs it -----------------------------------------------------------------------

/** fp448.ts: two elements for encoding, the octets of one for comparing. */
export const FP_CODEC: i32 = SCRATCH; // 2 * FP
export const FP_OCTETS: i32 = FP_CODEC + 2 * FP; // FP
/** fp448_power.ts: powers of the exponentiation chain. */
export const FP_POWERS: i32 = FP_OCTETS + FP; // 8 * FP
/** ge448.ts: intermediate values of the point formulas. */
export const GE_FORMULA: i32 = FP_POWERS + 8 * FP; // 8 * FP
/** ge448_mul*.ts: accumulator, selected entry, recoded scalars. */
export const GE_ACCUMULATOR: i32 = GE_FORMULA + 8 * FP; // GE
export const GE_SELECTED: i32 = GE_ACCUMULATOR + GE; // GE
/** ge448_vartime.ts: L times a point. */
export const ORDER_PRODUCT: i32 = GE_SELECTED + GE; // GE
/** ge448_mul.ts, ge448_vartime.ts: recoded scalars, multiples of a point. */
export const GE_DIGITS: i32 = ORDER_PRODUCT + GE; // 2 * 456 signed octets
export const GE_WINDOW: i32 = GE_DIGITS + 1024; // 16 * GE
/** sc448.ts: product and folding space. */
export const SC_WIDE: i32 = GE_WINDOW + 16 * GE; // 3 * 128
export const SC_TEMP: i32 = SC_WIDE + 3 * 128; // 20 * 64
/** montgomery448.ts: ladder state and affine arithmetic. */
export const MONTGOMERY: i32 = SC_TEMP + 20 * 64; // 16 * FP
/** keccak.ts, sha512.ts: working state and message schedule. */
export const KECCAK_LANES: i32 = MONTGOMERY + 16 * FP; // 2 * 25 * 8 + pad
export const SHA512_SCHEDULE: i32 = KECCAK_LANES + 512; // 16 * 8
/** ed448.ts: what an operation keeps between its calls. */
export const ED_HASH: i32 = SHA512_SCHEDULE + 128; // a Keccak state, 256
export const ED_SECRET: i32 = ED_HASH + 256; // scalar, nonce, challenge: 4 * 64
export const ED_PREFIX: i32 = ED_SECRET + 4 * 64; // 128
export const ED_WIDE: i32 = ED_PREFIX + 128; // 128: a digest of 114 octets
export const ED_OCTETS: i32 = ED_WIDE + 128; // public key, R: 2 * 64
export const ED_CONTEXT: i32 = ED_OCTETS + 2 * 64; // F, length, up to 255 octets: 272
export const ED_POINTS: i32 = ED_CONTEXT + 272; // 4 * GE
/** base448.ts: a point while the group operations of the ABI run. */
export const ABI_POINTS: i32 = ED_POINTS + 4 * GE; // 4 * GE
export const SCRATCH_END: i32 = ABI_POINTS + 4 * GE;

// -- tables ---------------------------------------------------------------------------------------------------------------

/** ge448_base.ts: 5 combs of 16 affine entries. */
export const COMB_TABLE: i32 = TABLES;
/** ge448_vartime.ts: 32 odd multiples of the base point, affine. */
export const ODD_TABLE: i32 = COMB_TABLE + 80 * GE_AFFINE;
/** Space for making tables; holds public values only. */
export const TABLE_WORK: i32 = ODD_TABLE + 32 * GE_AFFINE; // (80 + 25) * GE + 80 * FP

/** Clears the scratch region. */
export function wipe(): void {
  memory.fill(SCRATCH, 0, SCRATCH_END - SCRATCH);
}

/** Clears what hashing alone leaves in scratch. */
export function wipe_hash(): void {
  memory.fill(KECCAK_LANES, 0, ED_HASH - KECCAK_LANES);
}
