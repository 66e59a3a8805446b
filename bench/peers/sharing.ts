/**
 * Secret sharing by the libraries of npm, in one shape. None of them is the same thing as ours: all three compute octet by octet in GF(256) with
 * tables, which an attacker who shares the cache can watch; none checks shares beyond the quorum, and none writes a text that a person could copy.
 *
 * shamir-secret-sharing gives octets and is declared `async`, but works before it returns: its promise is not waited for, in its favour.
 * secrets.js-grempe takes and gives hexadecimal; turning octets into it is not counted. shamirs-secret-sharing takes and gives Buffers.
 */
import grempe from 'secrets.js-grempe';
import * as privy from 'shamir-secret-sharing';
// @ts-expect-error: has no types
import untyped from 'shamirs-secret-sharing';

const shamirs = untyped as {
  split(secret: Uint8Array, options: { shares: number; threshold: number }): Uint8Array[];
  combine(shares: readonly Uint8Array[]): Uint8Array;
};

/** A library and what it works on. */
export interface SharingPeer {
  name: string;
  /** 3 of 5. */
  split(): unknown;
  /** Three of the shares. */
  combine(): unknown;
  /** The recovered octets, for comparison. */
  recovered(): Promise<Uint8Array>;
}

/** The libraries, with a secret that they have shared. */
export async function sharingPeers(secret: Uint8Array): Promise<SharingPeer[]> {
  const hex = Buffer.from(secret).toString('hex');
  const [octets, texts] = [(await privy.split(secret, 5, 3)).slice(1, 4), grempe.share(hex, 5, 3).slice(1, 4)];
  const options = { shares: 5, threshold: 3 };
  const buffers = shamirs.split(secret, options).slice(1, 4);
  return [
    {
      name: 'shamir-secret-sharing',
      split: () => privy.split(secret, 5, 3),
      combine: () => privy.combine(octets),
      recovered: () => privy.combine(octets),
    },
    {
      name: 'secrets.js-grempe',
      split: () => grempe.share(hex, 5, 3),
      combine: () => grempe.combine(texts),
      recovered: async () => Uint8Array.from(Buffer.from(grempe.combine(texts), 'hex')),
    },
    {
      name: 'shamirs-secret-sharing',
      split: () => shamirs.split(secret, options),
      combine: () => shamirs.combine(buffers),
      recovered: async () => Uint8Array.from(shamirs.combine(buffers)),
    },
  ];
}
