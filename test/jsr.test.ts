import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import jsr from '../jsr.json' with { type: 'json' };
import packageJson from '../package.json' with { type: 'json' };

describe('jsr.json', () => {
  it('has the version and the licence of the package', () => {
    const { version, license } = packageJson;
    expect(jsr).toMatchObject({ version, license });
  });

  it('has the dependencies of the package in the same versions', () => {
    const versions = Object.values(jsr.imports).flatMap((target) => {
      const [, name, version] = target.match(/^npm:\/?(@?[^@]+)@([^/]+)\/?$/) ?? [];
      return name === undefined ? [] : [[name, version]];
    });
    // The command line, which draws QR codes, is not published there.
    const { qr: _qr, ...dependencies } = packageJson.dependencies;
    expect(Object.fromEntries(versions)).toEqual(dependencies);
  });

  it('exports the source of every module that the package exports', () => {
    const modules = Object.entries(packageJson.exports).flatMap(([name, target]) =>
      typeof target === 'string' ? [] : [[name, target.default.replace('./dist/', './src/').replace(/\.js$/, '.ts')]],
    );
    expect(jsr.exports).toEqual(Object.fromEntries(modules));
    for (const path of Object.values(jsr.exports)) expect(existsSync(path)).toBe(true);
  });
});
