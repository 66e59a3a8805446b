/**
 * The conformance suite: published vectors and errata of the Mathematical Mesh drafts and of the standards below them, for this
 * package and for other implementations. Not for browsers: the vectors are files.
 */
import { assemble } from '../assemble.ts';
import { jsBackend } from '../backend/js/index.ts';
import { wasmBackend } from '../backend/wasm/index.ts';
import { fail } from '../errors.ts';
import { type DriverOptions, drive, type Report } from './driver.ts';
import { loadVectors } from './files.ts';
import type { Implementation } from './implementation.ts';
import { fromMesh } from './mesh.ts';
import { suites } from './vectors.ts';

export type { DocumentTotals, Failure, Progress, Report, Run, Totals } from './driver.ts';
export type {
  FingerprintGeneration,
  Implementation,
  KeyCurve,
  PublicCurve,
  SecretCurve,
  UdfValue,
} from './implementation.ts';
export { formatReport } from './report.ts';
export type { Suite } from './vectors.ts';
export { suites };

/** What to run the vectors on. */
export interface ConformanceOptions extends DriverOptions {
  /** Backends of this package; both by default, unless implementations are given. */
  backends?: readonly ('wasm' | 'js')[] | undefined;
  /** Other implementations. */
  implementations?: readonly Implementation[] | undefined;
  /** A folder with vectors in place of the one that the package carries. */
  folder?: URL | undefined;
}

/** A backend of this package as an implementation. */
function ofBackend(name: 'wasm' | 'js'): Implementation {
  if (name !== 'wasm' && name !== 'js') fail('bad_option', `backend ${String(name)}`);
  const backend = name === 'wasm' ? wasmBackend() : jsBackend;
  return fromMesh(
    assemble(() => backend),
    backend,
  );
}

/**
 * Runs the vectors.
 *
 * @param options - `backends` and `implementations` to run on; `suite`, one of {@link suites}; `slow` for the vectors that take
 *   minutes; `onProgress`, called before each file
 * @returns the report; a vector that fails does not throw
 * @throws MeshError `backend_unavailable` when a backend cannot run here, `bad_option` for an unknown suite or backend
 * @example
 * ```ts
 * import { runConformance } from 'mathmesh/conformance';
 * const report = runConformance({ backends: ['wasm'], suite: 'hash' });
 * console.log(report.ok); // true
 * ```
 * Constant time: no, because the vectors are public.
 */
export function runConformance(options: ConformanceOptions = {}): Report {
  const { implementations = [], folder, suite, slow, onProgress } = options;
  const backends = options.backends ?? (implementations.length > 0 ? [] : (['wasm', 'js'] as const));
  if (suite !== undefined && !suites.includes(suite)) fail('bad_option', `suite ${String(suite)}`);
  return drive(loadVectors(folder), [...backends.map(ofBackend), ...implementations], { suite, slow, onProgress });
}
