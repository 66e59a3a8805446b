/**
 * What runs under memcheck: the public API of the product over a tainted backend, a case for each kind of operation on secrets. Results are
 * compared with the JavaScript backend where they are determined.
 */
import type { Backend } from '../../src/backend/types.ts';
import { hashes } from './hashes.ts';
import { keys } from './keys.ts';
import { open } from './open.ts';
import { type Cases, settingOver } from './setting.ts';
import { sharedKeys } from './shared.ts';
import { texts } from './texts.ts';

/** All cases over a backend. */
export function casesOver(backend: Backend): Cases {
  const setting = settingOver(backend);
  return { ...hashes(setting), ...keys(setting), ...sharedKeys(setting), ...texts(setting), ...open(setting) };
}
