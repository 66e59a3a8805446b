/**
 * Strong Internet Names: domain names with the fingerprint of their security policy (draft-hallambaker-mesh-udf section 7).
 * Not the policy and not its check.
 */
import { fail } from '../errors.ts';
import { accountAddress, domainName } from './domain.ts';
import type { TextCodec } from './text.ts';
import { expectType, isDigest, type } from './type.ts';

/** A Strong Internet Name. */
export interface Sin {
  /** The DNS label, at most 63 characters. */
  label: string;
  /** `label.domain`, which resolves wherever the domain does. */
  prefixForm?: string;
  /** `domain.label`, which does not resolve, so that only software that knows the rule uses it. */
  suffixForm?: string;
}

/** Names with fingerprints. */
export interface UdfSin {
  /**
   * The Strong Internet Name of a policy.
   *
   * @param udf - digest text of 20 to 48 characters (100 to 240 bits)
   * @param domain - domain name; without it only the label is made
   * @throws MeshError `label_too_long`, `too_short`, `bad_uri`, `unknown_type`, `wrong_type`, and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.sin('MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF', 'example.com').prefixForm);
   * // mm--mddk-7n6a-727a-jzno-strx-xks7-djaf.example.com
   * ```
   * Constant time: no, because names are public. draft-hallambaker-mesh-udf section 7.
   */
  sin(udf: string, domain?: string): Sin;
  /**
   * The plain form of a name or of an address `user@domain`: without the labels that begin with `mm--`.
   *
   * @param address - a Strong Internet Name, an address with one, or either without one
   * @throws MeshError `bad_uri` for anything but a domain name or one user at a domain name
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.plainAddress('alice@example.com.mm--mddk-7n6a-727a-jzno-strx')); // alice@example.com
   * ```
   * Constant time: no, because names are public. draft-hallambaker-mesh-udf section 7.
   */
  plainAddress(address: string): string;
}

const prefix = 'mm--';

/** Fewer than these 100 bits are found by trial, and with them another policy for the same name. */
const fewestCharacters = 20;

/** {@link UdfSin} over the text of a backend. */
export function makeSin(text: TextCodec): UdfSin {
  return {
    sin(udf, domain) {
      const { type: id, text: canonical } = text.parse(udf);
      if (!isDigest(id)) expectType(id, type.digestSha2, type.digestSha3);
      if (canonical.replaceAll('-', '').length < fewestCharacters) fail('too_short', 'a name needs 20 characters');
      const label = `${prefix}${canonical.toLowerCase()}`;
      if (label.length > 63) fail('label_too_long', `${label.length} characters`);
      if (domain === undefined) return { label };
      const plain = domainName(domain);
      return { label, prefixForm: domainName(`${label}.${plain}`), suffixForm: domainName(`${plain}.${label}`) };
    },
    plainAddress(address) {
      if (typeof address !== 'string') fail('bad_uri', 'not a string');
      const at = address.lastIndexOf('@') + 1;
      const labels = address.slice(at).split('.');
      const plain = labels.filter((label) => !label.toLowerCase().startsWith(prefix)).join('.');
      if (at === 0) return domainName(plain);
      const { user, domain } = accountAddress(address.slice(0, at) + plain);
      return `${user}@${domain}`;
    },
  };
}
