/**
 * Values which the Mesh derives from UDFs: identifiers of keys and messages, PINs (dare-08, schema-06 to 08, protocol-07 to 09).
 * Not a new noun of the UDF drafts: each rule is that of the document which uses it.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, wipe } from '../bytes.ts';
import { makeHkdfSha512 } from '../hash/hkdf.ts';
import { makeHmacSha512 } from '../hash/hmac.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { type Generation, typed, type UdfDigest } from './digest.ts';
import { accountAddress } from './domain.ts';
import { encryptionContentType } from './earl.ts';
import { type TextCodec, wellFormed } from './text.ts';
import { type } from './type.ts';

/** Values derived from UDFs. */
export interface UdfDerived {
  /**
   * The identifier of a symmetric key, as in the `kid` of an encrypted envelope.
   *
   * @param key - secret of any length
   * @param opts - `generation`, default `'G2'`; dare-08 follows G2 and G3, dare-09 follows G4
   * @returns 28 characters, of type 32 though they are no key
   * @throws MeshError `not_bytes`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.symmetricKeyId(new Uint8Array(32)).length); // 34
   * ```
   * Constant time: yes in the key, as far as the hash is. dare-08 and dare-09, examples of encrypted messages.
   */
  symmetricKeyId(key: Uint8Array, opts?: { generation?: Generation }): string;
  /**
   * The identifier of the envelope in which a message travels.
   *
   * @param messageId - the identifier of the message, a UDF text
   * @throws MeshError as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.envelopeId('NBPS-TE2K-5BQZ-3HWA-PJNU-WYOX-DAMW')); // MAD4-DQE5-PU4Y-QCTJ-D5U2-ZZVS-WBYC
   * ```
   * Constant time: no, because identifiers are public. schema-07 section 6.2.
   */
  envelopeId(messageId: string): string;
  /**
   * The identifier of the response to a message.
   *
   * @param messageId - the identifier of the message, a UDF text
   * @throws MeshError as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.responseId('NBPS-TE2K-5BQZ-3HWA-PJNU-WYOX-DAMW')); // MDDB-CUZ4-QYCA-BEZB-3BPQ-PYOM-GPUM
   * ```
   * Constant time: no, because identifiers are public. schema-07 section 6.2.
   */
  responseId(messageId: string): string;
  /**
   * A PIN bound to the action that it is for.
   *
   * @param pin - text of type 0, a secret
   * @param action - such as `Device` or `Contact`
   * @returns 28 characters of type 0, a secret
   * @throws MeshError `unknown_type`, `wrong_type`, `bad_option`, and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.saltedPin('AB23-ZBOI-CEIZ-MTD4-VQ', 'Device')); // AANT-HAQW-KDUY-GUMW-YFY2-YWB5-23YC
   * ```
   * Constant time: yes in the PIN, because Base32 and HMAC are. schema-07 section 6.3.
   */
  saltedPin(pin: string, action: string): string;
  /**
   * The public identifier of a PIN.
   *
   * @param saltedPin - text of type 0 from {@link UdfDerived.saltedPin}: its 16 whole octets are the key
   * @param account - address of the account, such as `alice@example.com`
   * @throws MeshError as {@link UdfDerived.saltedPin}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.pinId('AANT-HAQW-KDUY-GUMW-YFY2-YWB5-23YC', 'alice@example.com'));
   * // AAAU-6HVM-7AA6-TNEG-PFUS-IXZ3-BMYL
   * ```
   * Constant time: yes in the PIN, because Base32 and HMAC are. protocol-07 to 09, MessagePin.
   */
  pinId(saltedPin: string, account: string): string;
  /**
   * The key under which a device that was set up in the factory is connected.
   *
   * @param seedText - the seed of the device, a text of type 200; hashed as its canonical text
   * @param account - address of the account that keeps the device's description
   * @returns `pin`, text of type 32 with 256 bits, and `uri`, the `mcu://` address of the description; both are secrets
   * @throws MeshError `bad_uri` for an address that is not `user@domain`; `unknown_type`, `wrong_type`, and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const seed = udf.seed('ProfileDevice', new Uint8Array(32));
   * console.log(udf.connectPin(seed, 'maker@example.com').uri.slice(0, 25)); // mcu://maker@example.com/E
   * ```
   * Constant time: yes in the seed, because Base32 and HKDF are. schema-06 to 08, DevicePreconfiguration.
   */
  connectPin(seedText: string, account: string): { pin: string; uri: string };
}

/** Precision of all identifiers here. */
const bits = 140;

/** {@link UdfDerived} over a backend. */
export function makeDerived(p: Provider, text: TextCodec, digests: UdfDigest): UdfDerived {
  const hmac = makeHmacSha512(p);
  const hkdf = makeHkdfSha512(p);

  function messageDigest(contentType: string, messageId: string): string {
    const { type: id, data } = text.parse(messageId);
    return digests.digest(contentType, data, { algorithm: id === type.digestSha3 ? 'sha3-512' : 'sha2-512' });
  }

  function mac(keyText: string, message: string, name: string): string {
    const value = fromUtf8(wellFormed(message, name));
    const { data: key } = text.parseAs(keyText, type.authenticator);
    const code = hmac(key, value);
    const out = text.format(type.authenticator, code, { bits });
    wipe(key, code);
    return out;
  }

  return {
    symmetricKeyId(key, opts) {
      const contentType = encryptionContentType(options(opts).generation ?? 'G2');
      // The key stands where the digest of content would, and the identifier of the digest follows that of the key.
      const message = typed(contentType, bytes(key, 'key'));
      const octets = concat(Uint8Array.of(type.encryptionKey, type.digestSha2), p().sha512(message));
      wipe(message);
      return text.present(octets, bits);
    },
    envelopeId: (messageId) => messageDigest('application/mmm/envelopeid', messageId),
    responseId: (messageId) => messageDigest('application/mmm/responseid', messageId),
    saltedPin: (pin, action) => mac(pin, action, 'action'),
    pinId: (saltedPin, account) => mac(saltedPin, account, 'account'),
    connectPin(seedText, account) {
      accountAddress(account);
      const { text: canonical, data } = text.parseAs(seedText, type.seed);
      const ikm = fromUtf8(canonical);
      const key = hkdf(ikm, undefined, fromUtf8(account), 32);
      const pin = text.format(type.encryptionKey, key);
      wipe(data, ikm, key);
      return { pin, uri: `mcu://${account}/${pin}` };
    },
  };
}
