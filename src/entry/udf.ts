/** `mathmesh/udf`: Uniform Data Fingerprints over the live backend. */
import { current } from '../backend/select.ts';
import { makeUdf, type Udf } from '../udf/index.ts';

/** Uniform Data Fingerprints. */
export const udf: Udf = /* @__PURE__ */ makeUdf(current);
export type {
  AuthenticatorOptions,
  DeriveKeyOptions,
  DeriveOptions,
  DerivePrimesOptions,
  DigestAlgorithm,
  DigestOptions,
  Earl,
  EarlOptions,
  FormatOptions,
  Generation,
  KeyAlgorithm,
  ParsedUdf,
  ParseOptions,
  RsaAlgorithm,
  SeedAlgorithm,
  Sin,
  Udf,
  UdfCurve,
  UdfPublicKey,
  UdfUri,
  WitnessParty,
} from '../udf/index.ts';
