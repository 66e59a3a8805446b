/** The host code of the WASM backend over exports that are not those of the package. */
import type { Backend } from '../src/backend/types.ts';
import type { Abi } from '../src/backend/wasm/abi.ts';
import { base32Operations } from '../src/backend/wasm/base32.ts';
import { Core } from '../src/backend/wasm/core.ts';
import { ed448Operations } from '../src/backend/wasm/ed448.ts';
import { frameOperations } from '../src/backend/wasm/frame.ts';
import { groupOperations } from '../src/backend/wasm/group.ts';
import { hashOperations } from '../src/backend/wasm/hash.ts';
import { sharingOperations } from '../src/backend/wasm/shamir.ts';

/** All operations over a core. */
export function backendOver(core: Core): Backend {
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

/** All operations over exports, nothing marked. */
export function untainted(abi: Abi): Backend {
  return backendOver(new Core(abi));
}
