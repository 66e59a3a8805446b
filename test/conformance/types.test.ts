import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'types-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the types of mathmesh/conformance need neither those of Node nor of browsers', () => {
  const code = `
    import { formatReport, type Implementation, runConformance, suites } from '${resolve('dist/conformance/index.js')}';
    const implementation: Implementation = { name: 'mine', sha512: (message) => message };
    const report = runConformance({ implementations: [implementation], suite: suites[0], folder: { href: 'file:///vectors' } });
    export const text: string = formatReport(report);`;
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022'],
    types: [],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
  };
  writeFileSync(join(folder, 'consumer.mts'), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }));
  const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
