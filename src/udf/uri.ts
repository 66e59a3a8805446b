/**
 * UDF locators and names, and connection URIs (draft-hallambaker-mesh-udf section 6; protocol-07).
 * Not fetching: see the locator noun for encrypted content.
 */
import { fail } from '../errors.ts';
import { accountAddress, domainName } from './domain.ts';
import type { ParsedUdf, TextCodec } from './text.ts';
import { type } from './type.ts';

/** A URI taken apart. `udf` is the canonical text, `type` and `data` what it carries. */
export interface UdfUri {
  /** `name`: `udf:UDF`. `locator`: `udf://domain/UDF`. `connect`: `mcu://user@domain/PIN`. */
  form: 'name' | 'locator' | 'connect';
  /** Lower case; absent from names. */
  domain?: string;
  /** Connection URIs only. */
  user?: string;
  /** Canonical text. */
  udf: string;
  /** Type identifier. */
  type: number;
  /** The whole octets after the type identifier. */
  data: Uint8Array;
  /** Without the question mark. */
  query?: string;
  /** Without the number sign. */
  fragment?: string;
}

/** URIs of UDFs. */
export interface UdfUris {
  /**
   * Takes a URI with a UDF apart. Scheme and domain are case-insensitive; escapes are not read.
   *
   * @param uri - `udf:UDF`, `udf://domain/UDF` or `mcu://user@domain/PIN`, each with `?query` and `#fragment` if you like
   * @throws MeshError `bad_uri` for another scheme, a port, user information, an IP address, an empty or extra path segment,
   *   white space; `wrong_type` when a PIN is neither of type 0 nor of type 32; and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const { form, domain } = udf.parseUri('udf://example.com/MB5S-R4AJ-3FBT-7NHO-T26Z-2E6Y-WFH4');
   * console.log(form, domain); // locator example.com
   * ```
   * Constant time: yes in the characters of the UDF; the places of delimiters show. draft-hallambaker-mesh-udf section 6.
   */
  parseUri(uri: string): UdfUri;
}

/** Text before and after the first delimiter; without one, all of it and nothing. */
function cut(text: string, delimiter: string): [string, string | undefined] {
  const at = text.indexOf(delimiter);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + delimiter.length)];
}

/** {@link UdfUris} over the text of a backend. */
export function makeUris(text: TextCodec): UdfUris {
  function path(segment: string | undefined): string {
    if (!segment || segment.includes('/')) fail('bad_uri', 'the path must be one UDF');
    return segment;
  }

  function byScheme(scheme: string, rest: string): Pick<UdfUri, 'form' | 'domain' | 'user'> & { content: ParsedUdf } {
    if (scheme === 'udf' && !rest.startsWith('//')) return { form: 'name', content: text.parse(path(rest)) };
    if ((scheme !== 'udf' && scheme !== 'mcu') || !rest.startsWith('//')) fail('bad_uri', 'scheme');
    const [authority, segment] = cut(rest.slice(2), '/');
    if (scheme === 'udf') return { form: 'locator', domain: domainName(authority), content: text.parse(path(segment)) };
    const place = accountAddress(authority);
    return { form: 'connect', ...place, content: text.parseAs(path(segment), type.authenticator, type.encryptionKey) };
  }

  return {
    parseUri(uri) {
      if (typeof uri !== 'string') fail('bad_uri', 'not a string');
      if ([' ', '\t', '\r', '\n'].some((space) => uri.includes(space))) fail('bad_uri', 'white space');
      const [scheme, afterScheme = ''] = cut(uri, ':');
      const [beforeFragment, fragment] = cut(afterScheme, '#');
      const [hierarchy, query] = cut(beforeFragment, '?');
      const { content, ...place } = byScheme(scheme.toLowerCase(), hierarchy);
      return {
        ...place,
        udf: content.text,
        type: content.type,
        data: content.data,
        ...(query === undefined ? {} : { query }),
        ...(fragment === undefined ? {} : { fragment }),
      };
    },
  };
}
