/** `mathmesh/hash`: hashes, HMAC and HKDF over the live backend. */
import { current } from '../backend/select.ts';
import { type Hkdf, makeHkdfSha512 } from '../hash/hkdf.ts';
import { type HmacSha512, makeHmacSha512 } from '../hash/hmac.ts';
import { makeSha512, type Sha512 } from '../hash/sha512.ts';
import { makeShake256, type Shake256 } from '../hash/shake256.ts';

/** SHA-512 (FIPS 180-4). */
export const sha512: Sha512 = /* @__PURE__ */ makeSha512(current);
/** SHAKE256 (FIPS 202). */
export const shake256: Shake256 = /* @__PURE__ */ makeShake256(current);
/** HMAC-SHA-512 (RFC 2104). */
export const hmacSha512: HmacSha512 = /* @__PURE__ */ makeHmacSha512(current);
/** HKDF-SHA-512 (RFC 5869). */
export const hkdfSha512: Hkdf = /* @__PURE__ */ makeHkdfSha512(current);
export { type Hkdf, hkdfSha256 } from '../hash/hkdf.ts';
export type { HmacSha512 } from '../hash/hmac.ts';
export type { Sha512, Sha512Hash } from '../hash/sha512.ts';
export type { Shake256, Shake256Hash, Shake256Options } from '../hash/shake256.ts';
