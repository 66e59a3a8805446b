/**
 * The test vectors of RFC 9591, appendices E.1 and E.3, as the suite carries them.
 */
import { readFileSync } from 'node:fs';
import type { FrostCrv } from '../../src/frost/index.ts';

interface VectorFile {
  groups: { tests: { inputs: Record<string, string>; expected: Record<string, string> }[] }[];
}

const file = new URL('../../vectors/rfc9591/frost.json', import.meta.url);
const { groups } = JSON.parse(readFileSync(file, 'utf8')) as VectorFile;

export const vectors = groups.flatMap(({ tests }) =>
  tests.map(({ inputs, expected }) => ({ crv: inputs['crv'] as FrostCrv, inputs, expected })),
);
