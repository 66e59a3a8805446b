/**
 * The contract between the primitives and a backend. A backend is a value; operations cross it whole, field operations never.
 *
 * Who checks what: the caller (hash, ed448, x448, group448, overlay, udf, shamir) has checked types and lengths, so every argument
 * here is a plain `Uint8Array` of the length stated. A backend checks mathematics: encodings, curve membership, ranges.
 * Results are fresh. Arguments are neither kept nor changed. Both backends give the same octets and the same error codes.
 *
 * Notation: L is the prime order of the subgroup of edwards448 and curve448; a *scalar* is 56 octets, little-endian, below L;
 * a *wide* scalar is any number of octets up to 114; a *point* is the 57-octet encoding of RFC 8032 section 5.2.2;
 * a *signed u* is the 56-octet u coordinate of RFC 7748 followed by 0x80 when v is odd and 0x00 when it is even.
 */
import type { FrameTable } from '../frame.ts';

/** Streaming hash with a fixed output. The caller enforces the order of calls. */
export interface HashState {
  update(chunk: Uint8Array): void;
  /** Writes the digest to the first octets of `out`; the state is then only good for `destroy`. */
  digestInto(out: Uint8Array): void;
  clone(): this;
  /** Wipes the state. */
  destroy(): void;
}

/** Streaming hash with output of any length: `squeezeInto` may be called again and continues. */
export interface XofState {
  update(chunk: Uint8Array): void;
  squeezeInto(out: Uint8Array): void;
  clone(): this;
  destroy(): void;
}

/** A verification key, decoded once. */
export interface PreparedKey {
  /** As {@link Backend.ed448Verify} with this key. */
  verify(signature: Uint8Array, message: Uint8Array, context: Uint8Array, phflag: Phflag): boolean;
}

/** An Ed448 key that needs no more preparation to sign. */
export interface SigningKey {
  /** Not zero. */
  scalar: Uint8Array;
  /** Whatever secret and random octets (1 to 128) go into the nonce before the message. */
  prefix: Uint8Array;
  /** 57 octets, that of the scalar. With any other a signature discloses the scalar: it is computed here, never taken from outside. */
  publicKey: Uint8Array;
}

/** The octet F of dom4 (RFC 8032 section 5.2): 0 for Ed448, 1 for Ed448ph. */
export type Phflag = 0 | 1;

/** One signature to be verified. */
export interface SignedItem {
  signature: Uint8Array;
  message: Uint8Array;
  publicKey: Uint8Array;
  context: Uint8Array;
}

/** The integers modulo the prime 2^(8 `length`) + `offset`: `length` is 1 to 64, `offset` is below 2^11. */
export interface ShareField {
  readonly length: number;
  readonly offset: number;
}

/** The value of a polynomial at a number from 1 to 16, of the `length` octets of its field, big-endian. */
export interface SharePoint {
  readonly x: number;
  readonly value: Uint8Array;
}

/** What a text carries: so many bits, and zeros after them up to a whole octet. */
export interface BitString {
  readonly octets: Uint8Array;
  readonly bits: number;
}

/**
 * What the digest of a chain takes in besides the payload digest of its frame: the chain digest before it, as it should be; the payload digest of
 * the frame before it; or always the same 64 octets. The last two are defects found in files: they bind a frame to one other or to none.
 */
export type ChainRule = 'linked' | 'pair' | 'unlinked';

/**
 * What a tree digest takes in besides the payload digest of its frame n: the tree digests of the frames on the path of n, as it should be; as many times
 * 64 zero octets; or 64 zero octets as many times as the path of n + 1 is long. The last two are defects found in files: they bind nothing.
 */
export type TreeRule = 'linked' | 'null' | 'null+1';

export interface Backend {
  readonly name: 'wasm' | 'js';

  // -- hashes: FIPS 180-4, FIPS 202 ------------------------------------------------------------------------------------
  /** 64 octets. */
  sha512(message: Uint8Array): Uint8Array;
  sha512Create(): HashState;
  /** HMAC-SHA-512 (RFC 2104) with a key of up to 128 octets: 64 octets. */
  hmacSha512(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** SHA-512(prefix || SHA-512(item)) of every item, in order: 64 octets each, packed. */
  typedDigests(prefix: Uint8Array, items: readonly Uint8Array[]): Uint8Array;
  /** `length` octets. */
  shake256(message: Uint8Array, length: number): Uint8Array;
  shake256Create(): XofState;
  /** SHA3-512, 64 octets. */
  sha3_512(message: Uint8Array): Uint8Array;

  // -- Ed448: RFC 8032 section 5.2; for phflag 1 the caller has prehashed the message -------------------------------------
  /** Public key of a seed of 57 octets (RFC 8032) or 56 octets (Mesh), hashed exactly as given. */
  ed448PublicKey(seed: Uint8Array): Uint8Array;
  /** Deterministic signature with a seed of 57 or 56 octets. Takes no public key: it computes the one that is hashed. */
  ed448Sign(message: Uint8Array, seed: Uint8Array, context: Uint8Array, phflag: Phflag): Uint8Array;
  /** Signature with a key that has been expanded: r = SHAKE256(dom4 || prefix || M) mod L. */
  ed448SignKey(message: Uint8Array, key: SigningKey, context: Uint8Array, phflag: Phflag): Uint8Array;
  /**
   * The one verification policy: canonical A and R, S < L, A not of small order, [4][S]B = [4]R + [4][k]A. Variable time. Never throws
   * for 114- and 57-octet input.
   */
  ed448Verify(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    context: Uint8Array,
    phflag: Phflag,
  ): boolean;
  /** One verdict each, the same as {@link ed448Verify} would give. */
  ed448VerifyBatch(items: readonly SignedItem[], phflag: Phflag): boolean[];
  /** @throws `noncanonical_encoding`, `not_on_curve`, `small_order_base` */
  ed448Prepare(publicKey: Uint8Array): PreparedKey;

  // -- X448: RFC 7748 section 5 ------------------------------------------------------------------------------------------
  /** X448(k, u), 56 octets: k is clamped, u is reduced modulo p; an all-zero result is returned as such. */
  x448(k: Uint8Array, u: Uint8Array): Uint8Array;
  /** X448(k, 5). */
  x448Base(k: Uint8Array): Uint8Array;

  // -- scalars modulo L, constant time ------------------------------------------------------------------------------------
  /** A wide scalar reduced modulo L. */
  scalarReduce(wide: Uint8Array): Uint8Array;
  scalarAdd(a: Uint8Array, b: Uint8Array): Uint8Array;
  scalarMul(a: Uint8Array, b: Uint8Array): Uint8Array;
  scalarNegate(a: Uint8Array): Uint8Array;
  /** a^(L-2): zero gives zero, the caller refuses it. */
  scalarInvert(a: Uint8Array): Uint8Array;

  // -- edwards448 points ---------------------------------------------------------------------------------------------------
  /** @throws `noncanonical_encoding`, `not_on_curve`, `small_order_base`, `not_in_prime_order_subgroup`, tested in this order */
  edwardsValidate(p: Uint8Array): void;
  /** P + Q for any two points of the curve. @throws `noncanonical_encoding`, `not_on_curve` */
  edwardsAdd(p: Uint8Array, q: Uint8Array): Uint8Array;
  /** s P, constant time in s. @throws what {@link edwardsValidate} throws: only points of prime order are multiplied */
  edwardsMultiply(scalar: Uint8Array, p: Uint8Array): Uint8Array;
  /** s B, constant time in s. */
  edwardsBaseMultiply(scalar: Uint8Array): Uint8Array;

  /**
   * The sum of s_i P_i for public scalars and any number of points of order L, and of `base` B when that scalar is given; nothing gives
   * the identity. Constant time in `base`, variable in the rest; a scalar 1 costs least.
   * @throws what {@link edwardsValidate} throws of the first point that is refused
   */
  edwardsCombination(scalars: readonly Uint8Array[], points: readonly Uint8Array[], base?: Uint8Array): Uint8Array;

  // -- curve448 points as signed u ------------------------------------------------------------------------------------------
  /** @throws as {@link edwardsValidate}; u = 0 and points on the twist included */
  montgomeryValidate(p: Uint8Array): void;
  /** P + Q. @throws `noncanonical_encoding`, `not_on_curve`, and `identity_result` when Q = -P */
  montgomeryAdd(p: Uint8Array, q: Uint8Array): Uint8Array;
  /** s P, constant time in s. @throws as {@link montgomeryValidate}, and `identity_result` for s = 0 */
  montgomeryMultiply(scalar: Uint8Array, p: Uint8Array): Uint8Array;
  /** s times the base point (u = 5, v even). @throws `identity_result` for s = 0 */
  montgomeryBaseMultiply(scalar: Uint8Array): Uint8Array;

  // -- secret sharing: polynomials modulo a prime; which numbers there are is public, what they are is not --------------------
  /**
   * The values at 1, 2, ... `count` (1 to 16) of a polynomial whose 1 to 16 coefficients, constant term first, are packed as
   * `length` + 1 octets each, big-endian, below the prime.
   *
   * @param prefix - two octets that come before the value at 1; for each number that follows, one more
   * @returns Base32, as {@link base32Encode} has it in groups of four, of prefix and value (`length` octets, big-endian); `undefined` when a value does not fit
   */
  shamirEvaluate(coefficients: Uint8Array, count: number, field: ShareField, prefix: number): string[] | undefined;
  /**
   * The value at 0 of the polynomial through the first `quorum` (1 to 16) of up to 16 points with distinct numbers.
   *
   * @returns `length` octets, big-endian; `undefined` when it does not fit, or a point beyond the quorum is not on the polynomial
   */
  shamirInterpolate(points: readonly SharePoint[], quorum: number, field: ShareField): Uint8Array | undefined;

  // -- frames of sequences: everything public, nothing constant time; the table and the paths are those of frame.ts ------------------
  /**
   * Reads the frames of a whole piece of memory of up to 2^32 - 1 octets, from the first to the last, or with `backward` from the last to the
   * first. It stops at the first that is damaged and says what is wrong with it; never throws. Only tags and lengths are looked at, and
   * the table grows with the frames that are there, never with what a length claims.
   *
   * A frame may have no records: that makes a frame, but no envelope, and is for the caller to refuse. More than three are `records`.
   */
  framesScan(octets: Uint8Array, backward?: boolean): FrameTable;
  /**
   * The payload digests: SHA-512 of the data of the second record of each frame of a table that was made of these very octets, and that of
   * nothing for a frame without one. 64 octets each, packed, in the order of the table.
   */
  framesDigests(octets: Uint8Array, table: FrameTable): Uint8Array;
  /**
   * Chain digests: SHA-512(left operand || payload digest) for each of the payload digests of 64 octets, packed. The left operand of
   * the first is `left` (64 octets), and what the rule says for those behind it.
   */
  chainDigests(rule: ChainRule, left: Uint8Array, payloadDigests: Uint8Array): Uint8Array;
  /**
   * Tree digests of the frames `first`, `first` + 1 and so on, 64 octets each, packed: c = payload digest, then c = SHA-512(left operand || c) for each
   * step of the path. Under `linked` the tree digests of the frames in `treeFrontier(first)` are given, packed in that order; else none.
   * `first` and the number of payload digests together stay below 2^32.
   */
  treeDigests(rule: TreeRule, payloadDigests: Uint8Array, first: number, frontier: Uint8Array): Uint8Array;

  // -- Base32 (RFC 4648 section 6, no padding), constant time in the content -----------------------------------------------
  /**
   * Base32 of `data` (up to {@link BASE32_LIMIT} octets), at most `characters` of it, with `-` between groups of `group` characters.
   * Spare bits of the last character are zero.
   */
  base32Encode(data: Uint8Array, characters: number, group: number): string;
  /**
   * Reads up to {@link BASE32_LIMIT} characters and gives the five bits of each. Skipped are `-`, space, tab, CR and LF, and with `lenient`
   * everything else outside A-Z, a-z, 2-7. Which characters are separators is not secret; all others are.
   * @throws `bad_character`
   */
  base32Decode(text: string, lenient: boolean): BitString;
}

/** Most octets or characters that the Base32 operations take; every text of the Mesh is far shorter. */
export const BASE32_LIMIT = 12288;

/** Gives the backend to use, at the time of a call. */
export type Provider = () => Backend;
