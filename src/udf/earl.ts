/**
 * Encrypted authenticated resource locator: a UDF locator whose UDF is the key of what it locates
 * (draft-hallambaker-mesh-udf section 6.2). Not fetching and not decryption.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { checkGeneration, type Generation, type UdfDigest } from './digest.ts';
import { domainName, httpsUrl } from './domain.ts';
import type { TextCodec } from './text.ts';
import { type } from './type.ts';

/** Where the content of a locator is, and what opens it. */
export interface Earl {
  /** `udf://domain/KEY`: a secret, who has it can read the content. */
  uri: string;
  /** Fingerprint of the key, under which the service knows the content; public. */
  identifier: string;
  /** URL of the encrypted content; public. */
  target: string;
  /** Keying material: the whole octets of the key. */
  key: Uint8Array;
}

/** How {@link UdfEarl.earl} locates. */
export interface EarlOptions {
  /** G2 and G3 (udf-08 to 10) and G4 (udf-11 on) differ in the identifier. Default `'G2'`. */
  generation?: Generation;
  /** `https:` URL under which a service keeps content: no user, query or fragment. Default `https://DOMAIN/.well-known/mmm-udf/`. */
  endpoint?: string;
}

/** Locators of encrypted content. */
export interface UdfEarl {
  /**
   * Resolves the locator of encrypted content.
   *
   * @param domain - domain name of the service
   * @param key - text of type 32
   * @param opts - see {@link EarlOptions}
   * @throws MeshError `bad_uri` for anything but a domain name, and for an endpoint that is no such URL; `unknown_type`, `wrong_type`, `unsupported_algorithm`, `bad_option`,
   *   and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const { identifier } = udf.earl('example.com', 'EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J');
   * console.log(identifier.slice(0, 14)); // MAAF-MHQ7-LJAX
   * ```
   * Constant time: yes in the key, as far as Base32 and the hash are. draft-hallambaker-mesh-udf section 6.2.
   */
  earl(domain: string, key: string, opts?: EarlOptions): Earl;
}

/** A generation that has key texts. @throws MeshError `unsupported_algorithm` */
export function keyGeneration(generation: Generation): Generation {
  if (checkGeneration(generation) === 'G1') fail('unsupported_algorithm', 'the first generation has no key texts');
  return generation;
}

/** The media type, and the name of a constant that later examples hash in its place. */
export function encryptionContentType(generation: Generation): string {
  return keyGeneration(generation) === 'G4' ? 'UDFEncryption' : 'application/udf-encryption';
}

/** Twice the precision of the key without its type identifier, in whole groups. */
export function identifierBits(keyText: string): number {
  const bits = 2 * (5 * keyText.replaceAll('-', '').length - 8);
  return Math.max(20, bits - (bits % 20));
}

/** {@link UdfEarl} over the text and digest of a backend. */
export function makeEarl(text: TextCodec, digests: UdfDigest): UdfEarl {
  return {
    earl(domain, key, opts) {
      const { generation = 'G2', endpoint } = options(opts);
      const host = domainName(domain);
      if (endpoint !== undefined && typeof endpoint !== 'string') fail('bad_option', 'endpoint must be a string');
      const base = httpsUrl(endpoint ?? `https://${host}/.well-known/mmm-udf/`);
      const contentType = encryptionContentType(generation);
      const { text: keyText, data } = text.parseAs(key, type.encryptionKey);
      // The bits that a cut text has beyond whole octets count here, and only here.
      const identifier = digests.digest(contentType, fromUtf8(keyText), { bits: identifierBits(keyText) });
      const target = `${base}${base.endsWith('/') ? '' : '/'}${identifier}`;
      return { uri: `udf://${host}/${keyText}`, identifier, target, key: data };
    },
  };
}
