/**
 * What an implementation offers to the conformance suite: flat functions on octets, all optional. A vector that needs a function
 * which is missing is reported as not provided, never as passed; other members are refused. Not the API of this package: see mesh.ts for the adapter.
 */

/** Curves of Mesh keys; with `z` the secret is a scalar as it is, neither hashed nor pruned. */
export type SecretCurve = 'Ed448' | 'X448' | 'Ed448z' | 'X448z';
/** Curves of public keys that can be combined. */
export type PublicCurve = 'Ed448' | 'X448';
/** Curves that have fingerprints. */
export type KeyCurve = PublicCurve | 'Ed25519' | 'X25519';
/** Curves of shared keys; with `z` the secret is a scalar as it is. */
export type SharedForm = KeyCurve | `${KeyCurve}z`;
/** The four published rule sets of fingerprints. */
export type FingerprintGeneration = 'G1' | 'G2' | 'G3' | 'G4';

/** A share of a key. */
export interface SharedShare {
  index: number;
  scalar: Uint8Array;
}
/** The rules of shared secrets: 2015 to 2018, 2019 to July 2020, and later. */
export type SharingGeneration = 'S1' | 'S2' | 'S3';
/** Curves whose keys sign. */
export type SigningCurve = 'Ed448' | 'Ed25519';

/** A signer of the threshold scheme of the drafts. Scalars have 56 octets for Ed448, 32 for Ed25519. */
export interface ThresholdSigner {
  /** The share. */
  scalar: Uint8Array;
  nonce: Uint8Array;
  /** Of a Shamir share; none of a share of a sum. */
  index?: number;
}

/** A signer of FROST with its random input, 32 octets each. */
export interface FrostSigner {
  index: number;
  /** As RFC 9591 encodes it: 57 octets for Ed448, 32 for Ed25519. */
  share: Uint8Array;
  hidingRandomness: Uint8Array;
  bindingRandomness: Uint8Array;
}

/** How a JSON-B document is read. */
export interface JsonbReading {
  /** The highest level that is allowed; D if there is none. */
  level?: 'A' | 'B' | 'C';
  /** Line feeds, carriage returns and tabs are allowed inside JSON strings. */
  lenient?: true;
  /** A comma may be missing between an object or array and a tag. */
  lenientSep?: true;
}

/** The only entry of a dictionary that is known beforehand. */
interface KnownEntry {
  hash: Uint8Array;
  code: number;
  entry: string;
}

/** The four rules of the identifiers in `kid`: until 2019, until 2020, since then, and in 2024. */
export type KeyIdRule = 'E2' | 'E3' | 'E5' | 'E6';

/** What opens an envelope. */
export interface DareKeys {
  /** A secret key, or the UDF text of a symmetric one; without a key an encrypted envelope is only verified. */
  key?: { crv: KeyCurve; secretKey: Uint8Array } | string;
  /** Whose signature is checked. */
  signer?: { crv: SigningCurve; publicKey: Uint8Array };
  /** Whether it is demanded. */
  trust: boolean;
}

/** What an envelope holds. */
interface DareContent {
  /** The plaintext, or the payload as carried when there was no key. */
  payload: Uint8Array;
  annotations: readonly Uint8Array[];
  /** Info of the key encryption key, when there was one. */
  kekInfo?: string;
  /** One for each signature. */
  signatures: readonly {
    verdict: 'valid' | 'invalid' | 'unknown-signer';
    mode?: 'ed448' | 'ed25519ctx' | 'ed25519' | 'manifest';
    witness: string;
  }[];
}

/** What an envelope says about itself. */
interface DareSummary {
  enc: string;
  /** The payload as carried. */
  payload: Uint8Array;
  recipients: number;
  signatures: number;
}

/** A frame of a sequence: the offsets of its first octet and of the one behind its last, and the same of the data of its records. */
export interface FrameSpans {
  start: number;
  end: number;
  records: readonly { start: number; end: number }[];
}

/** A sequence that was verified. */
interface SequenceSummary {
  type: string;
  frames: number;
  rules: readonly string[];
  payloadDigests: number;
  protects: string;
  /** The last digest of a sequence whose digests are linked. */
  digest?: Uint8Array;
}

/** A text with its type identifier and octets. */
export interface UdfValue {
  type: number;
  data: Uint8Array;
}

/**
 * An implementation under test. Functions throw when they refuse an argument; verification of a well-formed signature answers with
 * a boolean. Inputs must not be changed. Members with other names are refused, so that a misspelt function is noticed.
 *
 * @example
 * ```ts
 * import { createHash } from 'node:crypto';
 * import { type Implementation, runConformance } from 'mathmesh/conformance';
 * const implementation: Implementation = {
 *   name: 'node',
 *   sha512: (message) => Uint8Array.from(createHash('sha512').update(message).digest()),
 * };
 * const report = runConformance({ implementations: [implementation], suite: 'hash' });
 * console.log(report.ok, report.runs[0]?.totals.failed); // true 0
 * ```
 */
export interface Implementation {
  /** Shown in the report. */
  readonly name: string;
  /** Whether refusals carry the codes of this package; otherwise any refusal counts. */
  readonly errorCodes?: boolean;

  /** 64 octets (FIPS 180-4). */
  sha512?(message: Uint8Array): Uint8Array;
  /** 64 octets (FIPS 202). */
  sha3_512?(message: Uint8Array): Uint8Array;
  /** `length` octets (FIPS 202). */
  shake256?(message: Uint8Array, length: number): Uint8Array;
  /** 64 octets (RFC 2104). */
  hmacSha512?(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** `length` octets (RFC 5869); an absent salt is 64 zero octets. */
  hkdfSha512?(ikm: Uint8Array, salt: Uint8Array | undefined, info: Uint8Array | undefined, length: number): Uint8Array;
  /** `length` octets (RFC 5869); an absent salt is 32 zero octets. */
  hkdfSha256?(ikm: Uint8Array, salt: Uint8Array | undefined, info: Uint8Array | undefined, length: number): Uint8Array;

  /** 57 octets of a secret key of 57 octets (RFC 8032 section 5.2.5). */
  ed448PublicKey?(secretKey: Uint8Array): Uint8Array;
  /** 114 octets, deterministic (RFC 8032 section 5.2.6). Refuses a context of more than 255 octets, as the next three do. */
  ed448Sign?(message: Uint8Array, secretKey: Uint8Array, context: Uint8Array): Uint8Array;
  /** By the cofactored equation, with canonical A and R, S < L, and A not of small order (RFC 8032 section 5.2.7). */
  ed448Verify?(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array, context: Uint8Array): boolean;
  /** As `ed448Sign` for Ed448ph. */
  ed448phSign?(message: Uint8Array, secretKey: Uint8Array, context: Uint8Array): Uint8Array;
  /** As `ed448Verify` for Ed448ph. */
  ed448phVerify?(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array, context: Uint8Array): boolean;

  /** 56 octets (RFC 7748 section 6.2). */
  x448PublicKey?(secretKey: Uint8Array): Uint8Array;
  /** Refuses an all-zero result. */
  x448?(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array;

  /** The scalar of an Ed448 seed of 56 or 57 octets: hashed, pruned, modulo L. Scalars are 56 octets, little-endian, below L; others are refused. */
  scalarFromSeed?(seed: Uint8Array): Uint8Array;
  /** 1 to 114 octets modulo L; refuses more. */
  scalarFromWide?(wide: Uint8Array): Uint8Array;
  /** a + b modulo L. */
  scalarAdd?(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** a b modulo L. */
  scalarMultiply?(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** -a modulo L. */
  scalarNegate?(a: Uint8Array): Uint8Array;
  /** 1 / a modulo L; refuses zero. */
  scalarInvert?(a: Uint8Array): Uint8Array;
  /** P + Q for any two points of the curve; refuses other encodings. */
  pointAdd?(p: Uint8Array, q: Uint8Array): Uint8Array;
  /** s P; points are 57 octets (RFC 8032 section 5.2.2). Refuses points outside the prime-order subgroup; zero gives the identity. */
  pointMultiply?(scalar: Uint8Array, p: Uint8Array): Uint8Array;
  /** s B. */
  baseMultiply?(scalar: Uint8Array): Uint8Array;
  /** Throws for everything but a canonical point of prime order. */
  validatePoint?(p: Uint8Array): void;

  /** The public key of a Mesh seed: 57 octets, for X448 the u coordinate and the sign octet. */
  meshPublicKey?(crv: SecretCurve, seed: Uint8Array): Uint8Array;
  /** The sum of two public keys, both validated. */
  combinePublicKeys?(crv: PublicCurve, base: Uint8Array, contribution: Uint8Array): Uint8Array;
  /** The public key of the sum of two secret keys. */
  composePublicKey?(crv: PublicCurve, baseSeed: Uint8Array, contributionSeed: Uint8Array): Uint8Array;
  /** The agreement value of the sum of one or two secret keys with a peer: an Edwards point, or u without sign. */
  agree?(crv: SecretCurve, seeds: readonly Uint8Array[], peer: Uint8Array): Uint8Array;
  /** A signature with the sum of two Ed448 seeds: secret prefix, no added randomness. */
  compositeSign?(message: Uint8Array, baseSeed: Uint8Array, contributionSeed: Uint8Array): Uint8Array;
  /** The seed of one key of a profile or activation seed. */
  deriveMeshSeed?(seed: string, keyType: string, actor: string, operation: string): Uint8Array;
  /** The public key that an activation seed makes of a device key. */
  activatePublicKey?(activation: string, operation: string, basePublicKey: Uint8Array): Uint8Array;
  /** Whether the nonce of an Ed448 signature can be computed from public data. */
  detectPublicNonce?(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;

  /** The public key of a secret: on X curves u and the sign octet, 57 or 33 octets. This and the next functions are about four curves. */
  sharedPublicKey?(crv: SharedForm, secret: Uint8Array): Uint8Array;
  /** The sum of points, all validated. Refuses the identity. */
  sharedPublicSum?(crv: KeyCurve, publicKeys: readonly Uint8Array[]): Uint8Array;
  /** The sum of secrets of one form, modulo the order of the curve. */
  sharedSecretSum?(crv: SharedForm, secrets: readonly Uint8Array[]): Uint8Array;
  /** The product of a secret and a peer's point, as a point. Refuses peers outside the prime-order subgroup. */
  sharedContribution?(crv: SharedForm, secret: Uint8Array, peer: Uint8Array): Uint8Array;
  /** The agreement value of contributions: an Edwards point, or u without sign. */
  sharedCompletion?(crv: KeyCurve, contributions: readonly Uint8Array[]): Uint8Array;
  /** The Lagrange coefficient at zero of a share among those at the indexes. */
  sharedCoefficient?(crv: KeyCurve, index: number, indexes: readonly number[]): Uint8Array;
  /** The scalar that a quorum of shares recovers. */
  sharedRecovery?(crv: KeyCurve, quorum: number, shares: readonly SharedShare[]): Uint8Array;
  /** The product of a share, its coefficient among the indexes and a peer's point; the quorum is the number of indexes. */
  sharedQuorumContribution?(
    crv: KeyCurve,
    share: SharedShare,
    indexes: readonly number[],
    peer: Uint8Array,
  ): Uint8Array;
  /** The scalar of the service: the key of the group less that of the member. */
  recryptionShare?(crv: KeyCurve, group: Uint8Array, member: Uint8Array): Uint8Array;
  /** 2^x modulo the prime of a group of RFC 3526; numbers are little-endian two's complement. */
  dh2017PublicKey?(group: number, share: Uint8Array): Uint8Array;
  /** A signature of the threshold scheme of the drafts; without a context pure EdDSA, with one, even an empty one, Ed25519ctx. */
  draftThresholdSign?(
    crv: SigningCurve,
    message: Uint8Array,
    publicKey: Uint8Array,
    signers: readonly ThresholdSigner[],
    context: Uint8Array | undefined,
  ): { noncePoints: Uint8Array[]; responses: Uint8Array[]; signature: Uint8Array };
  /** The shares 1 to `shares` of the polynomial with these coefficients, the key first (RFC 9591 appendix C). Scalars as RFC 9591 encodes them. */
  frostDeal?(
    crv: SigningCurve,
    shares: number,
    coefficients: readonly Uint8Array[],
  ): { publicKey: Uint8Array; shares: Uint8Array[] };
  /** A FROST signature with given random input. */
  frostSign?(
    crv: SigningCurve,
    message: Uint8Array,
    publicKey: Uint8Array,
    quorum: number,
    signers: readonly FrostSigner[],
  ): { hiding: Uint8Array[]; binding: Uint8Array[]; responses: Uint8Array[]; signature: Uint8Array };

  /** Refuses foreign characters and texts without a whole octet. */
  udfParse?(text: string): UdfValue;
  /** Everything, or as many characters as `bits` need, in groups of `group`, default 4. */
  udfFormat?(type: number, data: Uint8Array, bits?: number, group?: number): string;
  /** The fingerprint of typed data, in groups of four. */
  udfDigest?(contentType: string, data: Uint8Array, bits: number, algorithm: 'sha2-512' | 'sha3-512'): string;
  /** The type identifier of a typed digest of 64 octets, by its level of compression. */
  udfDigestType?(typedDigest: Uint8Array, algorithm: 'sha2-512' | 'sha3-512'): number;
  /** The fingerprint of typed data under a key, which is a text. */
  udfAuthenticator?(contentType: string, data: Uint8Array, key: string, bits: number): string;
  /** The fingerprint of a public key, 140 bits. */
  udfPublicKey?(crv: KeyCurve, publicKey: Uint8Array, generation: FingerprintGeneration): string;
  /** The fingerprint of 2015 to 2018. */
  udfRsaKey?(n: Uint8Array, e: Uint8Array): string;
  /** The key itself as text. */
  udfOid?(crv: KeyCurve, publicKey: Uint8Array): string;
  /** Whether the shorter of two fingerprints begins the longer one and has 20 characters at least, separators and case aside. */
  udfMatches?(a: string, b: string): boolean;
  /** The key of a seed in one of the two published forms of the derivation. */
  udfDeriveKey?(seed: string, form: 'salt' | 'info', algorithm: string, keyName: string): Uint8Array;
  /** As {@link udfDeriveKey} for P-256, P-384 and P-521, reduced by the field prime. */
  udfDeriveNistKey?(seed: string, form: 'salt' | 'info', algorithm: string): Uint8Array;
  /** The RSA primes of a seed, big-endian. */
  udfDerivePrimes?(
    seed: string,
    form: 'salt' | 'info',
    algorithm: string,
    primeBits: number,
  ): { p: Uint8Array; q: Uint8Array };
  /** Where the content of a locator is. */
  udfEarl?(domain: string, key: string, generation: FingerprintGeneration): { identifier: string; target: string };
  /** The parts of a UDF URI. Refuses other schemes, and authorities that are not just a domain name. */
  udfUri?(uri: string): { form: string; domain?: string; udf: string };
  /** The label and the two forms of a Strong Internet Name. Refuses less than 20 characters and labels over 63. */
  udfSin?(udf: string, domain?: string): { label: string; prefixForm?: string; suffixForm?: string };
  /** The identifier of a symmetric key. */
  udfKeyIdentifier?(key: Uint8Array, generation: FingerprintGeneration): string;
  /** The envelope or response identifier of a message identifier. */
  udfMessageId?(messageId: string, use: 'envelope' | 'response'): string;
  /** The PIN under an action. */
  udfSaltedPin?(pin: string, action: string): string;
  /** The identifier of a salted PIN for an account. */
  udfPinId?(saltedPin: string, account: string): string;
  /** The PIN of a preconfigured device for an account, and the URI that carries it. */
  udfConnectPin?(seed: string, account: string): { udf: string; uri: string };

  /** The texts of the shares of a secret, with coefficients that are given: those of x, x^2 and so on. Refuses shares that do not fit. */
  shamirSplit?(
    secret: Uint8Array,
    shares: number,
    quorum: number,
    generation: SharingGeneration,
    coefficients: readonly bigint[],
  ): string[];
  /** The secret of shares in any order; copies do not count, and shares beyond the quorum must fit the others. */
  shamirCombine?(shares: readonly string[], generation: SharingGeneration): Uint8Array;
  /** The seed of a profile as text; refuses one that does not give the profile key with this fingerprint, by either form of the derivation. */
  shamirCombineSeed?(shares: readonly string[], fingerprint: string): string;

  /**
   * The value of a JSON-B document as JSON text without white space: `null`, `true`, `false` and strings as they are; `{"int":"-5"}`;
   * `{"float":"3ff0000000000000"}`, the image of a binary64; `{"data":"00ff"}`, or `{"data":65,"sha512":"…"}` for more than 64 octets;
   * `{"binary128":"…"}` and so on for floats that do not fit; `[…]`; `{"object":[["name",value],…]}` in the order of the document. At most 64
   * levels below the outermost value are read.
   */
  jsonbDecode?(document: Uint8Array, options: JsonbReading): string;
  /** The octets of a value, described in the same way, each item in its smallest form, without commas that are not needed. */
  jsonbEncode?(value: string, level: 'A' | 'B' | 'C' | 'D'): Uint8Array;
  /**
   * Documents that share a dictionary, described one by one: empty for definitions without a value, `refused` for a document that is refused;
   * and the number of codes that are defined at the end.
   */
  jsonbSession?(documents: readonly Uint8Array[], known?: KnownEntry): { values: string[]; codes: number };
  /** RFC 3394 with a key of 32 octets: 8 octets more. */
  aesKeyWrap?(kek: Uint8Array, key: Uint8Array): Uint8Array;
  /** Refuses what is not intact. */
  aesKeyUnwrap?(kek: Uint8Array, wrapped: Uint8Array): Uint8Array;
  /** AES-256-CBC with PKCS#7. */
  aesCbcEncrypt?(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** An envelope as JSON text or with a data item; with a key decrypted, which refusals of any kind stop. */
  dareOpen?(envelope: Uint8Array, keys: DareKeys): DareContent;
  /** What can be read without a key. */
  dareInspect?(envelope: Uint8Array): DareSummary;
  /** The deterministic signature of a payload as carried, in the form of 2019 to 2023. */
  dareSign?(crv: SigningCurve, secretKey: Uint8Array, payload: Uint8Array): Uint8Array;
  /** The identifier of a key as it stands in `kid`. */
  dareKeyId?(crv: KeyCurve, publicKey: Uint8Array, rule: KeyIdRule): string;

  /** The frames of octets that hold nothing else; refuses the first damaged one. */
  frames?(octets: Uint8Array): readonly FrameSpans[];
  /** The same, read from the end, last frame first. */
  framesBackward?(octets: Uint8Array): readonly FrameSpans[];
  /** A frame with the given records, up to three, all lengths in the shortest form. */
  framesBuild?(records: readonly Uint8Array[]): Uint8Array;

  /** What a whole sequence is and by which rules its digests were made, strongest first. Refuses every fault, also behind the last frame. */
  sequenceVerify?(octets: Uint8Array): SequenceSummary;
  /** The frames whose tree digests that of a frame takes in, innermost first; -1 for frame 0, where zeros are. */
  sequencePath?(index: number): readonly number[];
  /** The chain digests of frames with these payload digests, 64 octets each. */
  sequenceChain?(rule: 'linked' | 'pair' | 'unlinked', payloadDigests: readonly Uint8Array[]): Uint8Array[];
  /** The tree digests of frames with these payload digests, 64 octets each. */
  sequenceTree?(rule: 'linked' | 'null' | 'null+1', payloadDigests: readonly Uint8Array[]): Uint8Array[];
}

/** An implementation as the checks see it: every function is there, and a missing one throws {@link NotProvided}. */
export type Provided = Required<Implementation>;

/** Thrown when a check asks for a function that the implementation has not. */
export class NotProvided extends Error {
  override readonly name = 'NotProvided';
}

/** The view of an implementation for the checks. `asked` is told about every function that a check takes. */
export function provided(implementation: Implementation, asked: () => void): Provided {
  // The target is empty: a frozen implementation would not let its functions be bound.
  return new Proxy({} as Provided, {
    get(_target, property) {
      const value: unknown = Reflect.get(implementation, property);
      if (typeof value !== 'function') throw new NotProvided(String(property));
      asked();
      return value.bind(implementation);
    },
  });
}
