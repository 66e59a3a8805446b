/**
 * Why a ciphertext was refused. Internal: what leaves the library is one error for all reasons (an oracle for anybody who can ask twice),
 * which the rooms above make of this one.
 */

/** Names of the DARE specification, sections 6.4 and 7.2, and `tag` for GCM. */
export type RefusalReason = 'unwrap' | 'ciphertext-length' | 'padding' | 'tag';

/** Thrown for a ciphertext that does not open. */
export class Refusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Throws a {@link Refusal}; an expression. */
export function refuse(reason: RefusalReason): never {
  throw new Refusal(reason);
}
