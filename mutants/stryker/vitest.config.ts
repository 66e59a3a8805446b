/** The tests of one room, which the environment names: Stryker runs those of a mutant's file only. */
import { defineConfig, mergeConfig } from 'vitest/config';
import project from '../../vitest.config.ts';

// biome-ignore lint/style/noDefaultExport: the form that vitest reads
export default mergeConfig(
  project,
  defineConfig({ test: { include: (process.env['MUTANTS_TESTS'] ?? 'test/**/*.test.ts').split(',') } }),
);
