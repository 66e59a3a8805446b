/**
 * FROST(Ed448, SHAKE256): the rounds of one signer against one signature and one verification of ours, and whole signatures against @noble.
 * A round signs once, so rounds are made in stock, between samples where it can be helped; the minima do not see it.
 */
import { ed448_FROST as noble } from '@noble/curves/ed448.js';
import type { Frost, FrostShare } from 'mathmesh';
import { type Cast, type Contender, cycle, type Family } from '../contender.ts';
import { octets, signedByMany } from '../inputs.ts';

const message = octets('message', 64);
const STOCK = 64;

/** A key of three shares. */
function setting(frost: Frost) {
  const { publicKey, verifyingShares, shares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
  return { frost, publicKey, verifyingShares, shares: shares as [FrostShare, FrostShare, FrostShare] };
}

type Setting = ReturnType<typeof setting>;

/** Round two of the first of three signers. */
function roundTwo({ frost, shares: [own, ...others] }: Setting): () => unknown {
  const fixed = others.map((share) => frost.commit(share).commitment);
  let stock: ReturnType<Frost['commit']>[] = [];
  return () => {
    if (stock.length === 0) stock = Array.from({ length: STOCK }, () => frost.commit(own));
    const round = stock.pop() as ReturnType<Frost['commit']>;
    return round.sign(message, [round.commitment, ...fixed]);
  };
}

/** Both rounds of two signers and the coordinator. */
function whole({ frost, publicKey, verifyingShares, shares: [one, , three] }: Setting): () => unknown {
  return () => {
    const rounds = [one, three].map((share) => frost.commit(share));
    const commitments = rounds.map((round) => round.commitment);
    const responses = rounds.map((round) => round.sign(message, commitments));
    return frost.aggregate({ publicKey, message, commitments, responses, verifyingShares });
  };
}

/** The same of @noble. */
function nobles() {
  const ids = [1, 2, 3].map((index) => noble.Identifier.fromNumber(index)) as [string, string, string];
  const { public: key, secretShares } = noble.trustedDealer({ min: 2, max: 3 }, ids);
  const secretOf = (id: string) => secretShares[id] as NonNullable<(typeof secretShares)[string]>;
  const [own, ...others] = ids;
  const fixed = others.map((id) => noble.commit(secretOf(id)).commitments);
  const made = noble.commit(secretOf(own));
  return {
    roundOne: () => noble.commit(secretOf(own)),
    roundTwo() {
      // It clears the nonces that it is given.
      const nonces = { hiding: made.nonces.hiding.slice(), binding: made.nonces.binding.slice() };
      return noble.signShare(secretOf(own), key, nonces, [made.commitments, ...fixed], message);
    },
    whole() {
      const signers = [ids[0], ids[2]].map((id) => ({ id, ...noble.commit(secretOf(id)) }));
      const list = signers.map(({ commitments }) => commitments);
      const parts = signers.map(({ id, nonces }) => [id, noble.signShare(secretOf(id), key, nonces, list, message)]);
      return noble.aggregate(key, list, message, Object.fromEntries(parts));
    },
  };
}

/** The rows of FROST. */
export function frostFamily(cast: Cast): Family {
  const settings = [
    { name: 'wasm', own: setting(cast.wasm.frost) },
    { name: 'js', own: setting(cast.js.frost) },
  ];
  const ours = (make: (own: Setting) => () => unknown): Contender[] =>
    settings.map(({ name, own }) => ({ name, call: make(own) }));
  const items = signedByMany(16);
  const { ed448 } = cast.wasm;
  const theirs = nobles();
  return {
    name: 'frost',
    title: 'FROST(Ed448, SHAKE256)',
    rows: [
      {
        id: 'frost/round-one',
        title: 'round one of a signer',
        random: true,
        contenders: [
          ...ours(
            ({ frost, shares: [share] }) =>
              () =>
                frost.commit(share),
          ),
          { name: 'one sign', call: cycle(items, (item) => ed448.sign(item.message, item.secretKey)) },
          { name: 'noble', call: theirs.roundOne },
        ],
      },
      {
        id: 'frost/round-two',
        title: 'round two of a signer, three signers',
        random: true,
        contenders: [
          ...ours(roundTwo),
          {
            name: 'one verify',
            call: cycle(items, (item) => ed448.verify(item.signature, item.message, item.publicKey)),
          },
          { name: 'noble', call: theirs.roundTwo },
        ],
      },
      {
        id: 'frost/whole',
        title: 'a signature of two of three, all steps',
        random: true,
        contenders: [...ours(whole), { name: 'noble', call: theirs.whole }],
      },
    ],
  };
}
