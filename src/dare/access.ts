/**
 * The way from a header and keys to what decrypts its payload (DARE specification, sections 6 and 7), and the witnesses that only who can decrypt can check.
 */
import type { Provider } from '../backend/types.ts';
import { copied, empty, equal, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { type BodyKeys, bodyKeys, type Cipher, checkKeyCommitment, type KekInfo, witnessValue } from './derive.ts';
import { readSequence } from './eds.ts';
import type { DareHeader, Integrity } from './header.ts';
import type { HeldKey } from './keys.ts';
import type { DareLimits } from './limits.ts';
import { recoverSeed } from './recipient.ts';
import { manifestsOf, type SignatureReport, type Signed } from './signature.ts';
import { type Assurance, counts, type SignaturePolicy } from './verify.ts';

/** The least salt that is read: less makes keys repeat. */
const leastSalt = 16;

/** An encrypted payload that can be read. Its `destroy` wipes the secrets. */
export interface Access {
  cipher: Cipher;
  seed: Uint8Array;
  salt: Uint8Array;
  /** Keys of the payload. */
  keys: BodyKeys;
  kekInfo: KekInfo | undefined;
  recipient: string | undefined;
}

/** How the seed is found. */
export interface AccessOptions {
  keys: readonly HeldKey[];
  /** The seed that an earlier frame of a sequence has wrapped. */
  baseSeed?: Uint8Array | undefined;
}

/** @throws MeshError `structure`, `limit` */
function saltOf({ salt }: DareHeader, limits: Required<DareLimits>): Uint8Array {
  if (salt === undefined || salt.length < leastSalt) fail('structure', `Salt has at least ${leastSalt} octets`);
  return salt.length > limits.salt ? fail('limit', `Salt has at most ${limits.salt} octets`) : salt;
}

/**
 * Finds the seed and derives the keys.
 *
 * @throws MeshError `structure`, `limit`, `algorithm`, `no-recipient`, `key-type`, `unwrap`, `key-commitment`
 */
export function access(
  p: Provider,
  header: DareHeader,
  cipher: Cipher,
  limits: Required<DareLimits>,
  { keys, baseSeed }: AccessOptions,
): Access {
  const salt = saltOf(header, limits);
  // Before a key is at work: later this refusal would tell that the payload had been decrypted.
  for (const annotation of header.annotations ?? []) {
    // Its keys would be those of the payload, and the header is not signed: changed octets of the payload could be tried out in it.
    if (readSequence(annotation).prefix.length === 0)
      fail('structure', 'an encrypted annotation without a salt prefix');
  }
  const { seed, info, kid } =
    baseSeed === undefined
      ? recoverSeed(p, header.recipients ?? [], keys)
      : { seed: settle(copied(baseSeed)), info: undefined, kid: undefined };
  try {
    if (cipher === 'A256GCM') checkKeyCommitment(seed, salt, header.keyCommitment);
    const aad = cipher === 'A256GCM' ? p().sha512(header.octets) : empty;
    const body = bodyKeys(cipher, { seed, salt, saltPrefix: empty, aad });
    return { cipher, seed, salt, keys: body, kekInfo: info, recipient: kid };
  } catch (error) {
    wipe(seed);
    throw error;
  }
}

/**
 * Checks the witnesses of all signatures, now that the seed is known, and notes them in the reports.
 *
 * @throws MeshError `witness` for one that does not match, and when a trusted signature is demanded and none of them has one
 */
export function checkWitnesses(
  { seed, salt }: Access,
  { signatures = [], witnessValue: common }: Integrity,
  signed: Signed,
  reports: readonly SignatureReport[],
  policy: SignaturePolicy,
): void {
  const shown = (witness: Uint8Array, ...infos: Uint8Array[]) =>
    infos.some((info) => equal(witnessValue(seed, salt, info), witness)) || fail('witness');
  const forAll = common !== undefined && shown(common, ...manifestsOf(signed));
  for (const [i, { signature, witness }] of signatures.entries()) {
    const own = witness !== undefined && shown(witness, signature);
    (reports[i] as SignatureReport).witness = own || forAll ? 'valid' : 'absent';
  }
  const enough = reports.some((report) => counts(report, policy) && report.witness === 'valid');
  if (policy.demanded && !enough) fail('witness');
}

/** What was reached in the end: with the keys that have decrypted the payload, or without any where it was in clear or left as it is. */
export function concluded(assurance: Assurance, key: Access | undefined, policy: SignaturePolicy): Assurance {
  const { kekInfo, recipient } = key ?? {};
  const headerCovered = key?.cipher === 'A256GCM';
  const trusted = assurance.signatures.some((report) => counts(report, policy) && report.witness !== 'absent');
  return {
    ...assurance,
    trusted,
    headerCovered,
    unauthenticated: !trusted && !headerCovered,
    ...(kekInfo === undefined ? {} : { kekInfo }),
    ...(recipient === undefined ? {} : { recipient }),
  };
}
