/**
 * The library over one backend, but for keys held by many (assemble-shared.ts). Not the public entry: that binds this to a choice of backend.
 */
import type { Provider } from './backend/types.ts';
import { makeEd448, makeEd448ph } from './ed448/index.ts';
import { makeGroup448 } from './group448.ts';
import { hkdfSha256, makeHkdfSha512 } from './hash/hkdf.ts';
import { makeHmacSha512 } from './hash/hmac.ts';
import { makeSha512 } from './hash/sha512.ts';
import { makeShake256 } from './hash/shake256.ts';
import { makeKey } from './key/index.ts';
import { makeOverlay } from './overlay/index.ts';
import { makeShamir } from './shamir/index.ts';
import { makeUdf } from './udf/index.ts';
import { makeX448 } from './x448.ts';

/** Every primitive and format over the backend that the provider gives. */
export function assemble(p: Provider) {
  return {
    sha512: makeSha512(p),
    shake256: makeShake256(p),
    hmacSha512: makeHmacSha512(p),
    hkdfSha512: makeHkdfSha512(p),
    hkdfSha256,
    ed448: makeEd448(p),
    ed448ph: makeEd448ph(p),
    x448: makeX448(p),
    group448: makeGroup448(p),
    overlay: makeOverlay(p),
    shamir: makeShamir(p),
    udf: makeUdf(p),
    key: makeKey(p),
  };
}

/** The library over some backend. */
export type Mesh = ReturnType<typeof assemble>;
