/**
 * PKCS#8 and SubjectPublicKeyInfo of Ed448 and X448 (RFC 8410, RFC 5958). Not the Mesh form of key info, which has NULL
 * parameters and one more OCTET STRING: see the key info of UDFs.
 */
import { bytes, equal, wipe } from '../bytes.ts';
import { DerReader, der, derBitString, derInteger, tag } from '../der.ts';
import { fail } from '../errors.ts';
import { type Key, type KeyChecker, type KeyCurve, keyLength } from './key.ts';

/** Keys as DER. */
export interface Asn1Formats {
  /**
   * A public key as SubjectPublicKeyInfo.
   *
   * @param key - curve and public key (Ed448 57 octets, X448 56); a secret key in it is not used
   * @returns DER, 69 octets for Ed448, 68 for X448
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`,
   *   `small_order_base`
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * console.log(key.toSpki({ crv: 'Ed448', publicKey: ed448.keygen().publicKey }).length); // 69
   * ```
   * Constant time: no, because everything in it is public. RFC 8410 section 4.
   */
  toSpki(key: Key): Uint8Array;
  /**
   * The public key of a SubjectPublicKeyInfo.
   *
   * @param spki - DER of an Ed448 or X448 key
   * @returns fresh key without secret part
   * @throws MeshError `not_bytes`, `bad_der` for anything but the one encoding of a key, `unsupported_algorithm` for another
   *   algorithm, `noncanonical_encoding`, `not_on_curve`, `small_order_base`
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * const spki = key.toSpki({ crv: 'Ed448', publicKey: ed448.keygen().publicKey });
   * console.log(key.fromSpki(spki).crv); // Ed448
   * ```
   * Constant time: no, because everything in it is public. RFC 8410 section 4.
   */
  fromSpki(spki: Uint8Array): Key;
  /**
   * A secret key as PKCS#8 of version 1, which has no public key in it.
   *
   * @param key - curve, public and secret key (Ed448 57 octets each, X448 56)
   * @returns DER, 73 octets for Ed448, 72 for X448: a secret
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_public_length`, `bad_private_length`, `key_mismatch`
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * console.log(key.toPkcs8({ crv: 'Ed448', ...ed448.keygen() }).length); // 73
   * ```
   * Constant time: yes in the secret key, by copying and by the backend's key generation. RFC 8410 section 7.
   */
  toPkcs8(key: Key): Uint8Array;
  /**
   * The key of a PKCS#8 structure, version 1 or, with a public key, version 2 (RFC 5958). Attributes are skipped.
   *
   * @param pkcs8 - DER of an Ed448 or X448 key
   * @returns fresh key; the public part is recomputed
   * @throws MeshError `not_bytes`, `bad_der`, `unsupported_algorithm`, and `key_mismatch` when the public key in it is another
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * const pkcs8 = key.toPkcs8({ crv: 'Ed448', ...ed448.keygen() });
   * console.log(key.fromPkcs8(pkcs8).secretKey?.length); // 57
   * ```
   * Constant time: yes in the secret key, by copying and by the backend's key generation; the structure shows. RFC 8410 section 7.
   */
  fromPkcs8(pkcs8: Uint8Array): Key;
}

/** Last arc of the object identifier 1.3.101. */
const arcs: Readonly<Record<KeyCurve, number>> = { X448: 111, Ed448: 113 };

/** Context tags of OneAsymmetricKey (RFC 5958 section 2): attributes [0], publicKey [1] IMPLICIT BIT STRING. */
const attributesTag = 0xa0;
const publicKeyTag = 0x81;

/** AlgorithmIdentifier: parameters are absent (RFC 8410 section 3). */
function algorithm(crv: KeyCurve): Uint8Array {
  return der(tag.sequence, der(tag.oid, Uint8Array.of(0x2b, 0x65, arcs[crv])));
}

function readAlgorithm(reader: DerReader): KeyCurve {
  const identifier = new DerReader(reader.read(tag.sequence));
  const oid = identifier.read(tag.oid);
  const crv = (Object.keys(arcs) as KeyCurve[]).find((name) => equal(oid, Uint8Array.of(0x2b, 0x65, arcs[name])));
  if (crv === undefined) fail('unsupported_algorithm', 'object identifier');
  identifier.end();
  return crv;
}

/** The contents of a BIT STRING with whole octets. */
function wholeOctets(contents: Uint8Array): Uint8Array {
  return contents[0] === 0 ? contents.subarray(1) : fail('bad_der', 'unused bits');
}

/** A key part of the length of its curve. */
function keyPart(octets: Uint8Array, crv: KeyCurve): Uint8Array {
  return octets.length === keyLength[crv] ? octets : fail('bad_der', `${crv} has ${keyLength[crv]} octets`);
}

/** {@link Asn1Formats} over a key checker. */
export function makeAsn1({ check }: KeyChecker): Asn1Formats {
  return {
    toSpki(key) {
      const { crv, publicKey } = check(key?.crv, key?.publicKey);
      return der(tag.sequence, algorithm(crv), derBitString(publicKey));
    },

    fromSpki(spki) {
      const outer = new DerReader(bytes(spki, 'spki'));
      const reader = new DerReader(outer.read(tag.sequence));
      const crv = readAlgorithm(reader);
      const publicKey = keyPart(wholeOctets(reader.read(tag.bitString)), crv);
      reader.end();
      outer.end();
      return check(crv, publicKey);
    },

    toPkcs8(key) {
      const { crv, secretKey } = check(key?.crv, key?.publicKey, bytes(key?.secretKey, 'secretKey'));
      const secret = der(tag.octetString, secretKey as Uint8Array);
      const out = der(tag.sequence, derInteger(Uint8Array.of(0)), algorithm(crv), der(tag.octetString, secret));
      wipe(secret, secretKey as Uint8Array);
      return out;
    },

    fromPkcs8(pkcs8) {
      const outer = new DerReader(bytes(pkcs8, 'pkcs8'));
      const reader = new DerReader(outer.read(tag.sequence));
      const version = reader.read(tag.integer);
      if (version.length !== 1 || (version[0] as number) > 1) fail('bad_der', 'version');
      const crv = readAlgorithm(reader);
      const wrapped = new DerReader(reader.read(tag.octetString));
      const secretKey = keyPart(wrapped.read(tag.octetString), crv);
      wrapped.end();
      if (reader.has(attributesTag)) reader.read(attributesTag);
      // Version 1 (the integer 0) has no public key, version 2 has one (RFC 5958 section 2).
      const publicKey = version[0] === 1 ? keyPart(wholeOctets(reader.read(publicKeyTag)), crv) : undefined;
      reader.end();
      outer.end();
      return check(crv, publicKey, secretKey);
    },
  };
}
