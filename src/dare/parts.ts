/**
 * Envelopes as their three parts, which is what frames of sequences hold too. Not the array around them.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied, empty, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { makeUdf } from '../udf/index.ts';
import { type Access, access, checkWitnesses, concluded } from './access.ts';
import { type Encryption, openAnnotation, openBody, sealBody } from './body.ts';
import { wipeBodyKeys } from './derive.ts';
import { type DareHeader, type DareTrailer, parseHeader, parseTrailer } from './header.ts';
import {
  type DecryptionKey,
  type HeldKey,
  listed,
  readDecryptionKey,
  readVerificationKey,
  type TrustedKey,
  wipeHeldKey,
} from './keys.ts';
import { type DareLimits, limitsOf } from './limits.ts';
import type { Members } from './members.ts';
import { type PrepareExtra, prepareSeal, type SealOptions } from './prepare.ts';
import { veiled } from './refusal.ts';
import { type Assurance, demandedCipher, type SignaturePolicy, undecrypted, verified } from './verify.ts';

/** An envelope taken apart: header and trailer are JSON text, the payload is what they speak of, without base64url or chunks. */
export interface Parts {
  header: Uint8Array;
  payload: Uint8Array;
  /** No trailer, or an empty one, is the same. */
  trailer: Uint8Array | undefined;
}

/** An envelope about to be put together: members may be added to the trailer. */
export interface SealedParts {
  header: Uint8Array;
  payload: Uint8Array;
  trailer: Members;
  payloadDigest: Uint8Array;
}

/** Seals a payload. @throws MeshError as {@link prepareSeal} */
export function sealParts(
  p: Provider,
  payload: Uint8Array,
  given: SealOptions | undefined,
  extra?: PrepareExtra,
): SealedParts {
  const prepared = prepareSeal(p, given, extra);
  try {
    const plaintext = bytes(payload, 'payload');
    const carried = prepared.keys === undefined ? plaintext.slice() : sealBody(prepared.keys, plaintext);
    const payloadDigest = p().sha512(carried);
    return { header: prepared.header, payload: carried, trailer: prepared.finish(payloadDigest), payloadDigest };
  } finally {
    prepared.destroy();
  }
}

/** How an envelope is opened. */
export interface OpenOptions {
  /** What may decrypt it: 64 at most. */
  keys?: readonly DecryptionKey[];
  /** Whose signature is demanded: that of one of these keys must be valid, else nothing is decrypted. 1,024 at most. */
  trust?: readonly TrustedKey[];
  /** Further keys whose signatures are checked and reported, but not demanded or believed. 1,024 at most. */
  known?: readonly TrustedKey[];
  limits?: DareLimits;
  /**
   * Refuses an envelope that carries its payload in clear, also one that lists recipients. Set it wherever only encrypted envelopes are expected: the header
   * is not signed, so that whoever carries a signed ciphertext can present it as a signed clear text, and a signed clear text as a ciphertext.
   */
  requireEncryption?: boolean;
  /** Counts trusted signatures that disclose their key, as those of combined keys of the reference implementation do. */
  unsafePublicNonce?: boolean;
  /** Throws the exact code in place of `decryption-failed`. For tests and forensics: whoever can ask often enough learns plaintext from it. */
  unsafeDetail?: boolean;
}

/** Options, read once. {@link closeReader} wipes the keys. */
export interface Reader {
  p: Provider;
  keys: readonly HeldKey[];
  policy: SignaturePolicy;
  limits: Required<DareLimits>;
  requireEncryption: boolean;
  detail: boolean;
}

const mostKeys = 64;
const mostVerificationKeys = 1024;

/** @throws MeshError `bad_option`, `limit`, and those of keys */
export function readerOf(p: Provider, given: OpenOptions | undefined): Reader {
  const read = options(given);
  const { requireEncryption = false, unsafePublicNonce = false, unsafeDetail = false } = read;
  const udf = makeUdf(p);
  const verificationKeys = (list: readonly TrustedKey[] | undefined, name: string, trusted: boolean) =>
    listed(list, name, mostVerificationKeys).map((key) => readVerificationKey(udf, key, trusted));
  const trust = verificationKeys(read.trust, 'trust', true);
  const known = verificationKeys(read.known, 'known', false);
  if (read.trust !== undefined && trust.length === 0) fail('bad_option', 'trust without a key');
  return {
    p,
    limits: limitsOf(read.limits),
    requireEncryption: flag(requireEncryption, 'requireEncryption'),
    policy: {
      keys: [...trust, ...known],
      demanded: trust.length > 0,
      publicNonce: flag(unsafePublicNonce, 'unsafePublicNonce'),
    },
    detail: flag(unsafeDetail, 'unsafeDetail'),
    // Last, because they are secret.
    keys: listed(read.keys, 'keys', mostKeys).map((key) => readDecryptionKey(p, udf, key)),
  };
}

export function closeReader({ keys }: Reader): void {
  for (const key of keys) wipeHeldKey(key);
}

/** What sequences add. */
export interface OpenExtra {
  /** The seed that an earlier frame has wrapped, for a frame without recipients. */
  baseSeed?: Uint8Array | undefined;
  /** The seed is put here when it was unwrapped, so that later frames can use it; it must be wiped. */
  onSeed?: (seed: Uint8Array) => void;
  /** Only what needs no decryption key: the payload of an encrypted envelope stays as it is carried. */
  verifyOnly?: boolean;
}

/** An envelope that was opened. */
export interface OpenedParts {
  /** Fresh octets. */
  payload: Uint8Array;
  annotations: Uint8Array[];
  assurance: Assurance;
  header: DareHeader;
  trailer: DareTrailer | undefined;
}

/** The parts of {@link Parts}, read. @throws MeshError as {@link parseHeader} */
export function parseParts(
  { header, trailer }: Pick<Parts, 'header' | 'trailer'>,
  limits: Required<DareLimits>,
): { header: DareHeader; trailer: DareTrailer | undefined } {
  const read = trailer === undefined || trailer.length === 0 ? undefined : parseTrailer(trailer, limits);
  return { header: parseHeader(header, limits), trailer: read };
}

/** {@link openWith} for one envelope. */
export function openParts(p: Provider, parts: Parts, given: OpenOptions | undefined, extra?: OpenExtra): OpenedParts {
  const reader = readerOf(p, given);
  try {
    return openWith(reader, parts, extra);
  } finally {
    closeReader(reader);
  }
}

/**
 * Opens an envelope in the order of section 10, but for the witnesses, which come before the decryption.
 *
 * @throws MeshError `structure`, `base64`, `limit`, `algorithm`, `not-encrypted`, `payload-digest`, `signature`, `public-nonce`, `no-recipient`,
 * `decryption-failed`, and those of the JSON reader
 */
export function openWith(reader: Reader, parts: Parts, further?: OpenExtra): OpenedParts {
  const extra = options(further);
  const { p, policy, limits } = reader;
  const { header, trailer } = parseParts(parts, limits);
  if (parts.payload.length > limits.payload) fail('limit', `a payload of more than ${limits.payload} octets`);
  const cipher = demandedCipher(header, reader.requireEncryption);
  const checked = verified(p, cipher, { header, trailer, digest: p().sha512(parts.payload) }, policy);
  const { integrity, signed, assurance } = checked;
  const result = (payload: Uint8Array, annotations: Uint8Array[], reached: Assurance, key?: Access) => {
    return { payload, annotations, assurance: concluded(reached, key, policy), header, trailer };
  };

  if (cipher === 'none') return result(parts.payload.slice(), openAnnotations(header, undefined), assurance);
  if (extra.verifyOnly === true) return result(parts.payload.slice(), [], undecrypted(checked));
  return veiled(reader.detail, () => {
    const key = access(p, header, cipher, limits, { keys: reader.keys, baseSeed: extra.baseSeed });
    const opened: Uint8Array[] = [];
    try {
      checkWitnesses(key, integrity, signed, assurance.signatures, policy);
      opened.push(openBody(key.keys, parts.payload));
      opened.push(...openAnnotations(header, key));
      extra.onSeed?.(copied(key.seed));
      const [payload = empty, ...annotations] = opened;
      return result(payload, annotations, assurance, key);
    } catch (error) {
      wipe(...opened);
      throw error;
    } finally {
      destroyAccess(key);
    }
  });
}

export function destroyAccess({ seed, keys }: Access): void {
  wipe(seed);
  wipeBodyKeys(keys);
}

function openAnnotations({ annotations = [] }: DareHeader, encryption: Encryption | undefined): Uint8Array[] {
  return annotations.map((each) => openAnnotation(encryption, each));
}
