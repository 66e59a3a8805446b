/** The exports of assembly/index.ts. Pointers and lengths are numbers; nothing else crosses. */

export interface Abi {
  readonly memory: { readonly buffer: ArrayBuffer };
  io_pointer(): number;
  io_length(): number;
  wipe(used: number): void;
  wipe_hash(used: number): void;
  faults(): number;
  forget_tables(): void;

  sha512_init(state: number): void;
  sha512_update(state: number, data: number, length: number): void;
  sha512_digest(state: number, out: number): void;
  hmac_pad(block: number, octet: number): void;
  sha512_hash(out: number, data: number, length: number): void;
  keccak_init(state: number): void;
  keccak_update(state: number, data: number, length: number, rate: number): void;
  keccak_finish(state: number, rate: number, suffix: number): void;
  keccak_squeeze(state: number, out: number, length: number, rate: number): void;
  keccak_hash(out: number, outLength: number, data: number, length: number, rate: number, suffix: number): void;

  ed448_public(out: number, seed: number, seedLength: number): void;
  ed448_public_check(octets: number, seed: number, seedLength: number): void;
  ed448_sign_seed(seed: number, seedLength: number, context: number, contextLength: number, phflag: number): void;
  ed448_sign_key(
    scalar: number,
    prefix: number,
    prefixLength: number,
    publicKey: number,
    context: number,
    contextLength: number,
    phflag: number,
  ): void;
  ed448_update(data: number, length: number): void;
  ed448_sign_commit(): void;
  ed448_sign_finish(out: number): void;
  ed448_sign_again(signature: number): void;
  ed448_sign_check(signature: number): void;
  ed448_prepare(out: number, publicKey: number): number;
  ed448_verify_start(
    signature: number,
    publicKey: number,
    prepared: number,
    context: number,
    contextLength: number,
    phflag: number,
  ): number;
  ed448_verify_finish(): number;
  batch_start(): void;
  batch_key(publicKey: number): number;
  batch_item_start(
    signature: number,
    publicKey: number,
    context: number,
    contextLength: number,
    phflag: number,
  ): number;
  batch_item_finish(key: number, z: number): void;
  batch_check(): number;

  x448(out: number, k: number, u: number): void;
  x448_check(octets: number, k: number, scalar: number, u: number): void;
  x448_base(out: number, k: number): void;
  x448_base_check(octets: number, k: number, key: number): void;

  scalar_reduce(out: number, octets: number, length: number): void;
  scalar_add(out: number, a: number, b: number): void;
  scalar_mul(out: number, a: number, b: number): void;
  scalar_negate(out: number, a: number): void;
  scalar_invert(out: number, a: number): void;

  edwards_validate(p: number): number;
  edwards_add(out: number, p: number, q: number): number;
  edwards_multiply(out: number, scalar: number, p: number): number;
  edwards_base_multiply(out: number, scalar: number): void;
  edwards_base_check(octets: number, s: number, scalar: number): void;
  montgomery_validate(p: number): number;
  montgomery_add(out: number, p: number, q: number): number;
  montgomery_multiply(out: number, scalar: number, p: number): number;
  montgomery_base_multiply(out: number, scalar: number): number;
  montgomery_check(octets: number, s: number, scalar: number, p: number): void;

  shamir_evaluate(
    out: number,
    coefficients: number,
    terms: number,
    count: number,
    length: number,
    offset: number,
    prefix: number,
  ): number;
  shamir_add(value: number, weight: number, length: number): void;
  shamir_check(length: number, offset: number): number;
  shamir_quotient(out: number, divisor: number, length: number, offset: number): number;
  combination_start(): void;
  combination_term(scalar: number, point: number): number;
  combination_base(scalar: number): void;
  combination_finish(out: number): void;

  frames_scan(rows: number, data: number, limit: number, most: number, shift: number): number;
  frames_digests(out: number, rows: number, count: number, shift: number): void;
  chain_digests(out: number, digests: number, count: number, left: number, step: number): void;
  tree_digests(out: number, digests: number, count: number, levels: number, number: number, linked: number): void;

  base32_encode(out: number, data: number, length: number, characters: number, group: number): number;
  base32_read(text: number, length: number): number;
  base32_pack(out: number, values: number, length: number): number;
}
