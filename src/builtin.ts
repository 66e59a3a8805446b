/**
 * The built-in modules of Node where they are (Node, Deno, Bun), without an import that other platforms could not resolve.
 */

/** Those that are asked for. */
interface Builtins {
  'node:crypto': typeof import('node:crypto');
  'node:fs': typeof import('node:fs');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
  'node:url': typeof import('node:url');
  'node:worker_threads': typeof import('node:worker_threads');
}

/** A built-in module, or nothing. */
export function builtin<N extends keyof Builtins>(name: N): Builtins[N] | undefined {
  return typeof process === 'undefined' ? undefined : (process.getBuiltinModule?.(name) as Builtins[N] | undefined);
}
