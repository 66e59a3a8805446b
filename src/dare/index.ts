/**
 * DARE envelopes: data at rest, encrypted to several keys and signed by several (draft-hallambaker-mesh-dare). Everything ever published in this form is
 * read; what is written is never encrypted without authentication. Not sequences of envelopes, and not streams: those are rooms of their own.
 */
import type { Provider } from '../backend/types.ts';
import { bytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import type { GroupName } from '../threshold/group.ts';
import { makeUdf } from '../udf/index.ts';
import { Envelope, type EnvelopeInput, readEnvelope } from './envelope.ts';
import { type Inspection, inspectEnvelope } from './inspect.ts';
import { type Form, writeObject } from './json.ts';
import { curveName, type KeyIdRule, keyId } from './keyid.ts';
import { type DareLimits, limitsOf } from './limits.ts';
import type { Members } from './members.ts';
import { closeReader, type OpenExtra, type OpenOptions, openWith, readerOf, sealParts } from './parts.ts';
import type { SealOptions } from './prepare.ts';
import type { Assurance } from './verify.ts';

export type { Cipher } from './derive.ts';
export type { Envelope, EnvelopeInput } from './envelope.ts';
export type { InspectedRecipient, InspectedSignature, Inspection } from './inspect.ts';
export type { Form } from './json.ts';
export type { KeyIdRule } from './keyid.ts';
export type { DecryptionKey, Recipient, RecipientKey, SignatureCrv, Signer, TrustedKey } from './keys.ts';
export type { DareLimits } from './limits.ts';
export type { OpenOptions } from './parts.ts';
export type { SealOptions } from './prepare.ts';
export type { ProfileName } from './profile.ts';
export type { SignatureMode, SignatureReport } from './signature.ts';
export type { Assurance } from './verify.ts';

/** Options of sealing a whole envelope. */
export interface SealEnvelopeOptions extends SealOptions {
  /** `json` (default), or `jsonb`: the payload as octets, a quarter smaller. */
  form?: Form;
}

/** An envelope that was opened. */
export interface Opened {
  /** Fresh octets. */
  payload: Uint8Array;
  /** Fresh octets each, decrypted where the payload is. Never signed; covered like the header. */
  annotations: Uint8Array[];
  /** What was checked, and what not. Look at it before the payload. */
  assurance: Assurance;
  /** `cty` of the content, when it says so. Covered like the header. */
  contentType?: string;
  /** ContentMeta from all places where it may stand; no prototype. Covered like the header. */
  contentMeta: Members;
  /** All members of the header as parsed; no prototype. */
  header: Members;
}

/** DARE envelopes. */
export interface Dare {
  /**
   * Puts a payload into an envelope: encrypted when there are recipients, signed when there are signers, and always with its digest. To recipients
   * alone it is encrypted with A256GCM, which nothing but this library knows; with signers with A256CBC, as the drafts have it, where the signature
   * covers the ciphertext. The header (content type, annotations, recipients) is in clear, but for the annotations, and signed by nobody.
   *
   * @param payload - any number of octets
   * @param options - see {@link SealEnvelopeOptions}
   * @returns the envelope: `toString()` or `JSON.stringify` for text, `bytes` for its form
   * @throws MeshError `bad_option`, also for A256CBC without signers; `limit`; `not_bytes`; those of keys (`unsupported_algorithm`, `bad_public_length`,
   * `bad_private_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base`, `not_in_prime_order_subgroup`, `sign_missing` for 56 octets of X448
   * without `kid`), those of UDF texts; `signature` when a signing function gives none; `unsupported-value`; `random_failed`
   * @example
   * ```ts
   * import { dare, ed448, overlay } from 'mathmesh';
   * const alice = ed448.keygen();
   * const bob = { crv: 'X448', secretKey: new Uint8Array(56).fill(1) };
   * const { publicKey } = overlay.seedKey(bob.secretKey, { crv: 'X448' });
   * const envelope = dare.seal(new TextEncoder().encode('hello'), {
   *   recipients: [{ crv: 'X448', publicKey }],
   *   signers: [{ crv: 'Ed448', secretKey: alice.secretKey }],
   * });
   * const { payload, assurance } = dare.open(envelope.toString(), {
   *   keys: [bob],
   *   trust: [{ crv: 'Ed448', publicKey: alice.publicKey }],
   * });
   * console.log(new TextDecoder().decode(payload), assurance.trusted, assurance.headerCovered); // hello true false
   * ```
   * Constant time: on the compiled backend yes for keys of the 448 curves and what follows from them; AES is the platform's; Ed25519 and X25519 are BigInt.
   * draft-hallambaker-mesh-dare sections 3 to 9 (DARE specification, sections 3 to 9).
   */
  seal(payload: Uint8Array, options?: SealEnvelopeOptions): Envelope;
  /**
   * Opens an envelope of any era. With `trust` nothing is decrypted before a signature by one of those keys has verified; without, look at `assurance`:
   * what is `unauthenticated` may have been changed by whoever carried it. Whatever goes wrong once a key is at work is the one code `decryption-failed`.
   *
   * @param envelope - an envelope, its octets or text, or the array that a JSON parser makes of it
   * @param options - see {@link OpenOptions}; without keys only what is in clear opens
   * @returns see {@link Opened}
   * @throws MeshError in the order in which it is checked: those of options and keys; those of {@link Jsonb.decode}, `structure`, `base64`, `limit`;
   * `algorithm`, `not-encrypted`, `payload-digest`, `signature`, `public-nonce`, `no-recipient`, `decryption-failed`
   * @example
   * ```ts
   * import { dare, udf } from 'mathmesh';
   * const key = udf.encryptionKey();
   * const envelope = dare.seal(Uint8Array.of(1, 2, 3), { recipients: [key], contentType: 'text/plain' });
   * const { payload, contentType, assurance } = dare.open(envelope.bytes, { keys: [key] });
   * console.log(payload.length, contentType, assurance.cipher, assurance.unauthenticated); // 3 text/plain A256GCM false
   * ```
   * Constant time: as {@link Dare.seal}. DARE specification, section 10.
   */
  open(envelope: EnvelopeInput, options?: OpenOptions): Opened;
  /**
   * Checks what can be checked without a decryption key: digest and signatures, of an encrypted envelope over its ciphertext. Witnesses stay `unchecked`,
   * so that a signer of a ciphertext need not have known what is in it.
   *
   * @param envelope - as in {@link Dare.open}
   * @param options - `trust`, `known`, `limits`, `requireEncryption`, `unsafePublicNonce` as in {@link Dare.open}
   * @returns what was reached
   * @throws MeshError as {@link Dare.open}, up to `public-nonce`
   * @example
   * ```ts
   * import { dare, ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const envelope = dare.seal(Uint8Array.of(1), { signers: [{ crv: 'Ed448', secretKey }] });
   * const { signatures } = dare.verify(envelope, { trust: [{ crv: 'Ed448', publicKey }] });
   * console.log(signatures[0].verdict, signatures[0].mode, signatures[0].witness); // valid ed448 none
   * ```
   * Constant time: no, because all inputs are public. DARE specification, sections 5 and 9.
   */
  verify(envelope: EnvelopeInput, options?: Omit<OpenOptions, 'keys' | 'unsafeDetail'>): Assurance;
  /**
   * What an envelope says about itself: recipients, signers, content, algorithms, known or not. Needs no key, and checks nothing but the digest.
   *
   * @param envelope - as in {@link Dare.open}
   * @param options - `limits`
   * @returns see {@link Inspection}
   * @throws MeshError as {@link Dare.open}, up to `limit`; `signature` for an entry without one
   * @example
   * ```ts
   * import { dare, udf } from 'mathmesh';
   * const { enc, recipients, digest } = dare.inspect(dare.seal(Uint8Array.of(1), { recipients: [udf.encryptionKey()] }));
   * console.log(enc, recipients.length, digest); // A256GCM 1 match
   * ```
   * Constant time: no, because everything in it is public. DARE specification, section 4.
   */
  inspect(envelope: EnvelopeInput, options?: { limits?: DareLimits }): Inspection;
  /**
   * Reads an envelope without opening it, and to write it in another form. Header and trailer keep their octets, unknown members included.
   *
   * @param envelope - as in {@link Dare.open}
   * @param options - `form`: that of the result, by default as it came; `limits`
   * @returns the envelope
   * @throws MeshError as {@link Dare.open}, up to `limit`, as far as the outer structure goes
   * @example
   * ```ts
   * import { dare } from 'mathmesh';
   * console.log(dare.parse('[{},"AQID"]', { form: 'jsonb' }).bytes.length); // 13
   * ```
   * Constant time: no, because everything in it is public. DARE specification, section 3.
   */
  parse(envelope: EnvelopeInput, options?: { form?: Form; limits?: DareLimits }): Envelope;
  /**
   * The identifier of a public key, as it stands in `kid`.
   *
   * @param key - `crv` and `publicKey`: Ed448 and X448 57 octets, Ed25519 and X25519 32
   * @param options - `rule`: `E5` (default, since November 2020), `E3` (November 2019 to July 2020), `E2` (until September 2019), `E6` (2024)
   * @returns 34 characters
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `not_bytes`, `bad_public_length`, `sign_missing`
   * @example
   * ```ts
   * import { dare } from 'mathmesh';
   * console.log(dare.keyId({ crv: 'Ed25519', publicKey: new Uint8Array(32) }).slice(0, 4)); // MCJQ
   * ```
   * Constant time: no, because everything in it is public. DARE specification, section 2.
   */
  keyId(key: { crv: GroupName; publicKey: Uint8Array }, options?: { rule?: KeyIdRule }): string;
}

function formOf(form: unknown): Form {
  return form === 'json' || form === 'jsonb' ? form : fail('bad_option', 'form');
}

/** {@link Dare} over a backend. */
export function makeDare(p: Provider): Dare {
  function openEnvelope(envelope: EnvelopeInput, given: OpenOptions | undefined, extra?: OpenExtra) {
    const reader = readerOf(p, given);
    try {
      const parts = Envelope.partsOf(readEnvelope(envelope, reader.limits));
      return openWith(reader, parts, extra);
    } finally {
      closeReader(reader);
    }
  }

  return {
    seal(payload, given) {
      const { form = 'json', ...read } = options(given);
      const written = formOf(form);
      const { trailer, ...parts } = sealParts(p, payload, { ...read });
      return new Envelope({ ...parts, trailer: writeObject(trailer) }, written);
    },

    open(envelope, given) {
      const { payload, annotations, assurance, header } = openEnvelope(envelope, given);
      const { contentMeta, members } = header;
      const { cty } = contentMeta as { cty?: unknown };
      const named = typeof cty === 'string' ? { contentType: cty } : {};
      return { payload, annotations, assurance, ...named, contentMeta, header: members };
    },

    verify(envelope, given) {
      const { keys, unsafeDetail, ...read }: OpenOptions = options(given);
      if (keys !== undefined || unsafeDetail !== undefined) fail('bad_option', 'nothing is decrypted');
      return openEnvelope(envelope, { ...read }, { verifyOnly: true }).assurance;
    },

    inspect(envelope, given) {
      const limits = limitsOf(options(given).limits);
      return inspectEnvelope(p, readEnvelope(envelope, limits), limits);
    },

    parse(envelope, given) {
      const { form, limits } = options(given);
      const written = form === undefined ? undefined : formOf(form);
      const read = readEnvelope(envelope, limitsOf(limits));
      return new Envelope(Envelope.partsOf(read), written ?? read.form);
    },

    keyId(key, given) {
      const { rule = 'E5' } = options(given);
      if (!['E2', 'E3', 'E5', 'E6'].includes(rule)) fail('bad_option', 'rule');
      if (typeof key !== 'object' || key === null) fail('bad_option', 'a key must be an object');
      const crv = curveName(key.crv);
      return keyId(makeUdf(p), crv, bytes(key.publicKey, 'publicKey'), rule);
    },
  };
}
