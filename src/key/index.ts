/**
 * Ed448 and X448 keys in the forms of other software: JWK, PKCS#8, SubjectPublicKeyInfo. Not UDFs.
 */
import type { Provider } from '../backend/types.ts';
import { type Asn1Formats, makeAsn1 } from './asn1.ts';
import { type JwkFormat, makeJwk } from './jwk.ts';
import { makeKeyChecker } from './key.ts';

export type { Jwk } from './jwk.ts';
export type { Key, KeyCurve } from './key.ts';

/** Reading and writing keys. */
export interface KeyFormats extends JwkFormat, Asn1Formats {}

/** {@link KeyFormats} over a backend. */
export function makeKey(p: Provider): KeyFormats {
  const checker = makeKeyChecker(p);
  return { ...makeJwk(p, checker), ...makeAsn1(checker) };
}
