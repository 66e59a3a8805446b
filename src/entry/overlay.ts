/** `mathmesh/overlay`: combined keys over the live backend. */
import { current } from '../backend/select.ts';
import { makeOverlay, type Overlay } from '../overlay/index.ts';

/** Mesh key combination. */
export const overlay: Overlay = /* @__PURE__ */ makeOverlay(current);
export type * from '../overlay/index.ts';
