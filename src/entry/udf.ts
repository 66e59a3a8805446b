/** `mathmesh/udf`: Uniform Data Fingerprints over the live backend. */
import { current } from '../backend/select.ts';
import { makeUdf, type Udf } from '../udf/index.ts';

/** Uniform Data Fingerprints. */
export const udf: Udf = /* @__PURE__ */ makeUdf(current);
export type * from '../udf/index.ts';
