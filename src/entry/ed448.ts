/** `mathmesh/ed448`: signatures over the live backend. */
import { current } from '../backend/select.ts';
import { type Ed448, makeEd448, makeEd448ph } from '../ed448/index.ts';

/** Ed448 (RFC 8032 section 5.2). */
export const ed448: Ed448 = /* @__PURE__ */ makeEd448(current);
/** Ed448ph (RFC 8032 section 5.2). */
export const ed448ph: Ed448 = /* @__PURE__ */ makeEd448ph(current);
export type { Ed448, Ed448Item, Ed448KeyPair, Ed448Options, Ed448PreparedKey, Ed448Signer } from '../ed448/index.ts';
