/**
 * Mutants that change no answer, by reading: they are counted apart, as the score of mutation tests is taken of the others. Numbers of instructions are those of
 * one module, `module`, and nothing is counted apart for another.
 */

/** The beginning of the SHA-256 of the module that was read. */
export const module = '52beec67423b4338';

const counter = 'a counter or an address, which is never negative';
const zeroed = 'zeros are written where the wiping before has left zeros';
const beyond = 'one word, octet or vector more, of zeros or where nothing is kept';

/** Why a mutant changes no answer, by what `main.ts` calls it. */
export const equivalent: Readonly<Record<string, string>> = {
  'fp448/fp_to_octets, instruction 97: Binary, ShrSInt32 / ShrUInt32': counter,
  'fp448/fp_to_octets, instruction 190: Binary, LtSInt32 / LtUInt32': counter,
  'ge448/add_products, instruction 7: Binary, LtSInt32 / LtUInt32': counter,
  'ge448_mul/ge_mul_base, instruction 159: Binary, LtSInt32 / LtUInt32': counter,
  'montgomery448/montgomery_decode, instruction 5: Binary, LtSInt32 / LtUInt32': counter,
  'frame/frames_scan, instruction 324: Binary, LtSInt32 / LtUInt32': counter,
  'sc448/sc_muladd, instruction 2: Const, 25536 becomes 25537': 'the first 56 octets are written right afterwards',
  'sc448/reduce_wide, instruction 4: Const, 29 becomes 30': beyond,
  'sc448/sc_signed_bits, instruction 16: Binary, LtSInt32 / LeSInt32':
    'the sum is below 2 L, so that the carry which is lost is zero',
  'sc448/sc_invert, instruction 60: Const, 56 becomes 57': beyond,
  'ge448/ge_identity, instruction 53: Binary, LtSInt32 / LeSInt32': beyond,
  'ge448_mul/ge_mul_base, instruction 233: Binary, LtSInt32 / LeSInt32': 'a coordinate is computed that nobody reads',
  'ge448_mul/select, instruction 62: Const, 0 becomes -1': 'one entry more is read under a mask of zeros',
  'group448/edwards_multiply, instruction 22: Const, 1 becomes 2': 'both are true',
  'group448/edwards_multiply, instruction 151: Const, 31568 becomes 31567':
    'coordinates kept for a check that public points do not have',
  'ed448_verify/ed448_verify_finish, instruction 93: Const, 8 becomes 9':
    'of the difference one octet is kept, above which it begins',
  'ed448_verify/ed448_verify_finish, instruction 290: Binary, LtSInt32 / LeSInt32': beyond,
  'ed448_verify/signature_start, instruction 17: Const, 0 becomes 1':
    'a signature with S of L or more is judged as if S were 0, which nobody can make: k depends on R',
  'ed448_batch/batch_item_finish, instruction 33: Const, 56 becomes 57': beyond,
  'ed448_batch/batch_check, instruction 140: Store, offset 0 becomes 4': zeroed,
  'combination448/combination_term, instruction 57: Const, 56 becomes 55': zeroed,
  'combination448/combination_start, instruction 7: Const, 64 becomes 63': 'steps of 16 pass both alike',
  'montgomery448/ladder, instruction 30: LocalGet, zero': zeroed,
  'montgomery448/montgomery_add, instruction 256: LocalGet, zero': zeroed,
  'montgomery448/curve, instruction 75: Const, 27936 becomes 27937': 'a zero among zeros, of the constant 1',
  'fp448_inverse/update, instruction 42: Const, 1073741823 becomes 1073741822':
    'the upper row of the matrix is even, since every step doubles it',
  'shamir/shamir_check, instruction 7: Const, 3 becomes 4': beyond,
  'jacobi448/fp_is_square_vartime, instruction 133: LocalGet, zero':
    'without a result in all rounds the other way is taken, with the same answer',
  'jacobi448/fp_is_square_vartime, instruction 386: Const, 0 becomes -1': beyond,
  'halfgcd/half_size, instruction 4: Const, 256 becomes 257': beyond,
  'halfgcd/half_size, instruction 331: LocalGet, zero': 'the factor times y is 2^62 at most, and y is 2^33 or more',
};
