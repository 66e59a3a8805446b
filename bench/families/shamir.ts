/**
 * Secret sharing, 3 of 5: ours from octets to texts and back. What the libraries of npm do instead is said in ../peers/sharing.ts.
 */
import type { Cast, Contender, Family } from '../contender.ts';
import { octets } from '../inputs.ts';
import { fingerprint } from '../same.ts';

/** One way to share: what each row does with it. */
interface Party {
  name: string;
  split(): unknown;
  combine(): unknown;
  recovered(): Promise<Uint8Array> | Uint8Array;
}

/** The rows of secret sharing. @throws Error when somebody does not recover the secret */
export async function shamirFamily(cast: Cast): Promise<Family> {
  const secret = octets('shared', 32);
  const own = (['wasm', 'js'] as const).map((name): Party => {
    const { shamir } = cast[name];
    const three = shamir.split(secret, { shares: 5, quorum: 3 }).slice(1, 4);
    const combine = () => shamir.combine(three);
    return {
      name,
      split: () => shamir.split(secret, { shares: 5, quorum: 3 }),
      combine,
      recovered: combine,
    };
  });
  const parties: Party[] = [...own, ...((await cast.sharing?.(secret)) ?? [])];
  for (const { name, recovered } of parties) {
    if (fingerprint(await recovered()) !== fingerprint(secret)) throw new Error(`${name} does not recover the secret`);
  }
  /** Shares are random and promises say nothing, so results have been compared above. */
  const row = (id: string, title: string, call: (party: Party) => () => unknown) => ({
    id: `shamir/${id}`,
    title,
    random: true as const,
    contenders: parties.map((party): Contender => ({ name: party.name, call: call(party) })),
  });
  return {
    name: 'shamir',
    title: 'Secret sharing',
    rows: [
      row('split', 'split 32 B, 3 of 5', ({ split }) => split),
      row('combine', 'combine 3 shares of 32 B', ({ combine }) => combine),
      row('both', 'split and combine', ({ split, combine }) => () => [split(), combine()]),
    ],
  };
}
