/**
 * A share of a signing key: the secret of one participant, held until `destroy`. Not for the nonces of a signature: see round.ts.
 */
import { settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { FrostCrv, Suite } from './suite.ts';

/** What a share is made of. */
export interface ShareParts {
  suite: Suite;
  index: number;
  quorum: number;
  /** The scalar f(index). */
  secret: Uint8Array;
  /** The key of the group. */
  publicKey: Uint8Array;
  /** f(index) B. */
  verifyingShare: Uint8Array;
}

/** Kept beside the object, so that nobody who has it can reach them. */
const partsOf = new WeakMap<FrostShare, ShareParts>();

/** A share of a signing key. Its secret is wiped by `destroy`, and comes out only through `frost.exportShare`. */
export class FrostShare {
  /** The curve of the key. */
  readonly crv: FrostCrv;
  /** The participant, 1 to 65,535. */
  readonly index: number;
  /** Participants that a signature takes. */
  readonly quorum: number;

  /** @internal Takes over the secret, which is wiped. */
  constructor(parts: ShareParts) {
    this.crv = parts.suite.crv;
    this.index = parts.index;
    this.quorum = parts.quorum;
    partsOf.set(this, { ...parts, secret: settle(parts.secret) });
  }

  /** The key of the group: 57 octets for Ed448, 32 for Ed25519; a fresh copy each time. */
  get publicKey(): Uint8Array {
    return (partsOf.get(this) as ShareParts).publicKey.slice();
  }

  /** The public key of this share, with which its responses are verified; a fresh copy each time. */
  get verifyingShare(): Uint8Array {
    return (partsOf.get(this) as ShareParts).verifyingShare.slice();
  }

  /** Wipes the secret; every later use of the share throws `destroyed`. */
  destroy(): void {
    const { secret } = partsOf.get(this) as ShareParts;
    wipe(secret);
    destroyed.add(this);
  }

  /** @throws MeshError `not_serializable`: shares are stored through `frost.exportShare`, on purpose */
  toJSON(): never {
    return fail('not_serializable', 'a share');
  }
}

const destroyed = new WeakSet<FrostShare>();

/** The parts of a share. @throws MeshError `bad_option` for what is no share, `destroyed` */
export function openShare(share: FrostShare): ShareParts {
  const parts = partsOf.get(share);
  if (parts === undefined) fail('bad_option', 'share is not a share of this library');
  if (destroyed.has(share)) fail('destroyed');
  return parts;
}
