/**
 * Bounds on what a reader accepts (DARE specification, section 25), each checked before anything is allocated or computed by it.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';

/** What a reader accepts at most. */
export interface DareLimits {
  /** Octets of a header or trailer. Default: 1 MiB. */
  header?: number;
  /** Levels of nesting in a header or trailer. Default: 64. */
  depth?: number;
  /** Default: 1,024. */
  recipients?: number;
  /** Default: 64. */
  signatures?: number;
  /** Default: 4,096. */
  annotations?: number;
  /** Octets of a salt, which has at least 16. Default: 1,024. */
  salt?: number;
  /** Octets of a payload as carried. Default: what the platform can hold. */
  payload?: number;
}

const defaults: Required<DareLimits> = {
  header: 1 << 20,
  depth: 64,
  recipients: 1024,
  signatures: 64,
  annotations: 4096,
  salt: 1024,
  payload: Number.MAX_SAFE_INTEGER,
};

/** The bounds in force. @throws MeshError `bad_option` for an unknown name or a value that is no count */
export function limitsOf(given: DareLimits | undefined): Required<DareLimits> {
  const read = options(given);
  const limits = { ...defaults };
  for (const [name, value] of Object.entries(read)) {
    if (!Object.hasOwn(defaults, name)) fail('bad_option', `limits.${name}`);
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 0) fail('bad_option', `limits.${name} must be an integer from 0`);
    limits[name as keyof DareLimits] = value;
  }
  return limits;
}
