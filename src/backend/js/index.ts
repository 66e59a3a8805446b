/**
 * The JavaScript backend: the contract on @noble/curves and @noble/hashes. It runs wherever JavaScript with BigInt runs and is
 * the readable statement of what every backend must give.
 */
import type { Backend, Provider } from '../types.ts';
import { base32 } from './base32.ts';
import { signatures } from './ed448.ts';
import { edwards } from './edwards.ts';
import { framing } from './frame.ts';
import { hashes } from './hash.ts';
import { montgomery } from './montgomery.ts';
import { scalars } from './scalar.ts';
import { sharing } from './shamir.ts';
import { agreement } from './x448.ts';

export const jsBackend: Backend = {
  name: 'js',
  ...hashes,
  ...signatures,
  ...agreement,
  ...scalars,
  ...edwards,
  ...montgomery,
  ...sharing,
  ...framing,
  ...base32,
};

/** Always the JavaScript backend. */
export const jsProvider: Provider = () => jsBackend;
