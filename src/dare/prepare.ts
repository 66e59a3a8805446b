/**
 * What an envelope has before and behind its payload when it is written: header and keys first, signatures once the digest of the payload is known.
 * Whole envelopes (seal.ts), streams and frames of sequences are written with it. Not the encryption of the payload.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied, empty, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { randomBytes } from '../random.ts';
import { makeUdf } from '../udf/index.ts';
import { type Encryption, sealAnnotation } from './body.ts';
import {
  type BodyKeys,
  bodyKeys,
  type Cipher,
  keyCommitment,
  saltLength,
  seedLength,
  wipeBodyKeys,
  witnessValue,
} from './derive.ts';
import { contentNames, sequenceNames } from './header.ts';
import { writeObject } from './json.ts';
import { keyId } from './keyid.ts';
import {
  listed,
  type ReadRecipient,
  type ReadSigner,
  type Recipient,
  readRecipient,
  readSigner,
  type Signer,
} from './keys.ts';
import { limitsOf } from './limits.ts';
import type { Members } from './members.ts';
import { type Profile, type ProfileName, profileOf } from './profile.ts';
import { writeRecipient } from './recipient.ts';
import { signDigest } from './signature.ts';

/** How an envelope is written; everything may be left out. */
export interface SealOptions {
  /** Whom to encrypt to; none leaves the payload in clear. */
  recipients?: readonly Recipient[];
  /** Who signs. */
  signers?: readonly Signer[];
  /**
   * `A256CBC`, the one cipher of the drafts, which does not authenticate and is the default with signers; or `A256GCM`, an extension of this library, the
   * default without.
   */
  cipher?: Cipher;
  /** Allows `A256CBC` without signers: anybody can change such a payload without a trace. */
  unsafeUnauthenticated?: boolean;
  /** `cty` of the content. In clear, and not signed. */
  contentType?: string;
  /** Further members of ContentMeta, such as `UniqueId`, `Filename`, `Event`. In clear, and not signed. */
  contentMeta?: Members;
  /** Octets that go into the header, encrypted where the payload is. Not signed. */
  annotations?: readonly Uint8Array[];
  /** `EnvelopeId` of the header. In clear, and not signed. */
  envelopeId?: string;
  /** Further members of the header that this library does not write itself. In clear, and not signed. */
  header?: Members;
  /** `current` (default), or `schema-03`: the form of August 2019, with signers on Ed448. */
  profile?: ProfileName;
}

/** What sequences add. */
export interface PrepareExtra {
  /** Members of the header behind all others: `SequenceInfo`, `policy`. */
  header?: Members;
  /** A seed that an earlier frame has wrapped, instead of recipients of its own. */
  baseSeed?: Uint8Array;
  /** The seed is put here, so that later frames can use it; it must be wiped. */
  onSeed?: (seed: Uint8Array) => void;
}

/** An envelope about to be written. Its `destroy` wipes the keys. */
export interface Prepared {
  /** JSON text of the header, complete. */
  header: Uint8Array;
  /** Keys of the payload; none for a payload in clear. */
  keys: BodyKeys | undefined;
  /** Members of the trailer for the SHA-512 of the payload as carried: signatures with witnesses, and the digest. */
  finish(payloadDigest: Uint8Array): Members;
  destroy(): void;
}

/** Members of the header that are not for callers to write. */
const reserved: ReadonlySet<string> = new Set([
  ...['enc', 'dig', 'kid', 'Salt', 'Malt', 'KeyCommitment', 'cloaked', 'annotations', 'Annotations', 'recipients'],
  ...['signatures', 'ContentMetaData', 'ContentInfoData', 'ContentMeta', 'EnvelopeId', 'EnvelopeID', 'PayloadDigest'],
  ...['ChainDigest', 'TreeDigest', 'ApexDigest', 'WitnessValue', 'SignedData', 'SequenceInfo', 'ContainerInfo'],
  ...[...contentNames.keys(), ...sequenceNames, '__proto__'],
]);

/** @throws MeshError `bad_option` */
function ownHeader(given: Members | undefined): Members {
  const members = options(given) as Members;
  const taken = Object.keys(members).find((name) => reserved.has(name));
  return taken === undefined ? members : fail('bad_option', `header.${taken} is written by the library`);
}

function textOption(value: unknown, name: string): string | undefined {
  if (value !== undefined && typeof value !== 'string') fail('bad_option', `${name} must be a string`);
  return value;
}

/** The cipher in force, or a refusal to write what protects nothing. */
function cipherOf(
  given: Partial<SealOptions>,
  encrypts: boolean,
  signs: boolean,
  profile: Profile,
): Cipher | undefined {
  const { cipher = signs || !profile.gcm ? 'A256CBC' : 'A256GCM', unsafeUnauthenticated = false } = given;
  const unsafe = flag(unsafeUnauthenticated, 'unsafeUnauthenticated');
  if (cipher !== 'A256CBC' && cipher !== 'A256GCM') fail('bad_option', 'cipher');
  if (!encrypts) {
    return given.cipher === undefined ? undefined : fail('bad_option', 'a cipher needs recipients');
  }
  if (cipher === 'A256GCM' && !profile.gcm) fail('bad_option', 'A256GCM is not of that profile');
  if (cipher === 'A256CBC' && !signs && !unsafe) {
    fail('bad_option', 'A256CBC without signers is not authentic: use A256GCM, signers or unsafeUnauthenticated');
  }
  return cipher;
}

/** Everything that is wiped in the end. */
class Secrets {
  readonly #held: Uint8Array[] = [];

  keep(octets: Uint8Array): Uint8Array {
    this.#held.push(octets);
    return octets;
  }

  wipe(): void {
    wipe(...this.#held);
  }
}

/** The options, read once and checked. */
interface Request {
  profile: Profile;
  recipients: readonly ReadRecipient[];
  signers: readonly ReadSigner[];
  annotations: readonly Uint8Array[];
  cipher: Cipher | undefined;
  /** Members of the header that are not about encryption. */
  envelopeId: Members;
  content: Members;
}

const limits = /* @__PURE__ */ limitsOf(undefined);

/** @throws MeshError as {@link prepareSeal} */
function requestOf(p: Provider, given: SealOptions | undefined, extra: PrepareExtra, secrets: Secrets): Request {
  const read = options(given);
  const profile = profileOf(read.profile);
  const udf = makeUdf(p);
  const recipients = listed(read.recipients, 'recipients', limits.recipients).map((each) => {
    const recipient = readRecipient(p, udf, each);
    if ('secret' in recipient) secrets.keep(recipient.secret);
    return recipient;
  });
  const signers = listed(read.signers, 'signers', limits.signatures).map((each) => {
    const signer = readSigner(p, each);
    if ('secretKey' in signer) secrets.keep(signer.secretKey);
    return signer;
  });
  profile.checkSigners(signers);
  const annotations = listed(read.annotations, 'annotations', limits.annotations);
  const contentMeta = contentOf(read);
  const envelopeId = textOption(read.envelopeId, 'envelopeId');
  return {
    profile,
    recipients,
    signers,
    annotations: annotations.map((each) => bytes(each, 'annotations[]')),
    cipher: cipherOf(read, recipients.length > 0 || extra.baseSeed !== undefined, signers.length > 0, profile),
    envelopeId: envelopeId === undefined ? {} : { [profile.envelopeId]: envelopeId },
    content: { ...(contentMeta && profile.contentMeta(contentMeta)), ...ownHeader(read.header), ...extra.header },
  };
}

/** Members of the header about encryption: annotations stand before the recipients, as in published headers. */
function encrypted(p: Provider, request: Request, encryption: Encryption): Members {
  const udf = makeUdf(p);
  const { recipients, profile } = request;
  const entries = recipients.map((each) => writeRecipient(p, udf, each, encryption.seed, profile.recipient));
  const { cipher, seed, salt } = encryption;
  return {
    ...annotated(request, encryption),
    ...(entries.length === 0 ? {} : { recipients: entries }),
    ...(cipher === 'A256GCM' ? { KeyCommitment: keyCommitment(seed, salt) } : {}),
  };
}

function annotated({ annotations, profile }: Request, encryption: Encryption | undefined): Members {
  if (annotations.length === 0) return {};
  const sealed = annotations.map((each, i) => sealAnnotation(encryption, each, i, profile.annotationForm));
  return { [profile.annotations]: sealed };
}

/** The header, complete. @throws MeshError `limit`, `unsupported-value` */
function headerOf(p: Provider, request: Request, encryption: Encryption | undefined): Uint8Array {
  const header = writeObject({
    ...request.envelopeId,
    ...(encryption === undefined ? {} : { enc: encryption.cipher }),
    dig: 'S512',
    ...(encryption === undefined
      ? annotated(request, undefined)
      : { Salt: encryption.salt, ...encrypted(p, request, encryption) }),
    ...request.content,
  });
  return header.length > limits.header ? fail('limit', `the header has more than ${limits.header} octets`) : header;
}

/** Section 9.1. */
function signatureEntry(
  p: Provider,
  { namesSigner }: Profile,
  encryption: Encryption | undefined,
  signer: ReadSigner,
  digest: Uint8Array,
): Members {
  const signature = signDigest(p, signer, digest);
  return {
    ...(namesSigner ? { alg: 'S512', kid: keyId(makeUdf(p), signer.crv, signer.publicKey, 'E5') } : {}),
    signature,
    ...(encryption === undefined ? {} : { witness: witnessValue(encryption.seed, encryption.salt, signature) }),
  };
}

/**
 * Checks the options, draws seed and salt, encrypts to the recipients and writes the header.
 *
 * @throws MeshError `bad_option`, `limit`, `unsupported-value`, and those of keys and random octets
 */
export function prepareSeal(p: Provider, given: SealOptions | undefined, further?: PrepareExtra): Prepared {
  const extra = options(further);
  const secrets = new Secrets();
  try {
    const request = requestOf(p, given, extra, secrets);
    const { cipher, profile, signers } = request;
    const encryption = cipher && drawn(cipher, extra.baseSeed, secrets);
    const header = headerOf(p, request, encryption);
    const aad = cipher === 'A256GCM' ? p().sha512(header) : empty;
    const keys = encryption && bodyKeys(encryption.cipher, { ...encryption, saltPrefix: empty, aad });
    if (encryption !== undefined) extra.onSeed?.(copied(encryption.seed));
    return {
      header,
      keys,
      finish(payloadDigest) {
        const signatures = signers.map((each) => signatureEntry(p, profile, encryption, each, payloadDigest));
        return { ...(signatures.length === 0 ? {} : { signatures }), PayloadDigest: payloadDigest };
      },
      destroy() {
        secrets.wipe();
        if (keys !== undefined) wipeBodyKeys(keys);
      },
    };
  } catch (error) {
    secrets.wipe();
    throw error;
  }
}

/** ContentMeta when there is something in it; an empty one is written only when it is asked for. */
function contentOf(given: Partial<SealOptions>): Members | undefined {
  const contentType = textOption(given.contentType, 'contentType');
  if (contentType === undefined && given.contentMeta === undefined) return undefined;
  const members = options(given.contentMeta) as Members;
  if (contentType !== undefined && Object.hasOwn(members, 'cty'))
    fail('bad_option', 'contentType stands in contentMeta');
  return contentType === undefined ? members : { ...members, cty: contentType };
}

function drawn(cipher: Cipher, baseSeed: Uint8Array | undefined, secrets: Secrets): Encryption {
  const seed = secrets.keep(settle(baseSeed ? copied(baseSeed) : randomBytes(seedLength)));
  return { cipher, seed, salt: randomBytes(saltLength) };
}
