/** All operations over one instance of the module. Not for finding, compiling and instantiating it (index.ts). */
import type { Backend } from '../types.ts';
import type { Abi } from './abi.ts';
import { base32Operations } from './base32.ts';
import { Core } from './core.ts';
import { ed448Operations } from './ed448.ts';
import { frameOperations } from './frame.ts';
import { groupOperations } from './group.ts';
import { hashOperations } from './hash.ts';
import { sharingOperations } from './shamir.ts';

/** @param pristine - gives the memory of a fresh instance, for when that of this one has changed by a fault */
export function backendOver(abi: Abi, pristine: () => ArrayBuffer): Backend {
  return backendOf(new Core(abi, pristine));
}

/** All operations over a core. */
export function backendOf(core: Core): Backend {
  return {
    name: 'wasm',
    ...hashOperations(core),
    ...ed448Operations(core),
    ...groupOperations(core),
    ...base32Operations(core),
    ...sharingOperations(core),
    ...frameOperations(core),
  };
}
