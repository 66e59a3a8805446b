/** The tests of one room, which the environment names. */
import project from '../../vitest.config.ts';

// biome-ignore lint/style/noDefaultExport: the form that vitest reads
export default {
  ...project,
  test: { ...project.test, include: (process.env['MUTANTS_TESTS'] ?? 'test/**/*.test.ts').split(';') },
};
