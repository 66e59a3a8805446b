/** `mathmesh/shamir`: secret sharing over the live backend. */
import { current } from '../backend/select.ts';
import { makeShamir, type Shamir } from '../shamir/index.ts';

/** Secret sharing. */
export const shamir: Shamir = /* @__PURE__ */ makeShamir(current);
export type {
  CombineSeedOptions,
  Shamir,
  ShamirTesting,
  ShareGeneration,
  SplitOptions,
  SplitTypedOptions,
} from '../shamir/index.ts';
