/** The conformance suite on the backends of an engine, in the form that every engine hands back. */
import { backend } from 'mathmesh';
import { runConformance } from 'mathmesh/conformance';

/**
 * @param vectors - where there is no file system, the parsed files by their path
 * @param options - `suite`: only that one; `live`: only on the backend that is live
 */
export function answerOf(vectors, { suite, live = false } = {}) {
  const { name, reason } = backend();
  const backends = name === 'wasm' && !live ? ['wasm', 'js'] : [name];
  const { problems, runs } = runConformance({ vectors, backends, suite });
  return {
    backend: name,
    reason,
    problems,
    runs: runs.map(({ implementation, totals, failures }) => ({ implementation, totals, failures })),
  };
}
