/**
 * Domain names in UDF locators and names (RFC 1123 section 2.1; internationalised names in their ASCII form), and addresses
 * of accounts in a domain. Not resolution.
 */
import { fail } from '../errors.ts';

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** A domain name in lower case: no port, no user, no IP address. @throws MeshError `bad_uri` */
export function domainName(value: unknown): string {
  if (typeof value !== 'string' || value.length > 253) fail('bad_uri', 'domain name');
  const labels = value.split('.');
  if (!labels.every((part) => label.test(part))) fail('bad_uri', 'domain name');
  // A last label of digits makes the whole an IPv4 address for URL parsers.
  if (/^(?:[0-9]+|0x[0-9a-f]*)$/i.test(labels.at(-1) as string)) fail('bad_uri', 'IP address');
  return value.toLowerCase();
}

/** An `https:` URL to which a segment of a path can be added: no user, query or fragment. @throws MeshError `bad_uri` */
export function httpsUrl(value: string): string {
  const [, host] = /^https:\/\/([^/:]+)(?::[0-9]{1,5})?(?:\/[\w!$&'()*+,;=.~%:@/-]*)?$/i.exec(value) ?? [];
  if (host === undefined) fail('bad_uri', 'not an https: URL');
  domainName(host);
  return value;
}

/** User and domain of `user@domain`; the user in the characters that a URI allows (RFC 3986 section 3.2.1). @throws MeshError `bad_uri` */
export function accountAddress(value: unknown): { user: string; domain: string } {
  const [, user, domain] = (typeof value === 'string' && /^([\w!$&'()*+,;=.~%-]+)@([^@]*)$/.exec(value)) || [];
  if (user === undefined) fail('bad_uri', 'account address');
  return { user, domain: domainName(domain) };
}
