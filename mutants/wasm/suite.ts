/**
 * The tests that are run on mutants: those of the project that reach the module and take no more than seconds. Not here: tests that start threads,
 * processes or compilers, and those that put another module in the place of vitest's.
 */
import { file, tests } from './vitest.ts';

/**
 * Left out: tests of the other backend, of a report, of what the host hands to threads; one that takes a function out of the module; and those that take
 * many seconds, so that what only they find counts as alive.
 */
const leftOut = new RegExp(
  [
    '\\bjs\\b',
    'is named in the report',
    'would hold something if scratch',
    'handed to workers',
    'tell the order of a point from its coordinates',
    'have the values of the definition for every length',
    'takes exactly the 58 characters of the alphabet',
    'any quorum signs, in any company',
    'more signers than the module sums at once',
    'nothing but errors with a code comes of any text',
    'of the four cosets of',
  ].join('|'),
);

/** Reads the test files. */
export async function collect(): Promise<void> {
  await file('backend/base32', () => import('../../test/backend/base32.test.ts'));
  await file('backend/batch', () => import('../../test/backend/batch.test.ts'));
  await file('backend/checks', () => import('../../test/backend/checks.test.ts'));
  await file('backend/combination', () => import('../../test/backend/combination.test.ts'));
  await file('backend/coordinates', () => import('../../test/backend/coordinates.test.ts'));
  await file('backend/frames', () => import('../../test/backend/frames.test.ts'));
  await file('backend/montgomery', () => import('../../test/backend/montgomery.test.ts'));
  await file('backend/parity', () => import('../../test/backend/parity.test.ts'));
  await file('backend/scan', () => import('../../test/backend/scan.test.ts'));
  await file('backend/subgroup', () => import('../../test/backend/subgroup.test.ts'));
  await file('backend/wipe', () => import('../../test/backend/wipe.test.ts'));
  await file('conformance', () => import('../../test/conformance/vectors.test.ts'));
  await file('ed448', () => import('../../test/ed448.test.ts'));
  await file('frame', () => import('../../test/frame/frame.test.ts'));
  await file('frost', () => import('../../test/frost/protocol.test.ts'));
  await file('frost/rfc9591', () => import('../../test/frost/rfc9591.test.ts'));
  await file('group448', () => import('../../test/group448.test.ts'));
  await file('hash', () => import('../../test/hash/hash.test.ts'));
  await file('overlay', () => import('../../test/overlay/compose.test.ts'));
  await file('pool', () => import('../../test/pool/pool.test.ts'));
  await file('shamir/field', () => import('../../test/shamir/field.test.ts'));
  await file('shamir/refusals', () => import('../../test/shamir/refusals.test.ts'));
  await file('shamir/split', () => import('../../test/shamir/split.test.ts'));
  await file('shamir/typed', () => import('../../test/shamir/typed.test.ts'));
  await file('threshold/edges', () => import('../../test/threshold/edges.test.ts'));
  await file('threshold/share', () => import('../../test/threshold/share.test.ts'));
  await file('udf/digest', () => import('../../test/udf/digest.test.ts'));
  await file('udf/text', () => import('../../test/udf/text.test.ts'));
  await file('x448', () => import('../../test/x448.test.ts'));
  const kept = tests.filter(({ name }) => !leftOut.test(name));
  tests.splice(0, tests.length, ...kept);
}
