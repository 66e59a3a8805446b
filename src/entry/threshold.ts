/** `mathmesh/threshold`: keys held by many, and recryption, over the live backend. */
import { current } from '../backend/select.ts';
import { makeRecryption, type Recryption } from '../recryption/index.ts';
import { makeThreshold, type Threshold } from '../threshold/index.ts';

/** Keys held by many. */
export const threshold: Threshold = /* @__PURE__ */ makeThreshold(current);
/** Keys of groups, opened by a member and a service. */
export const recryption: Recryption = /* @__PURE__ */ makeRecryption(current);
export type {
  Dh2017,
  DhGroup,
  DhShare,
  Recryption,
  RecryptionGroup,
  RecryptionMember,
  RecryptionService,
} from '../recryption/index.ts';
export type {
  ContributeOptions,
  Contribution,
  GroupName,
  KeyShare,
  SharedSecret,
  SharedSecretForm,
  ShareIndex,
  Sharing,
  Threshold,
} from '../threshold/index.ts';
