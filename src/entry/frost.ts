/** `mathmesh/frost`: signatures by a quorum over the live backend. */
import { current } from '../backend/select.ts';
import { type Frost, makeFrost } from '../frost/index.ts';
import { makeUnsafeThresholdSignatures, type UnsafeThresholdSignatures } from '../unsafe-signatures/index.ts';

/** FROST (RFC 9591). */
export const frost: Frost = /* @__PURE__ */ makeFrost(current);
/** The scheme of the Mesh drafts, for keys that exist. */
export const unsafeThresholdSignatures: UnsafeThresholdSignatures =
  /* @__PURE__ */ makeUnsafeThresholdSignatures(current);
export {
  type Frost,
  type FrostAggregateOptions,
  type FrostCommitment,
  type FrostCrv,
  type FrostDeal,
  type FrostDealOptions,
  type FrostImportOptions,
  type FrostResponse,
  FrostResponseError,
  type FrostRound,
  type FrostSession,
  type FrostShare,
  type FrostShareOctets,
  type FrostTesting,
  type FrostVerifyingShare,
  type FrostVerifyResponseOptions,
} from '../frost/index.ts';
export type {
  UnsafeBlind,
  UnsafeCombineOptions,
  UnsafeSession,
  UnsafeSessionOptions,
  UnsafeShare,
  UnsafeShareOptions,
  UnsafeSignOptions,
  UnsafeThresholdSignatures,
} from '../unsafe-signatures/index.ts';
