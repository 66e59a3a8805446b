/**
 * Shared keys on every backend and every curve: what their tests run on.
 */
import { makeRecryption } from '../../src/recryption/index.ts';
import { makeThreshold } from '../../src/threshold/index.ts';
import { backends } from './backends.ts';
import { models } from './groups.ts';
import { littleEndian, pattern } from './octets.ts';

/** Every backend, with shared keys over it. */
export const libraries = backends.map(({ name, backend }) => ({
  name,
  backend,
  threshold: makeThreshold(() => backend),
  recryption: makeRecryption(() => backend),
}));

/** Every backend with every curve. */
export const subjects = libraries.flatMap((library) =>
  models.map((model) => ({
    ...library,
    crv: model.crv,
    model,
    /** A key of the curve. */
    key: (n: number) => ({ crv: model.crv, secretKey: pattern(model.scalarLength, n) }) as const,
    /** A scalar of the curve as octets. */
    octets: (s: bigint) => littleEndian(s, model.scalarLength),
  })),
);
