/**
 * The keys that callers give: whom to encrypt to, with what to decrypt, who signs, whom to trust. Read once, copied, with their identifiers.
 * Not what is done with them.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { GroupName } from '../threshold/group.ts';
import type { Udf } from '../udf/index.ts';
import { type AgreementKey, agreementPoint, publicKeyOf } from './agreement.ts';
import { curveName, keyIds } from './keyid.ts';
import { present } from './members.ts';

/** Whom to encrypt to: a public key, or a symmetric key as UDF text of type 32 (`E...`). */
export type Recipient = RecipientKey | string;

/** A public key to encrypt to. */
export interface RecipientKey {
  crv: GroupName;
  /** Ed448 57 octets; X448 57, or 56 with `kid`; Ed25519 and X25519 32. */
  publicKey: Uint8Array;
  /** What stands in the header. By default the identifier of the key by the rule of the profile. */
  kid?: string;
}

/**
 * What decrypts: a secret key, a key that others hold (a composite key of the overlay, or a function that asks the holders of shares or a
 * service), or a symmetric key as UDF text of type 32.
 */
export type DecryptionKey =
  | {
      crv: GroupName;
      /** Ed448 57 or 56 octets, X448 56, Ed25519 and X25519 32. */
      secretKey: Uint8Array;
      kid?: string;
    }
  | {
      crv: GroupName;
      publicKey: Uint8Array;
      /** The shared octets for an ephemeral public key as carried; Ed448 57 octets, X448 56, Ed25519 and X25519 32. */
      agree(ephemeral: Uint8Array): Uint8Array;
      kid?: string;
    }
  | string;

/** Curves that sign. */
export type SignatureCrv = 'Ed448' | 'Ed25519';

/** Who signs: a secret key, or a key that others hold (a composite key of the overlay, or a function that asks for a quorum). */
export type Signer =
  | {
      crv: SignatureCrv;
      /** Ed448 57 or 56 octets, Ed25519 32. */
      secretKey: Uint8Array;
    }
  | {
      crv: SignatureCrv;
      publicKey: Uint8Array;
      /** The signature of 64 octets: Ed448 without context, or Ed25519ctx with an empty context (plain Ed25519 is taken too). */
      sign(message: Uint8Array): Uint8Array;
    };

/** A public key whose signatures are believed. */
export interface TrustedKey {
  crv: SignatureCrv;
  /** Ed448 57 octets, Ed25519 32. */
  publicKey: Uint8Array;
}

/** Members of a key, which may be an object of a class. */
type Given = Record<string, unknown>;

function given(value: unknown, name: string): Given {
  if (typeof value !== 'object' || value === null) fail('bad_option', `${name} must be an object`);
  return value as Given;
}

function kidOf(value: unknown): string | undefined {
  if (value !== undefined && typeof value !== 'string') fail('bad_option', 'kid must be a string');
  return value;
}

/** A list of at most `most` items. @throws MeshError `bad_option`, `limit` */
export function listed<T>(value: readonly T[] | undefined, name: string, most: number): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) fail('bad_option', `${name} must be an array`);
  if (value.length > most) fail('limit', `${name}: ${most} at most`);
  return Array.from(value);
}

/** A symmetric key. */
interface SymmetricKey {
  secret: Uint8Array;
  ids: readonly string[];
}

/** UDF type of keys. */
const encryptionKey = 32;

/** Octets of the longest secret of any kind. */
const longestSecret = 64;

/** A secret key in memory of its own; which length is right is for the curve to say. @throws MeshError `not_bytes`, `bad_private_length` */
function secretOf(value: unknown): Uint8Array {
  const octets = bytes(value, 'secretKey');
  return octets.length > longestSecret ? fail('bad_private_length', 'secretKey') : settle(copied(octets));
}

function symmetric(udf: Udf, text: string): SymmetricKey {
  const { type, data } = udf.parse(text);
  if (type !== encryptionKey) {
    wipe(data);
    fail('wrong_type', `${type}, not ${encryptionKey}`);
  }
  // 128 bits are the least that this room calls a key.
  if (data.length < 16 || data.length > longestSecret) {
    wipe(data);
    fail('bad_length', `a symmetric key has 16 to ${longestSecret} octets`);
  }
  const ids = (['G4', 'G2'] as const).map((generation) => udf.symmetricKeyId(data, { generation }));
  return present<SymmetricKey>({ secret: settle(data), ids });
}

/** Whom to encrypt to, checked. */
export type ReadRecipient = SymmetricKey | { crv: GroupName; point: Uint8Array; publicKey: Uint8Array; kid?: string };

/** @throws MeshError `bad_option`, `not_bytes`, `unsupported_algorithm`, those of points and those of UDF texts */
export function readRecipient(p: Provider, udf: Udf, value: Recipient): ReadRecipient {
  if (typeof value === 'string') return symmetric(udf, value);
  const { crv: name, publicKey: octets, kid: id } = given(value, 'a recipient');
  const crv = curveName(name);
  const kid = kidOf(id);
  const key = bytes(octets, 'publicKey').slice();
  const point = agreementPoint(p, crv, key, 'publicKey');
  return present<ReadRecipient>({ crv, point, publicKey: key, kid });
}

/** What decrypts, checked. */
export type HeldKey = (SymmetricKey | { key: AgreementKey; ids: readonly string[] }) & { kid?: string };

/** @throws MeshError as {@link readRecipient}, and `bad_private_length` */
export function readDecryptionKey(p: Provider, udf: Udf, value: DecryptionKey): HeldKey {
  if (typeof value === 'string') return symmetric(udf, value);
  const { crv: name, kid: id, publicKey: octets, secretKey, agree } = given(value, 'a key');
  const crv = curveName(name);
  const kid = kidOf(id);
  if (secretKey !== undefined) {
    const secret = secretOf(secretKey);
    const publicKey = publicKeyOf(p, crv, secret);
    return present<HeldKey>({ key: { crv, secretKey: secret }, ids: keyIds(udf, crv, publicKey), kid });
  }
  if (typeof agree !== 'function') fail('bad_option', 'a key needs secretKey or agree');
  const publicKey = bytes(octets, 'publicKey').slice();
  const bound = (ephemeral: Uint8Array): Uint8Array => Reflect.apply(agree, value, [ephemeral]);
  return present<HeldKey>({ key: { crv, agree: bound }, ids: keyIds(udf, crv, publicKey), kid });
}

export function wipeHeldKey(held: HeldKey): void {
  if ('secret' in held) wipe(held.secret);
  else if ('secretKey' in held.key) wipe(held.key.secretKey);
}

function signatureCrv(value: unknown): SignatureCrv {
  return value === 'Ed448' || value === 'Ed25519' ? value : fail('unsupported_algorithm', 'crv');
}

/** Octets of a public key that verifies. */
const verificationLengths: Readonly<Record<SignatureCrv, number>> = { Ed448: 57, Ed25519: 32 };

function verificationKey(crv: SignatureCrv, value: unknown): Uint8Array {
  const publicKey = bytes(value, 'publicKey').slice();
  return publicKey.length === verificationLengths[crv] ? publicKey : fail('bad_public_length', crv);
}

/** Who signs, checked. */
export type ReadSigner = { crv: SignatureCrv; publicKey: Uint8Array } & (
  | { secretKey: Uint8Array }
  | { sign: (message: Uint8Array) => Uint8Array }
);

/** @throws MeshError `bad_option`, `not_bytes`, `unsupported_algorithm`, `bad_private_length`, `bad_public_length` */
export function readSigner(p: Provider, value: Signer): ReadSigner {
  const { crv: name, publicKey, secretKey, sign } = given(value, 'a signer');
  const crv = signatureCrv(name);
  if (secretKey !== undefined) {
    const secret = secretOf(secretKey);
    return { crv, secretKey: secret, publicKey: publicKeyOf(p, crv, secret) };
  }
  if (typeof sign !== 'function') fail('bad_option', 'a signer needs secretKey or sign');
  const bound = (message: Uint8Array): Uint8Array => Reflect.apply(sign, value, [message]);
  return { crv, sign: bound, publicKey: verificationKey(crv, publicKey) };
}

/** A key that signatures are checked with, and its identifiers. */
export interface VerificationKey extends TrustedKey {
  trusted: boolean;
  ids: readonly string[];
}

/** @throws MeshError `bad_option`, `not_bytes`, `unsupported_algorithm`, `bad_public_length` */
export function readVerificationKey(udf: Udf, value: TrustedKey, trusted: boolean): VerificationKey {
  const { crv: name, publicKey: octets } = given(value, 'a trusted key');
  const crv = signatureCrv(name);
  const publicKey = verificationKey(crv, octets);
  return { crv, publicKey, trusted, ids: keyIds(udf, crv, publicKey) };
}
