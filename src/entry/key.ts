/** `mathmesh/key`: JWK, PKCS#8 and SPKI over the live backend. */
import { current } from '../backend/select.ts';
import { type KeyFormats, makeKey } from '../key/index.ts';

/** Encodings of Ed448 and X448 keys. */
export const key: KeyFormats = /* @__PURE__ */ makeKey(current);
export type { Jwk, Key, KeyCurve, KeyFormats } from '../key/index.ts';
