/**
 * Option objects and counts: the argument checks that are not about bytes.
 */
import { fail } from './errors.ts';

/** No options. Frozen, and like every object of {@link options} without a prototype. */
const none: object = /* @__PURE__ */ Object.freeze(Object.create(null));

/** Whether an object is an object literal of any realm: what has another prototype keeps members there, which nobody would read. */
export function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * The options given, or none: a copy of the own members, each read once. The copy has no prototype, so that nothing written to
 * `Object.prototype` passes for an option. Getters of the caller run in here and never later: call it before checking octets.
 *
 * @throws MeshError `bad_option` when it is not a plain object; octets or an array in its place are a mistake, not an empty set of options
 */
export function options<T extends object>(value: T | undefined): Partial<T> {
  if (value === undefined) return none as Partial<T>;
  if (typeof value !== 'object' || value === null || !isPlain(value))
    fail('bad_option', 'options must be a plain object');
  return Object.assign(Object.create(null), value);
}

/** A number of octets within bounds. @throws MeshError `bad_length` */
export function octetCount(value: unknown, name: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    fail('bad_length', `${name} must be an integer from ${least} to ${most}`);
  }
  return value;
}

/** An option that is true or false. @throws MeshError `bad_option` */
export function flag(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') fail('bad_option', `${name} must be true or false`);
  return value;
}
