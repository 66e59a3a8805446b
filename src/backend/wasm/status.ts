/** The status of a point operation, as assembly/status.ts numbers it, turned into the error it stands for. */
import { type ErrorCode, fail } from '../../errors.ts';

const codes: readonly (ErrorCode | undefined)[] = [
  undefined,
  'noncanonical_encoding',
  'not_on_curve',
  'small_order_base',
  'not_in_prime_order_subgroup',
  'identity_result',
];

/** Throws unless the status is 0, also for one that the module does not have. */
export function check(status: number): void {
  if (status !== 0) fail(codes[status] ?? 'backend_unavailable', codes[status] ? undefined : `status ${status}`);
}
