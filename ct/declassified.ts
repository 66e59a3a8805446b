/**
 * The exact points where something that follows from secrets becomes public: results of exports that the host looks at. Everything else that
 * leaves the module are octets, which become public when an operation ends.
 */

interface Declassified {
  readonly parameters: number;
  readonly tells: string;
}

/** Exports that give such a number, with the number of their parameters, and what it tells. */
export const declassified: Readonly<Record<string, Declassified>> = {
  faults: { parameters: 0, tells: 'whether a bit of memory has changed by itself' },
  montgomery_multiply: { parameters: 3, tells: 'whether the scalar is zero, which is refused' },
  montgomery_base_multiply: { parameters: 2, tells: 'whether the scalar is zero, which is refused' },
  shamir_evaluate: {
    parameters: 7,
    tells: 'whether a share does not fit its octets: then all coefficients are drawn again',
  },
  shamir_check: { parameters: 2, tells: 'whether a share beyond the quorum lies on the polynomial' },
  shamir_quotient: { parameters: 4, tells: 'whether the combined secret fits its octets' },
  base32_read: { parameters: 2, tells: 'whether a character is neither of the alphabet nor a separator' },
};

/** Exports that leave octets whose highest bit is public: where they lie among the arguments, how many, and what the bits tell. */
export const declassifiedFlags: Readonly<Record<string, { pointer: number; length: number; tells: string }>> = {
  base32_read: { pointer: 0, length: 1, tells: 'which characters carry no bits, as separators' },
};

/**
 * A module in text that calls those exports and leaves their results in a memory of its own: a number in a register cannot be marked, one in
 * memory can, before JavaScript reads it.
 */
export function trampolines(): string {
  const functions = Object.entries(declassified).map(([name, { parameters }]) => {
    const types = parameters === 0 ? '' : '(param' + ' i32'.repeat(parameters) + ')';
    const values = Array.from({ length: parameters }, (_, i) => `(local.get ${i})`).join(' ');
    return [
      `(import "core" "${name}" (func $${name} ${types} (result i32)))`,
      `(func (export "${name}") ${types} (i32.store (i32.const 0) (call $${name} ${values})))`,
    ];
  });
  const text = [0, 1].map((i) => functions.map((lines) => lines[i]).join('\n'));
  return `(module\n${text[0]}\n(memory (export "memory") 1)\n${text[1]}\n)\n`;
}
