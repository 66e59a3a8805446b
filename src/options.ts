/**
 * Option objects and counts: the argument checks that are not about bytes.
 */
import { fail } from './errors.ts';

/** The options given, or none. @throws MeshError `bad_option` when it is not an object */
export function options<T extends object>(value: T | undefined): Partial<T> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) fail('bad_option', 'options must be an object');
  return value;
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
