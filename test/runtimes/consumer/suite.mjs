/** The conformance suite on the backends of an engine, in the form that every engine hands back. */
import { backend } from 'mathmesh';
import { runConformance } from 'mathmesh/conformance';

/** @param vectors - where there is no file system, the parsed files by their path */
export function suite(vectors) {
  const live = backend();
  const { problems, runs } = runConformance({ vectors, backends: live.name === 'wasm' ? ['wasm', 'js'] : ['js'] });
  return {
    backend: live.name,
    reason: live.reason,
    problems,
    runs: runs.map(({ implementation, totals, failures }) => ({ implementation, totals, failures })),
  };
}
