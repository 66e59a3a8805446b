/**
 * Public keys as UDFs: fingerprints, and OID sequences that carry the whole key (draft-hallambaker-mesh-udf sections 4.2, 5.3.1).
 * Not a check of the key: lengths only, since a fingerprint vouches for octets and not for points.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { checkGeneration, type Generation, type UdfDigest } from './digest.ts';
import { fromKeyInfo, keyInfo, type UdfCurve, type UdfPublicKey } from './keyinfo.ts';
import type { TextCodec } from './text.ts';
import { type } from './type.ts';

/** Public keys as texts. */
export interface UdfPublicKeys {
  /**
   * The fingerprint of a public key.
   *
   * @param key - see {@link UdfPublicKey}; Ed448 57 octets, X448 57 octets with sign, Ed25519 and X25519 32, RSA up to 2,048
   * @param opts - `generation`, default `'G2'`; `bits` as in {@link UdfDigest.digest}. G1 knows RSA only. A G2 fingerprint does
   *   not bind the curve: fix `crv` by other means before you accept one.
   * @returns text of type 96; 28 characters by default, 30 in groups of five in G1
   * @throws MeshError `sign_missing` for 56 octets of X448, `bad_public_length`, `unsupported_algorithm`, `bad_jwk`, `not_bytes`,
   *   `bad_option`
   * @example
   * ```ts
   * import { ed448, udf } from 'mathmesh';
   * const { publicKey } = ed448.keygen(new Uint8Array(57));
   * console.log(udf.publicKey({ crv: 'Ed448', publicKey }).length); // 34
   * ```
   * Constant time: no, because everything in it is public. draft-hallambaker-mesh-udf section 5.3.1, by generation: mesh-reference-08
   * (G1), mesh-schema-03 (G2), mesh-udf-08 to 10 (G3), mesh-udf-11 to 13 (G4).
   */
  publicKey(key: UdfPublicKey, opts?: { generation?: Generation; bits?: number }): string;
  /**
   * The fingerprints of many public keys: {@link UdfPublicKeys.publicKey} of each, but twice as fast on the compiled backend.
   *
   * @param keys - any number of keys, of any curves
   * @param opts - `generation`, default `'G2'`; `bits` as in {@link UdfDigest.digest}
   * @returns one text each, in order
   * @throws MeshError as {@link UdfPublicKeys.publicKey}; `bad_option` when `keys` is no array
   * @example
   * ```ts
   * import { ed448, udf } from 'mathmesh';
   * const keys = [1, 2].map((octet) => ed448.getPublicKey(new Uint8Array(57).fill(octet)));
   * const names = udf.publicKeys(keys.map((publicKey) => ({ crv: 'Ed448', publicKey })));
   * console.log(names.length, names[0] === udf.publicKey({ crv: 'Ed448', publicKey: keys[0] })); // 2 true
   * ```
   * Constant time: no, because everything in it is public. draft-hallambaker-mesh-udf section 5.3.1.
   */
  publicKeys(keys: readonly UdfPublicKey[], opts?: { generation?: Generation; bits?: number }): string[];
  /**
   * The octets that {@link UdfPublicKeys.publicKey} fingerprints: RSAPublicKey or an OCTET STRING in G1 and G2, and the Mesh form
   * of SubjectPublicKeyInfo later.
   *
   * @param key - see {@link UdfPublicKey}
   * @param opts - `generation`, default `'G2'`
   * @throws MeshError as {@link UdfPublicKeys.publicKey}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.keyInfo({ crv: 'Ed25519', publicKey: new Uint8Array(32) }, { generation: 'G4' }).length); // 48
   * ```
   * Constant time: no, because everything in it is public. draft-hallambaker-mesh-udf section 5.3.1.
   */
  keyInfo(key: UdfPublicKey, opts?: { generation?: Generation }): Uint8Array;
  /**
   * The OID sequence of a public key: a text that is the key.
   *
   * @param key - see {@link UdfPublicKey}
   * @returns text of type 112, never cut
   * @throws MeshError as {@link UdfPublicKeys.publicKey}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.oid({ crv: 'Ed25519', publicKey: new Uint8Array(32) }).slice(0, 14)); // OAYC-4MAH-AYBS
   * ```
   * Constant time: no, because everything in it is public. draft-hallambaker-mesh-udf section 4.2.
   */
  oid(key: UdfPublicKey): string;
  /**
   * The public key in an OID sequence.
   *
   * @param text - text of type 112
   * @returns curve and key octets, fresh
   * @throws MeshError `unsupported_algorithm` for RSA and anything that is not exactly the key info of a curve; `unknown_type`,
   *   `wrong_type`, and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const text = udf.oid({ crv: 'Ed25519', publicKey: new Uint8Array(32) });
   * console.log(udf.oidKey(text).crv); // Ed25519
   * ```
   * Constant time: no, because everything in it is public. draft-hallambaker-mesh-udf section 4.2.
   */
  oidKey(text: string): { crv: UdfCurve; publicKey: Uint8Array };
}

/** No published value uses the media type that the later drafts name; the examples of G4 hash the name of the constant instead. */
const contentTypes: Readonly<Record<Generation, string>> = {
  G1: 'application/x509-keyinfo',
  G2: 'application/x509-keyinfo',
  G3: 'application/x509-keyinfo',
  G4: 'PKIXKey',
};

/** {@link UdfPublicKeys} over the text and digest of a backend. */
export function makePublicKeys(text: TextCodec, digests: UdfDigest): UdfPublicKeys {
  return {
    publicKey(key, opts) {
      const { generation = 'G2', ...precision } = options(opts);
      const info = keyInfo(key, checkGeneration(generation));
      return digests.digest(contentTypes[generation], info, { ...precision, generation });
    },
    publicKeys(keys, opts) {
      const { generation = 'G2', ...precision } = options(opts);
      checkGeneration(generation);
      if (!Array.isArray(keys)) fail('bad_option', 'keys must be an array');
      const infos = Array.from(keys, (key: UdfPublicKey) => keyInfo(key, generation));
      return digests.digestAll(contentTypes[generation], infos, { ...precision, generation });
    },
    keyInfo(key, opts) {
      return keyInfo(key, checkGeneration(options(opts).generation ?? 'G2'));
    },
    oid(key) {
      return text.format(type.oid, keyInfo(key, 'G4'));
    },
    oidKey(oidText) {
      return fromKeyInfo(text.parseAs(oidText, type.oid).data);
    },
  };
}
