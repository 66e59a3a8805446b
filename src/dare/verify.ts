/**
 * What can be checked without a decryption key (DARE specification, section 10, steps 2 to 4): algorithms, digest, signatures; and what was reached.
 */
import type { Provider } from '../backend/types.ts';
import { equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { Cipher } from './derive.ts';
import { type DareHeader, type DareTrailer, type Integrity, integrityOf } from './header.ts';
import type { VerificationKey } from './keys.ts';
import { type SignatureReport, type Signed, verifyEntry } from './signature.ts';

/** What was reached in opening an envelope. Nothing in it is more than what was checked here. */
export interface Assurance {
  /** How the payload was carried. */
  cipher: Cipher | 'none';
  /** Whether the SHA-512 of the payload as carried is the one that goes with it. Without a signature it is a checksum. */
  digest: 'match' | 'absent';
  /** One for every entry, in order. */
  signatures: SignatureReport[];
  /**
   * Whether a key of `trust` has signed this payload as carried, and a witness goes with the signature if it was decrypted. Of A256CBC that does not
   * show that the signer encrypted it with this key: the witness is not signed.
   */
  trusted: boolean;
  /**
   * Whether the header is the one that the payload was encrypted with: with A256GCM, and only once the payload has been decrypted. Who wrote both is
   * another question, which `trusted` answers. Always `false` for A256CBC and clear payloads, which bind nothing in the header.
   */
  headerCovered: boolean;
  /**
   * Whether nothing shows that the payload is as it was written: no signature by a key of `trust`, and no A256GCM. Then whoever carried the envelope can
   * have changed it, also when the digest matches.
   */
  unauthenticated: boolean;
  /** Info of the key that wrapped the seed: `master` in documents until 2020 and examples of all; none when nothing was unwrapped. */
  kekInfo?: '' | 'master';
  /** The `kid` of the entry by which the envelope was opened. */
  recipient?: string;
}

/** Names of SHA-512, the second one of January to July 2020; published policies and headers also say that there is none. */
const digests: ReadonlySet<string> = new Set(['S512', 'SHA2', 'none']);

/** Octets of the shortest wrapped key that is one; headers of August 2019 without encryption wrap nothing, in 8. */
const leastWrapped = 24;

/**
 * The cipher in force. A header without one that has keys all the same was encrypted, and a signature would be of the ciphertext. Who removes these
 * too cannot be found out: that is what `requireEncryption` is for.
 *
 * @throws MeshError `algorithm`, `structure`
 */
function checkAlgorithms({
  enc,
  dig,
  keyCommitment,
  recipients = [],
}: Pick<DareHeader, 'enc' | 'dig' | 'keyCommitment' | 'recipients'>): Cipher | 'none' {
  if (dig !== undefined && !digests.has(dig)) fail('algorithm', 'dig');
  const cipher = enc ?? 'none';
  const keys =
    keyCommitment !== undefined || recipients.some(({ wmk }) => wmk !== undefined && wmk.length >= leastWrapped);
  if (cipher === 'none' && keys) fail('structure', 'keys without a cipher');
  return cipher === 'A256CBC' || cipher === 'A256GCM' || cipher === 'none' ? cipher : fail('algorithm', 'enc');
}

/** @throws MeshError `payload-digest` */
function checkDigest({ payloadDigest }: Integrity, computed: Uint8Array): Assurance['digest'] {
  if (payloadDigest === undefined) return 'absent';
  return equal(payloadDigest, computed) ? 'match' : fail('payload-digest');
}

/** What must be shown by signatures. */
export interface SignaturePolicy {
  keys: readonly VerificationKey[];
  /** Whether one by a trusted key is demanded. */
  demanded: boolean;
  /** Whether signatures that give their key away count too. */
  publicNonce: boolean;
}

/** Whether a signature is one by a trusted key, as far as it can be told without decrypting. */
export function counts({ verdict, trusted, publicNonce }: SignatureReport, policy: SignaturePolicy): boolean {
  return verdict === 'valid' && trusted && (policy.publicNonce || !publicNonce);
}

/**
 * The verdicts on all signatures, in order.
 *
 * @throws MeshError `signature` when one by a trusted key is demanded and there is none, `public-nonce` when there are only such
 */
function checkSignatures(
  p: Provider,
  { signatures = [] }: Integrity,
  signed: Signed,
  policy: SignaturePolicy,
): SignatureReport[] {
  const reports = signatures.map((entry) => verifyEntry(p, entry, signed, policy.keys));
  if (policy.demanded && !reports.some((report) => counts(report, policy))) {
    const disclosed = reports.some(({ verdict, trusted }) => verdict === 'valid' && trusted);
    fail(disclosed ? 'public-nonce' : 'signature');
  }
  return reports;
}

/** An envelope without its payload, of which there is the SHA-512 as carried. */
export interface Digested {
  header: DareHeader;
  trailer: DareTrailer | undefined;
  digest: Uint8Array;
}

/** What needs no decryption key. */
export interface Verified {
  integrity: Integrity;
  signed: Signed;
  /** Without what witnesses and a decryption add. */
  assurance: Assurance;
}

/** The cipher in force. @throws MeshError `algorithm`, `structure`, `not-encrypted` when it must be encrypted and is not */
export function demandedCipher(header: DareHeader, requireEncryption: boolean): Assurance['cipher'] {
  const cipher = checkAlgorithms(header);
  return cipher === 'none' && requireEncryption ? fail('not-encrypted') : cipher;
}

/** Checks digest and signatures. @throws MeshError `structure`, `payload-digest`, `signature`, `public-nonce` */
export function verified(
  p: Provider,
  cipher: Assurance['cipher'],
  { header, trailer, digest }: Digested,
  policy: SignaturePolicy,
): Verified {
  const integrity = integrityOf(header, trailer);
  const signed = { digest, chainDigest: integrity.chainDigest };
  const matches = checkDigest(integrity, digest);
  const signatures = checkSignatures(p, integrity, signed, policy);
  const reached = { trusted: false, headerCovered: false, unauthenticated: true };
  return { integrity, signed, assurance: { cipher, digest: matches, signatures, ...reached } };
}

/** The assurance of a payload that nobody decrypts: its witnesses stay unchecked. */
export function undecrypted({ integrity, assurance }: Verified): Assurance {
  if (assurance.cipher === 'none') return assurance;
  const { signatures: entries = [], witnessValue } = integrity;
  const witness = (i: number) => ((entries[i]?.witness ?? witnessValue) === undefined ? 'absent' : 'unchecked');
  return { ...assurance, signatures: assurance.signatures.map((report, i) => ({ ...report, witness: witness(i) })) };
}
