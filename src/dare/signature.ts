/**
 * Signatures of an envelope (DARE specification, section 9): over the digest of the payload as carried, not over the header. In 2024 over a manifest
 * that holds the digest. Not who is trusted beyond the keys given.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, empty, equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import { makeOverlay } from '../overlay/index.ts';
import { groupOf } from '../threshold/group.ts';
import { fromUtf8 } from '../utf8.ts';
import { domain, type Ed25519Form, sign25519, verify25519 } from './ed25519.ts';
import { isKid } from './keyid.ts';
import type { ReadSigner, SignatureCrv, VerificationKey } from './keys.ts';
import { binaryOf, objectOf, optional, present, textOf } from './members.ts';

/**
 * How a signature was made: over the digest with Ed448, with Ed25519 and an empty context (all envelopes until 2023) or with plain Ed25519; or over the
 * manifest of 2024 with the plain scheme of the key.
 */
export type SignatureMode = 'ed448' | 'ed25519ctx' | 'ed25519' | 'manifest';

/** An entry of `signatures`, its types checked. */
export interface SignatureEntry {
  alg?: string;
  kid?: string;
  signature: Uint8Array;
  witness?: Uint8Array;
}

/** @throws MeshError `structure`, `base64`; `signature` when there is none in it */
export function readSignatureEntry(value: unknown): SignatureEntry {
  const members = objectOf(value, 'signatures[]');
  return present<SignatureEntry>({
    alg: optional(members, 'alg', textOf),
    kid: optional(members, 'kid', textOf),
    signature: optional(members, 'signature', binaryOf) ?? fail('signature', 'an entry without one'),
    witness: optional(members, 'witness', binaryOf),
  });
}

/** Octets of a signature. */
const lengths: Readonly<Record<SignatureCrv, number>> = { Ed448: 114, Ed25519: 64 };

/** The signature of a digest as written until 2023. @throws MeshError `signature` when a function gives one that does not verify */
export function signDigest(p: Provider, signer: ReadSigner, digest: Uint8Array): Uint8Array {
  if ('secretKey' in signer) {
    return signer.crv === 'Ed448'
      ? p().ed448Sign(digest, signer.secretKey, empty, 0)
      : sign25519('ctx', digest, signer.secretKey);
  }
  const signature = bytes(signer.sign(digest.slice()), 'the result of sign').slice();
  const { crv, publicKey } = signer;
  const verified = attempts(undefined, crv, [], digest).some((attempt) =>
    holds(p, { crv, signature, attempt, publicKey }),
  );
  return verified ? signature : fail('signature', 'the function did not sign with the key');
}

/** The message of E6: JSON-B items with the digest algorithm, the digest and in sequences the digest of the chain. */
function manifest(digests: readonly Uint8Array[]): Uint8Array {
  const items = digests.map((digest) => concat(Uint8Array.of(0x88, digest.length), digest));
  return concat(Uint8Array.of(0x80, 4), fromUtf8('S512'), ...items);
}

/** One way in which a signature may have been made. */
interface Attempt {
  mode: SignatureMode;
  message: Uint8Array;
}

function attempts(
  alg: string | undefined,
  crv: SignatureCrv,
  manifests: readonly Uint8Array[],
  digest: Uint8Array,
): Attempt[] {
  // Names of signature schemes came with the manifest; before, the member named the digest.
  if (alg !== undefined && /^ed(25519|448)$/i.test(alg)) {
    return manifests.map((message) => ({ mode: 'manifest', message }));
  }
  return crv === 'Ed448'
    ? [{ mode: 'ed448', message: digest }]
    : [
        { mode: 'ed25519ctx', message: digest },
        { mode: 'ed25519', message: digest },
      ];
}

const formOf = (mode: SignatureMode): Ed25519Form => (mode === 'ed25519ctx' ? 'ctx' : 'plain');

/** A signature, and what it may be: made in this way with this key. */
interface Claim {
  crv: SignatureCrv;
  signature: Uint8Array;
  attempt: Attempt;
  publicKey: Uint8Array;
}

function holds(p: Provider, { crv, signature, attempt: { mode, message }, publicKey }: Claim): boolean {
  if (signature.length !== lengths[crv]) return false;
  return crv === 'Ed448'
    ? p().ed448Verify(signature, message, publicKey, empty, 0)
    : verify25519(formOf(mode), signature, message, publicKey);
}

/** Whether anybody can compute the nonce of a valid signature, which gives the key away. */
function hasPublicNonce(p: Provider, { crv, signature, attempt: { mode, message }, publicKey }: Claim): boolean {
  if (crv === 'Ed448') return makeOverlay(p).detectPublicNonce(signature, message, publicKey);
  const group = groupOf(p, 'Ed25519');
  const r = group.reduce(p().sha512(concat(domain(formOf(mode)), message)));
  return equal(group.base(r), signature.subarray(0, 32));
}

/** What is known of one signature. */
export interface SignatureReport {
  /** As the entry has it. */
  kid?: string;
  /** The curve and the key, when the signer is among the keys given. */
  crv?: SignatureCrv;
  key?: Uint8Array;
  /** How it was made; only of a valid signature. */
  mode?: SignatureMode;
  /** `unknown-signer`: none of the keys given has this identifier, or none of them made a signature without identifier. */
  verdict: 'valid' | 'invalid' | 'unknown-signer';
  /** Whether the key is one of `trust`. */
  trusted: boolean;
  /** Whether a valid signature gives its key away, so that anybody can make more of them. */
  publicNonce: boolean;
  /**
   * Whether who wrote this entry knew the key of an encrypted envelope: `valid`; `absent`; `unchecked` when the envelope was not decrypted; `none` when
   * it is not encrypted. No signature covers a witness: under A256CBC others than the signer can have named another key and written one for it.
   */
  witness: 'valid' | 'absent' | 'unchecked' | 'none';
}

/** What signatures are over. */
export interface Signed {
  digest: Uint8Array;
  /** Digest of the chain, in sequences. */
  chainDigest: Uint8Array | undefined;
}

/** The messages of E6 that may have been signed, that with the chain first. */
export function manifestsOf({ digest, chainDigest }: Signed): Uint8Array[] {
  return [...(chainDigest === undefined ? [] : [manifest([digest, chainDigest])]), manifest([digest])];
}

/** The verdict on one entry. */
export function verifyEntry(
  p: Provider,
  entry: SignatureEntry,
  signed: Signed,
  keys: readonly VerificationKey[],
): SignatureReport {
  const { alg, kid, signature } = entry;
  const named = kid === undefined ? {} : { kid };
  const report = { ...named, trusted: false, publicNonce: false, witness: 'none' } as const;
  let candidate: VerificationKey | undefined;
  for (const key of keys) {
    if (kid !== undefined && !isKid(kid, key.ids)) continue;
    candidate = key;
    const { crv, publicKey, trusted } = key;
    for (const attempt of attempts(alg, crv, manifestsOf(signed), signed.digest)) {
      const claim = { crv, signature, attempt, publicKey };
      if (!holds(p, claim)) continue;
      const publicNonce = hasPublicNonce(p, claim);
      return { ...report, crv, key: publicKey.slice(), mode: attempt.mode, verdict: 'valid', trusted, publicNonce };
    }
  }
  if (kid === undefined || candidate === undefined) return { ...report, verdict: 'unknown-signer' };
  const { crv, publicKey, trusted } = candidate;
  return { ...report, crv, key: publicKey.slice(), verdict: 'invalid', trusted };
}
