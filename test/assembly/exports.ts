/** What the field and scalar tests call: internals of the core that the ABI hides. Compiled by internals.ts. */
export {
  fp_add,
  fp_from_octets,
  fp_is_canonical,
  fp_is_odd,
  fp_is_zero,
  fp_neg,
  fp_select,
  fp_sub,
  fp_to_octets,
  fp_weak,
} from '../../assembly/fp448';
export { fp_inv } from '../../assembly/fp448_inverse';
export { fp_sqrt_ratio, fp_sqrt_ratio_two } from '../../assembly/fp448_power';
export { fp_mul, fp_mul_small, fp_sqr, fp_sqr_two } from '../../assembly/fp448_product.gen';
export { half_size } from '../../assembly/halfgcd';
export { fp_is_square_vartime } from '../../assembly/jacobi448';
export {
  BATCH_SIZE,
  IO,
  IO_LENGTH,
  MEMORY_END,
  SCRATCH,
  SCRATCH_END,
  SHAMIR_NUMBER,
  TABLES,
} from '../../assembly/memory';
export { sc_signed_bits } from '../../assembly/sc448';
