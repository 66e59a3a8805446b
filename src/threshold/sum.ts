/**
 * Sums of points in which the identity may come up on the way: it is `undefined`, since X curves cannot write it. Not for the rules
 * about what may be added: points are valid here.
 */
import { MeshError } from '../errors.ts';
import type { Group } from './group.ts';
import { subtract } from './scalar.ts';
import { scoped } from './scope.ts';

/** A point, or the identity. */
export type Sum = Uint8Array | undefined;

/** A result that may be the identity. */
function identityAsUndefined(compute: () => Uint8Array): Sum {
  try {
    return compute();
  } catch (error) {
    if (error instanceof MeshError && error.code === 'identity_result') return undefined;
    throw error;
  }
}

/** a + b in fresh octets: who wipes a term does not wipe the sum. */
export function plus(group: Group, a: Sum, b: Sum): Sum {
  if (a === undefined || b === undefined) return (a ?? b)?.slice();
  return identityAsUndefined(() => group.plus(a, b));
}

export function times(group: Group, scalar: Uint8Array, point: Sum): Sum {
  return point === undefined ? undefined : identityAsUndefined(() => group.times(scalar, point));
}

export function baseTimes(group: Group, scalar: Uint8Array): Sum {
  return identityAsUndefined(() => group.base(scalar));
}

export function sumOf(group: Group, points: readonly Sum[]): Sum {
  return points.reduce<Sum>((sum, point) => plus(group, sum, point), undefined);
}

/** s P as s_1 P + (s - s_1) P for a uniform s_1, so that no multiplication sees s (threshold keys, section A7); P is the base point by default. */
export function splitTimes(group: Group, scalar: Uint8Array, blind: Uint8Array, point?: Uint8Array): Sum {
  return scoped((secret) => {
    const parts = [blind, secret(subtract(group, scalar, blind))].map((part) =>
      point === undefined ? baseTimes(group, part) : times(group, part, point),
    );
    for (const part of parts) if (part !== undefined) secret(part);
    return sumOf(group, parts);
  });
}
