/**
 * The library over one backend, but for keys held by many (assemble-shared.ts). Not the public entry: that binds this to a choice of backend.
 */
import type { Provider } from './backend/types.ts';
import { type Ed448, makeEd448, makeEd448ph } from './ed448/index.ts';
import { type Group448, makeGroup448 } from './group448.ts';
import { type Hkdf, hkdfSha256, makeHkdfSha512 } from './hash/hkdf.ts';
import { type HmacSha512, makeHmacSha512 } from './hash/hmac.ts';
import { makeSha512, type Sha512 } from './hash/sha512.ts';
import { makeShake256, type Shake256 } from './hash/shake256.ts';
import { type KeyFormats, makeKey } from './key/index.ts';
import { makeOverlay, type Overlay } from './overlay/index.ts';
import { makeShamir, type Shamir } from './shamir/index.ts';
import { makeUdf, type Udf } from './udf/index.ts';
import { makeX448, type X448 } from './x448.ts';

/** The library over some backend. */
export interface Mesh {
  readonly sha512: Sha512;
  readonly shake256: Shake256;
  readonly hmacSha512: HmacSha512;
  readonly hkdfSha512: Hkdf;
  readonly hkdfSha256: Hkdf;
  readonly ed448: Ed448;
  readonly ed448ph: Ed448;
  readonly x448: X448;
  readonly group448: Group448;
  readonly overlay: Overlay;
  readonly shamir: Shamir;
  readonly udf: Udf;
  readonly key: KeyFormats;
}

/** Every primitive and format over the backend that the provider gives. */
export function assemble(p: Provider): Mesh {
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
