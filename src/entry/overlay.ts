/** `mathmesh/overlay`: combined keys over the live backend. */
import { current } from '../backend/select.ts';
import { makeOverlay, type Overlay } from '../overlay/index.ts';

/** Mesh key combination. */
export const overlay: Overlay = /* @__PURE__ */ makeOverlay(current);
export type {
  ActivateOptions,
  ActivatePublicKeyOptions,
  Actor,
  Announced,
  ComposeOptions,
  CompositeKey,
  CompositeSignOptions,
  ContributionOptions,
  Crv,
  DeriveSeedOptions,
  KeyType,
  Operation,
  Overlay,
  PublicNonceOptions,
  PublicOperand,
  SecretForm,
  SecretOperand,
} from '../overlay/index.ts';
