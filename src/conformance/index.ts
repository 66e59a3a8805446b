/**
 * The conformance suite: published vectors and errata of the Mathematical Mesh drafts and of the standards below them, for this
 * package and for other implementations, on every platform.
 */
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { type DriverOptions, drive, type Report } from './driver.ts';
import { loadVectors } from './files.ts';
import type { Implementation } from './implementation.ts';
import { implementationOf } from './members.ts';
import { ofBackend } from './ours.ts';
import { suites } from './vectors.ts';

export type { DocumentTotals, Failure, Progress, Report, Run, Totals } from './driver.ts';
export type {
  FingerprintGeneration,
  FrostSigner,
  Implementation,
  KeyCurve,
  PublicCurve,
  SecretCurve,
  SharedForm,
  SharedShare,
  SharingGeneration,
  SigningCurve,
  ThresholdSigner,
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
  /** A folder with vectors in place of the one that the package carries: a path, or a URL with the scheme `file:`. */
  folder?: string | { readonly href: string } | undefined;
  /** The same, read and parsed, by path in the folder: for pages, Workers and bundles, which have no file system. */
  vectors?: Readonly<Record<string, unknown>> | undefined;
}

/** The members of an option that is a list. */
function listOf(value: unknown, name: string): unknown[] {
  return Array.isArray(value) ? Array.from<unknown>(value) : fail('bad_option', `${name} must be an array`);
}

/**
 * Runs the vectors.
 *
 * @param opts - `backends` and `implementations` to run on; `suite`, one of {@link suites}; `slow` for the vectors that take
 *   minutes; `onProgress`, called before each file; `folder` or `vectors` for those to run, which a platform without files needs
 * @returns the report; a vector that fails does not throw. It is not ok when an implementation reproduced nothing
 * @throws MeshError `backend_unavailable` when a backend cannot run here; `bad_option` for an unknown suite or backend, for an
 *   implementation without a name or with unknown members, and for a folder or a listed file that cannot be read
 * @example
 * ```ts
 * import { runConformance } from 'mathmesh/conformance';
 * const report = runConformance({ backends: ['wasm'], suite: 'hash' });
 * console.log(report.ok); // true
 * ```
 * Constant time: no, because the vectors are public.
 */
export function runConformance(opts?: ConformanceOptions): Report {
  const { implementations = [], backends, folder, vectors, suite, slow = false, onProgress } = options(opts);
  const others = listOf(implementations, 'implementations').map(implementationOf);
  const own = listOf(backends ?? (others.length > 0 ? [] : ['wasm', 'js']), 'backends').map(ofBackend);
  if (suite !== undefined && !suites.includes(suite)) fail('bad_option', `a suite is one of ${suites.join(', ')}`);
  if (onProgress !== undefined && typeof onProgress !== 'function') fail('bad_option', 'onProgress must be a function');
  return drive(loadVectors({ folder, vectors }), [...own, ...others], {
    suite,
    slow: flag(slow, 'slow'),
    onProgress,
  });
}
