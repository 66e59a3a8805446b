import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: the form that vitest reads
export default defineConfig({
  // Tests take node:crypto away; then there has to be what other platforms have.
  resolve: { alias: { '#aes-fallback': new URL('./src/aes/fallback.ts', import.meta.url).pathname } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.gen.ts', 'src/**/types.ts', 'src/backend/wasm/source.workerd.ts', 'src/aes/fallback.none.ts'],
      reporter: ['text-summary', 'text'],
      thresholds: { statements: 95 },
    },
  },
});
