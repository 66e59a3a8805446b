/**
 * Seeds and contributions derived from one activation seed, drafts of 2020 and later (Mesh key combination, section 4.3).
 * Not for key overlays of 2019, whose contribution is transmitted.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import type { Udf } from '../udf/index.ts';
import type { Crv } from './curve.ts';

const keyTypes = ['Base', 'Activation', 'Complete'] as const;
const actors = ['Device', 'Account', 'Service', 'Host', 'Member'] as const;

/** The curve of a key for each of its uses, unless another is asked for. */
const curves = {
  Encrypt: 'X448',
  Sign: 'Ed448',
  Authenticate: 'X448',
  Profile: 'Ed448',
  AdminSign: 'Ed448',
  AdminEncrypt: 'X448',
  Escrow: 'X448',
} as const satisfies Record<string, Crv>;

/** What a derived key is: a device's own, a contribution, or an account's master. */
export type KeyType = (typeof keyTypes)[number];
/** Whose key it is. */
export type Actor = (typeof actors)[number];
/** What the key is for. */
export type Operation = keyof typeof curves;

/** Which key to derive from an activation seed. */
export interface ContributionOptions {
  /** What the key is for; it also decides the curve. */
  operation: Operation;
  /** Whose key it is; `Device` by default. */
  actor?: Actor;
  /** `info`: with label, since October 2020, the default. `salt`: before, one seed for all operations. */
  form?: 'info' | 'salt';
}

/** What to derive, and for which curve. */
export interface DeriveSeedOptions extends ContributionOptions {
  /** What the derived key is; `Activation`, a contribution, by default. */
  keyType?: KeyType;
  /** The curve whose secret key is wanted; that of the operation by default. */
  crv?: Crv;
}

/** The curve of a use. @throws MeshError `bad_option` */
function curveFor(operation: unknown): Crv {
  if (typeof operation !== 'string' || !Object.hasOwn(curves, operation)) fail('bad_option', 'operation');
  return curves[operation as Operation];
}

/** The secret octets of one derived key. Label and algorithm code enter HKDF as the UDF room has it. */
export function deriveSeed(udf: Udf, seedText: string, given: Partial<DeriveSeedOptions>): Uint8Array {
  const { keyType = 'Activation', actor = 'Device', operation, form = 'info', crv } = options(given);
  const ofUse = curveFor(operation);
  const algorithm = crv ?? ofUse;
  if (algorithm !== 'Ed448' && algorithm !== 'X448') fail('unsupported_algorithm', 'crv');
  if (!keyTypes.includes(keyType)) fail('bad_option', 'keyType');
  if (!actors.includes(actor)) fail('bad_option', 'actor');
  const keyName = form === 'salt' ? '' : `${keyType}${actor}${operation}`;
  return udf.deriveKey(seedText, { form, algorithm, keyName });
}

/** The operation of a contribution. @throws MeshError `bad_option` for `Profile`, whose key is never combined */
export function contributionCurve(operation: unknown): Crv {
  if (operation === 'Profile') fail('bad_option', 'a Profile key is never combined');
  return curveFor(operation);
}
