/**
 * Uniform Data Fingerprints (draft-hallambaker-mesh-udf), all of it in one object. Not secret shares: see shamir.
 */
import type { Provider } from '../backend/types.ts';
import { makeAuthenticator, type UdfAuthenticator } from './authenticator.ts';
import { makeDerive, type UdfDerive } from './derive.ts';
import { makeDerived, type UdfDerived } from './derived.ts';
import { makeDigest, type UdfDigest } from './digest.ts';
import { makeEarl, type UdfEarl } from './earl.ts';
import { makePublicKeys, type UdfPublicKeys } from './publickey.ts';
import { makeReference, type UdfReference } from './reference.ts';
import { makeSeeds, type UdfSeeds } from './seed.ts';
import { makeSin, type UdfSin } from './sin.ts';
import { makeText, type UdfText } from './text.ts';
import { makeUris, type UdfUris } from './uri.ts';
import { makeValues, type UdfValues } from './value.ts';

export type { AuthenticatorOptions } from './authenticator.ts';
export type { DeriveKeyOptions, DeriveOptions, DerivePrimesOptions, KeyAlgorithm, RsaAlgorithm } from './derive.ts';
export type { DigestAlgorithm, DigestOptions, Generation } from './digest.ts';
export type { Earl, EarlOptions } from './earl.ts';
export type { UdfCurve, UdfPublicKey } from './keyinfo.ts';
export type { WitnessParty } from './reference.ts';
export type { SeedAlgorithm } from './seed.ts';
export type { Sin } from './sin.ts';
export type { FormatOptions, ParsedUdf, ParseOptions } from './text.ts';
export type { UdfUri } from './uri.ts';

/** Uniform Data Fingerprints. */
export interface Udf
  extends UdfText,
    UdfDigest,
    UdfAuthenticator,
    UdfPublicKeys,
    UdfValues,
    UdfSeeds,
    UdfDerive,
    UdfUris,
    UdfEarl,
    UdfSin,
    UdfDerived,
    UdfReference {}

/** {@link Udf} over a backend. */
export function makeUdf(p: Provider): Udf {
  const codec = makeText(p);
  const digests = makeDigest(p, codec);
  const { parse, format, matches } = codec;
  return {
    parse,
    format,
    matches,
    ...digests,
    ...makeAuthenticator(p, codec),
    ...makePublicKeys(codec, digests),
    ...makeValues(codec),
    ...makeSeeds(codec),
    ...makeDerive(p, codec),
    ...makeUris(codec),
    ...makeEarl(codec, digests),
    ...makeSin(codec),
    ...makeDerived(p, codec, digests),
    ...makeReference(p, codec, digests),
  };
}
