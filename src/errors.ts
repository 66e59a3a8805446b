/**
 * The one error of the library. Every refusal of an argument is a `MeshError` whose `code` is stable across backends and
 * versions; the message is for people and may change.
 * Names of overlay codes: Mesh key combination, validation table. Not for a signature that merely does not match: that is `false`.
 */

/** What each code means. Secrets never enter a message. */
const meanings = {
  // arguments
  not_bytes: 'an argument that must be a Uint8Array is something else',
  bad_option: 'an option has the wrong type or an unknown value',
  bad_length: 'a byte string or a requested length is outside the documented bounds',
  bad_public_length: 'a public key or point does not have the number of octets of its curve',
  bad_private_length: 'a secret key, seed or scalar does not have the number of octets of its curve',
  bad_signature_length: 'a signature does not have 114 octets',
  context_too_long: 'a signature context is longer than 255 octets (RFC 8032 section 5.2)',
  // points and scalars
  curve_mismatch: 'two keys that must be on the same curve are not',
  noncanonical_encoding: 'a point is not in its one canonical encoding',
  not_on_curve: 'the encoded coordinate belongs to no point of the curve',
  sign_missing: 'a 56-octet X448 key has no sign and cannot be added',
  small_order_base: 'the point has an order that divides the cofactor',
  not_in_prime_order_subgroup: 'the point has a component of small order',
  identity_result: 'the result is the identity element, or a combined scalar is zero',
  null_contribution: 'the contribution is zero: the combined key would equal the base key',
  udf_mismatch: 'a fingerprint does not belong to the key it is given for',
  combination_mismatch: 'the key computed from the secrets is not the key that was announced',
  scalar_out_of_range: 'a scalar is not reduced modulo the group order',
  zero_scalar: 'zero has no inverse and is no key',
  all_zero_shared_secret: 'the agreement gives the all-zero value (RFC 7748 section 6.2)',
  // shares and threshold signatures
  bad_quorum: 'a number of shares or a quorum is outside the documented bounds',
  share_index_zero: 'a share at index zero: it would be the secret itself',
  share_out_of_range: 'a share or its index is not below the group order',
  duplicate_index: 'two shares with the same index',
  insufficient_shares: 'fewer distinct shares or signers than the quorum',
  inconsistent_shares: 'shares that do not belong to one secret, or contributions that are not for one set',
  point_at_infinity: 'the agreement value is the point at infinity',
  invalid_contribution: 'a contribution that its proof does not confirm',
  unknown_member: 'no share is kept for this member',
  unsorted_indexes: 'a list of a threshold signature is not in ascending order of its indexes (RFC 9591 section 4.3)',
  index_mismatch: 'two lists of a threshold signature do not have the same indexes',
  share_invalid: 'a share does not lie on the polynomial that the dealer committed to',
  commitment_mismatch: 'the list of commitments does not hold the commitment of this very round',
  response_invalid: 'signers gave wrong responses',
  signature_invalid: 'the signature put together does not verify',
  nonce_used: 'the nonces of this round have been used and are erased',
  session_open: 'another session of this share is open',
  not_serializable: 'secret state that must not be copied or stored',
  // stateful objects
  finished: 'a hash object was used after its digest was taken, or a reader was fed after its end',
  destroyed: 'an object was used after destroy()',
  // environment
  random_failed: 'no usable source of random numbers',
  fault_detected: 'a computation with secrets went wrong, as by a flipped bit of memory, and its result is withheld',
  backend_unavailable: 'the backend asked for cannot run here',
  // UDF
  bad_character: 'a character outside the Base32 alphabet and the separators',
  too_short: 'a fingerprint or value carries fewer bits than required',
  noncanonical_text: 'a text whose spare bits are not zero, where one text per value is required',
  unknown_type: 'an unknown UDF type identifier',
  wrong_type: 'a UDF of another type than the operation needs',
  unsupported_algorithm: 'an algorithm, curve or generation that the operation does not support',
  bad_uri: 'a malformed UDF locator or name',
  label_too_long: 'a Strong Internet Name label over 63 characters',
  // secret sharing
  unsupported_secret_length: 'a secret has a number of octets that cannot be shared',
  bad_parameters: 'the number of shares or the quorum is outside its bounds, or a coefficient is',
  share_overflow: 'a value of the polynomial does not fit the length of a share',
  malformed_share: 'a share is too short or too long for its form, or its quorum is impossible',
  mismatched_shares: 'shares differ in quorum, length or form, so they are not of one set',
  conflicting_shares: 'two shares of one number differ',
  not_a_seed: 'the recovered octets are not a seed UDF',
  // keys
  bad_jwk: 'a malformed JSON Web Key',
  bad_der: 'a malformed or non-minimal DER structure',
  key_mismatch: 'the public part of a key does not belong to its secret part',
  limit: 'a value is longer, larger or has more members than the limit',
  // sequences
  'read-only': 'the sequence was opened for reading only',
  closed: 'the sequence has been closed',
  storage: 'the storage failed',
  locked: 'another process has the file open for writing',
  'not-empty': 'a sequence is made where there is something already',
  torn: 'the last frame is not complete, and was not cut off by a crash of this package: repair it',
  damaged: 'a frame in the middle is damaged',
  failed: 'an earlier append failed and may have left something half written: open the sequence again',
  json: 'a header or trailer is not a JSON object',
  structure: 'a member of a header or trailer is of the wrong form, or has two values',
  algorithm: 'an algorithm that is not supported',
  'no-recipient': 'no key for any recipient',
  'key-type': 'a key of a kind that is not supported',
  type: 'an unknown type of sequence',
  index: 'a frame has another index than its place',
  'no-frame': 'there is no frame with this index',
  'tree-position': 'a TreePosition does not point to the frame it has to',
  'payload-digest': 'a payload does not have the digest that is stored',
  'missing-digest': 'a frame has no payload digest, while others have one',
  'missing-chain': 'a frame has no chain digest, while others have one',
  'missing-tree': 'a frame has no tree digest, while others have one',
  'chain-digest': 'a chain digest follows no rule, or another rule than those before',
  'tree-digest': 'a tree digest follows no rule, or another rule than those before',
  'not-linked': 'the digests of the sequence do not depend on one another, as this operation needs',
  rollback: 'the sequence is shorter than the head that was signed',
  fork: 'the sequence has another frame where the head was signed',
  'head-mismatch': 'a head of another sequence, or no head at all',
  'bad-proof': 'a proof of the wrong form',
  // frames and records
  'bad-tag': 'an octet that is no tag, or not one that may stand there',
  unidirectional: 'a record where a frame must begin',
  'trunc-len': 'the octets end within the length of a frame',
  overlong: 'a frame is longer than the octets there are',
  'trunc-trailer': 'the octets end within the length behind a frame',
  'reverse-mismatch': 'the length behind a frame is not the one before it',
  'record-overlong': 'a record does not end within its frame',
  records: 'a frame has more records than it may have, or none',
  underflow: 'a frame, read backwards, starts before the octets do',
  // JSON-B
  truncated: 'the input ends inside a value, or a length passes the end of the input',
  syntax: 'octets that the grammar of JSON and JSON-B does not allow here',
  separator: 'a comma is missing after a JSON value',
  trailing: 'octets after the value',
  duplicate: 'a member name occurs twice in one object',
  tag: 'a member name that is no string',
  'unknown-tag': 'a tag that is unassigned, misplaced or above the level asked for',
  'chunk-type': 'chunks of one item are of different kinds',
  utf8: 'text that is not well-formed: invalid UTF-8 or a lone surrogate',
  escape: 'an unknown escape or a lone surrogate in a JSON string',
  control: 'a control character in a JSON string',
  depth: 'values are nested deeper than the limit',
  'number-range': 'a JSON number that binary64 cannot hold',
  'undefined-code': 'a dictionary code that has not been defined',
  'unknown-dictionary': 'a dictionary that is not known here',
  'unsupported-value': 'a value that the encoding asked for cannot express',
  // envelopes
  base64: 'a member is not base64url',
  signature: 'no trusted key has signed, or a signature is malformed',
  'public-nonce': 'the signature discloses its key, so that it shows nothing',
  'not-encrypted': 'the envelope is in clear where encryption is required',
  'decryption-failed': 'the envelope cannot be decrypted with the keys given',
  unwrap: 'the wrapped key is not intact',
  'key-commitment': 'the key is not the one that the header commits to',
  'ciphertext-length': 'a ciphertext has a length that no plaintext gives',
  padding: 'the padding of a decrypted text is wrong',
  authentication: 'a ciphertext is not authentic',
  witness: 'the signer has not shown knowledge of the plaintext',
} as const;

/** The stable codes of {@link MeshError}. */
export type ErrorCode = keyof typeof meanings;

/**
 * Thrown for every malformed argument and refused value.
 *
 * @example
 * ```ts
 * import { MeshError, ed448 } from 'mathmesh';
 * try {
 *   ed448.getPublicKey(new Uint8Array(5));
 * } catch (error) {
 *   console.log(error instanceof MeshError && error.code); // bad_private_length
 * }
 * ```
 */
export class MeshError extends Error {
  override readonly name = 'MeshError';
  /** Stable identifier of the condition. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    super(detail === undefined ? meanings[code] : `${meanings[code]}: ${detail}`, options);
    this.code = code;
  }
}

/** Throws a {@link MeshError}; an expression, so that it fits in `?? fail(...)`. */
export function fail(code: ErrorCode, detail?: string): never {
  throw new MeshError(code, detail);
}
