/** `mathmesh/x448`: key agreement over the live backend. */
import { current } from '../backend/select.ts';
import { makeX448, type X448 } from '../x448.ts';

/** X448 (RFC 7748). */
export const x448: X448 = /* @__PURE__ */ makeX448(current);
export type { X448, X448KeyPair } from '../x448.ts';
