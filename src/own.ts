/**
 * Own members of objects that come from outside. Not for option objects, whose defaults may be inherited.
 */

/** An own member, read once; `undefined` for an inherited one, so that a polluted prototype adds nothing. */
export function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
