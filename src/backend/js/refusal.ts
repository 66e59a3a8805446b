/**
 * The refusals of @noble/curves that have a meaning in the contract, told apart by their text: they have no code. Not for any other
 * error, which must stay visible.
 */

/** Whether an error is this refusal of the library, whose version is pinned. */
export function refuses(error: unknown, message: string): boolean {
  return error instanceof Error && error.message === message;
}
