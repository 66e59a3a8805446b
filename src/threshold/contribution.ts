/**
 * Agreement with a key whose parts stay where they are: every holder multiplies the peer's key, and the sum is the agreement value
 * (threshold keys, section A4). Not the key derivation that follows, and no transport.
 */
import type { Provider } from '../backend/types.ts';
import { copied, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { type Group, type GroupName, groupOf } from './group.ts';
import { checkDistinct } from './polynomial.ts';
import { holds, proofLength, prove } from './proof.ts';
import { commonGroup, objectOf, pointOctets, pointOf, readList } from './read.ts';
import {
  indexOf,
  randomScalar,
  readSecret,
  type SharedSecret,
  type ShareIndex,
  secretScalar,
  shareScalar,
} from './scalar.ts';
import { scoped } from './scope.ts';
import { type KeyShare, readShare, weightAmong } from './share.ts';
import { baseTimes, splitTimes, sumOf, times } from './sum.ts';

/** What one holder gives to an agreement. */
export interface Contribution {
  readonly crv: GroupName;
  /** The index of the share; none where every part is needed. */
  readonly index?: ShareIndex;
  /** The indexes of all shares that take part; none where every part is needed. */
  readonly indexes?: readonly ShareIndex[];
  /** The point, on X curves with its sign; secret, since all of them together are the agreement value. */
  readonly point: Uint8Array;
  /** Two scalars that show that the point belongs to the holder's public key. */
  readonly proof?: Uint8Array;
}

/** Options of a contribution. */
export interface ContributeOptions {
  /** For a share of a quorum: the indexes of all shares that take part, its own among them. */
  indexes?: readonly ShareIndex[];
  /** Whether to prove the contribution; false by default. It takes three more multiplications. */
  prove?: boolean;
  /** Whether to split the secret at random and multiply twice, against observers of power or radiation; false by default. */
  blind?: boolean;
}

/** What multiplies the peer's key: the scalar of a part, or of a share with the set that it is used in. */
interface Holder {
  readonly group: Group;
  readonly scalar: () => Uint8Array;
  readonly index?: unknown;
}

function readHolder(p: Provider, secret: SharedSecret | KeyShare, indexes: readonly unknown[] | undefined): Holder {
  if (!('index' in objectOf(secret, 'secret'))) {
    if (indexes !== undefined) fail('bad_option', 'indexes are for shares of a quorum');
    const read = readSecret(p, secret as SharedSecret, 'secret');
    return { group: read.group, scalar: () => secretScalar(read, 'secret') };
  }
  const { group, quorum, index, scalar } = readShare(p, secret as KeyShare);
  if (indexes === undefined) fail('bad_option', 'a share needs the indexes of all shares that take part');
  if (indexes.length < quorum) fail('insufficient_shares', `${indexes.length} indexes for a quorum of ${quorum}`);
  return { group, index, scalar: () => copied(shareScalar(group, scalar, 'share')) };
}

function one(group: Group): Uint8Array {
  return group.reduce(Uint8Array.of(1));
}

export function contribute(
  p: Provider,
  secret: SharedSecret | KeyShare,
  peer: unknown,
  given: ContributeOptions | undefined,
): Contribution {
  const read = options(given);
  const { prove: proving = false, blind = false } = read;
  flag(proving, 'prove');
  flag(blind, 'blind');
  const indexes = read.indexes === undefined ? undefined : readList(read.indexes, 'indexes', 2, (x) => x);
  const { group, index, scalar } = readHolder(p, secret, indexes);
  const weight = indexes === undefined ? one(group) : weightAmong(group, index, indexes);
  return scoped((mark) => {
    const own = mark(scalar());
    const E = pointOctets(group, peer, 'peer');
    const witness = mark(group.multiply(own, weight));
    const point = blind ? splitTimes(group, witness, mark(randomScalar(group)), E) : times(group, witness, E);
    const publicKey = () =>
      (blind ? splitTimes(group, own, mark(randomScalar(group))) : baseTimes(group, own)) ?? fail('identity_result');
    if (point === undefined) fail('point_at_infinity');
    const member = indexes === undefined ? {} : { index: index as ShareIndex, indexes };
    const statement = { weight, peer: E, point };
    const proof = proving ? { proof: prove(p, group, { ...statement, publicKey: publicKey() }, witness) } : {};
    return { crv: group.crv, ...member, point, ...proof };
  });
}

/** A contribution that has been read: the set is consistent in itself, the octets have not been checked. */
interface ReadContribution {
  readonly group: Group;
  readonly index: unknown;
  readonly indexes: readonly unknown[] | undefined;
  readonly point: unknown;
  readonly proof: unknown;
}

function readContribution(p: Provider, contribution: Contribution): ReadContribution {
  const { crv, index, indexes, point, proof } = objectOf(contribution, 'contribution');
  const set = indexes === undefined ? undefined : readList(indexes, 'indexes', 2, (x) => x);
  if ((set === undefined) !== (index === undefined)) fail('bad_option', 'index and indexes belong together');
  return { group: groupOf(p, crv), index, indexes: set, point, proof };
}

export function verifyContribution(p: Provider, given: Contribution, peer: unknown, publicKey: unknown): boolean {
  const { group, index, indexes, point, proof } = readContribution(p, given);
  const weight = indexes === undefined ? one(group) : weightAmong(group, index, indexes);
  if (proof === undefined) return false;
  const octets = sized(proof, 'proof', 'bad_length', proofLength(group)).slice();
  const statement = {
    weight,
    publicKey: pointOctets(group, publicKey, 'publicKey'),
    peer: pointOctets(group, peer, 'peer'),
    point: pointOctets(group, point, 'contribution'),
  };
  group.scalar(octets.subarray(0, group.scalarLength), 'proof');
  group.scalar(octets.subarray(group.scalarLength), 'proof');
  return holds(p, group, statement, octets);
}

/** Either no contribution is of a share, or each index of one set has its contribution. */
function checkSet(group: Group, contributions: readonly ReadContribution[]): void {
  const sets = contributions.map(({ indexes }) => indexes?.map((x) => indexOf(group, x)));
  const [first] = sets;
  if (sets.some((set) => (set === undefined) !== (first === undefined))) fail('inconsistent_shares');
  if (first === undefined) return;
  checkDistinct(first);
  const same = (set: readonly bigint[] = []) => set.length === first.length && set.every((x) => first.includes(x));
  const own = contributions.map(({ index }) => indexOf(group, index));
  checkDistinct(own);
  for (const set of sets) {
    checkDistinct(set ?? []);
    if (!same(set)) fail('inconsistent_shares', 'the contributions are for different sets of shares');
  }
  if (!own.every((x) => first.includes(x))) fail('inconsistent_shares', 'a contribution from outside the set');
  if (own.length < first.length) fail('insufficient_shares', `${own.length} contributions of ${first.length}`);
}

/** What the sum of the points gives to a key derivation: on X curves u without the sign. */
export function complete(p: Provider, given: readonly Contribution[]): Uint8Array {
  const contributions = readList(given, 'contributions', 2, (item) => readContribution(p, item));
  const group = commonGroup(
    p,
    contributions.map((item) => item.group.crv),
  );
  checkSet(group, contributions);
  return scoped((secret) => {
    const points = contributions.map(({ point }, i) => secret(pointOf(group, point, `contribution ${i}`)));
    const sum = sumOf(group, points) ?? fail('point_at_infinity');
    return copied(secret(sum).subarray(0, group.agreementLength));
  });
}
