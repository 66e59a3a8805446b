/**
 * Key identifiers (DARE specification, section 2): what `kid` says about a key, by the four rules that have been in use.
 * Not a check of the key, and not identifiers of symmetric keys, which `udf.symmetricKeyId` gives.
 */
import { der, derBitString, tag } from '../der.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';
import type { GroupName } from '../threshold/group.ts';
import type { Udf } from '../udf/index.ts';
import type { Members } from './members.ts';

/** Octets of the `Public` member, the last one of X448 with the sign. */
const lengths: Readonly<Record<GroupName, number>> = { Ed448: 57, X448: 57, Ed25519: 32, X25519: 32 };

/** Last arc of the object identifier 1.3.101. */
const arcs: Readonly<Record<GroupName, number>> = { X25519: 110, X448: 111, Ed25519: 112, Ed448: 113 };

/** @throws MeshError `unsupported_algorithm` */
export function curveName(value: unknown): GroupName {
  if (typeof value !== 'string' || !Object.hasOwn(lengths, value)) fail('unsupported_algorithm', 'crv');
  return value as GroupName;
}

/** The rule: E2 2018 to 2019, E3 to 2020, E5 from then on, E6 2024. */
export type KeyIdRule = 'E2' | 'E3' | 'E5' | 'E6';

/** The rule of E6 leaves out the NULL of the algorithm identifier. */
function keyInfo6(crv: GroupName, publicKey: Uint8Array): Uint8Array {
  const algorithm = der(tag.sequence, der(tag.oid, Uint8Array.of(0x2b, 0x65, arcs[crv])));
  return der(tag.sequence, algorithm, derBitString(der(tag.octetString, publicKey)));
}

/**
 * The identifier of a key by one rule.
 *
 * @throws MeshError `bad_public_length`; `sign_missing` for 56 octets of X448
 */
export function keyId(udf: Udf, crv: GroupName, publicKey: Uint8Array, rule: KeyIdRule): string {
  const key = { crv, publicKey };
  switch (rule) {
    case 'E2':
      return udf.publicKey(key, { generation: 'G2' });
    case 'E3':
      return udf.publicKey(key, { generation: 'G3' });
    case 'E5':
      return udf.publicKey(key, { generation: 'G4' });
    case 'E6':
      return udf.digest('PKIXKey', keyInfo6(crv, publicKey));
  }
}

const rules: readonly KeyIdRule[] = ['E5', 'E3', 'E2', 'E6'];

/** The identifiers of a key by all rules; none for a key that is carried without what they are made of. */
export function keyIds(udf: Udf, crv: GroupName, publicKey: Uint8Array): readonly string[] {
  const carried = crv === 'X25519' ? publicKey.subarray(0, 32) : publicKey;
  return carried.length === lengths[crv] ? rules.map((rule) => keyId(udf, crv, carried, rule)) : [];
}

/** Characters that an identifier must show: files of 2017 and 2018 cut it to 26 of 28. */
const minCharacters = 25;

/** The characters of an identifier, in whatever groups it is written; nothing for a text that is none. */
function characters(id: string): string {
  const plain = id.length > 100 ? '' : id.replace(/[-\s]/g, '');
  return /^[A-Za-z2-7]+$/.test(plain) ? plain.toUpperCase() : '';
}

/** Whether `kid` is one of the identifiers. */
export function isKid(kid: string, ids: readonly string[]): boolean {
  const given = characters(kid);
  return given.length >= minCharacters && ids.some((id) => characters(id).startsWith(given));
}

/** A key object `{ PublicKeyECDH: { crv, Public } }`. Its members are as unchecked as they came. */
export function publicKeyMembers(value: Members): { crv: unknown; publicKey: unknown } | undefined {
  const key = own(value, 'PublicKeyECDH');
  return typeof key === 'object' && key !== null ? { crv: own(key, 'crv'), publicKey: own(key, 'Public') } : undefined;
}
