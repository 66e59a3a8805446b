/** `mathmesh/group448`: scalars and points of edwards448 over the live backend. */
import { current } from '../backend/select.ts';
import { type Group448, makeGroup448 } from '../group448.ts';

/** The group behind Ed448. */
export const group448: Group448 = /* @__PURE__ */ makeGroup448(current);
export type { Group448 } from '../group448.ts';
