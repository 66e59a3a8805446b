/**
 * A share for the signatures of the Mesh drafts, with at most one open session. Not for FROST, whose shares may sign concurrently.
 */
import { settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { FrostCrv, Suite } from '../frost/suite.ts';

/** What a share is made of. */
export interface UnsafeShareParts {
  suite: Suite;
  scalar: Uint8Array;
  /** The key that the shares make. */
  publicKey: Uint8Array;
  /** Of a Shamir share. */
  index: number | undefined;
}

interface Held extends UnsafeShareParts {
  state: 'idle' | 'in session' | 'destroyed';
}

/** Kept beside the object, so that nobody who has it can reach them. */
const heldBy = new WeakMap<UnsafeShare, Held>();

const held = (share: UnsafeShare): Held =>
  heldBy.get(share) ?? fail('bad_option', 'share is not a share of this scheme');

/** A share of a signing key. Its scalar is wiped by `destroy`. */
export class UnsafeShare {
  /** The curve of the key. */
  readonly crv: FrostCrv;
  /** The participant, or nothing for the share of a sum. */
  readonly index: number | undefined;

  /** @internal Takes over the scalar, which is wiped. */
  constructor(parts: UnsafeShareParts) {
    this.crv = parts.suite.crv;
    this.index = parts.index;
    heldBy.set(this, { ...parts, scalar: settle(parts.scalar), state: 'idle' });
  }

  /** Wipes the scalar; every later use of the share throws `destroyed`. */
  destroy(): void {
    const own = held(this);
    own.state = 'destroyed';
    wipe(own.scalar);
  }

  /** @throws MeshError `not_serializable` */
  toJSON(): never {
    return fail('not_serializable', 'a share');
  }
}

/** The parts of a share. @throws MeshError `bad_option`, `destroyed` */
export function partsOf(share: UnsafeShare): UnsafeShareParts {
  const own = held(share);
  return own.state === 'destroyed' ? fail('destroyed') : own;
}

/** Takes the share for one session. @throws MeshError `bad_option`, `destroyed`, `session_open` */
export function enter(share: UnsafeShare): UnsafeShareParts {
  const own = held(share);
  if (own.state === 'destroyed') fail('destroyed');
  if (own.state === 'in session') fail('session_open');
  own.state = 'in session';
  return own;
}

/** Gives the share back. */
export function leave(share: UnsafeShare): void {
  const own = held(share);
  if (own.state === 'in session') own.state = 'idle';
}
