/**
 * `npm run --prefix mutants/stryker mutants [-- ROOM ...]`: Stryker on the parsers and policies of rooms, each with its tests; `ROOM:FILE` takes that file alone.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;

/** What is mutated, and the tests that have to notice. */
const rooms = {
  key: { mutate: ['src/key/*.ts'], tests: ['test/key.test.ts'] },
  udf: {
    mutate: ['src/udf/{text,uri,domain,sin,publickey,keyinfo,type,earl}.ts'],
    tests: ['test/udf/{text,uri,publickey}.test.ts'],
  },
  jsonb: { mutate: ['src/jsonb/*.ts'], tests: ['test/jsonb/*.test.ts'] },
  dare: {
    mutate: ['src/dare/{header,verify,limits,members,json,inspect,signature,access}.ts'],
    tests: ['test/dare/{format,keys,oracles,refusals,roundtrip,changes}.test.ts'],
  },
  sequence: {
    mutate: ['src/sequence/{head,limit,members,proof,read,rules,verify}.ts'],
    tests: ['test/sequence/{damage,head,proof,published}.test.ts'],
  },
  shamir: {
    mutate: ['src/shamir/{first,parameters,share,typed}.ts'],
    tests: ['test/shamir/{refusals,split,typed}.test.ts'],
  },
};

const names = process.argv.slice(2);
for (const name of names)
  if (!Object.hasOwn(rooms, name.split(':')[0])) throw new Error(`one of ${Object.keys(rooms).join(', ')}`);
mkdirSync(`${root}coverage`, { recursive: true });
let worst = 0;
for (const each of names.length > 0 ? names : Object.keys(rooms)) {
  const [name, file] = each.split(':');
  const { mutate, tests } = rooms[name];
  const config = `${root}coverage/stryker-${name}.json`;
  writeFileSync(
    config,
    JSON.stringify({
      mutate: file === undefined ? mutate : [file],
      testRunner: 'vitest',
      plugins: [`${root}mutants/stryker/node_modules/@stryker-mutator/vitest-runner/dist/src/index.js`],
      vitest: { configFile: 'mutants/stryker/vitest.config.ts', related: false },
      coverageAnalysis: 'perTest',
      concurrency: 1,
      // What cannot be seen from outside: texts for people, and types.
      mutator: { excludedMutations: ['StringLiteral'] },
      disableTypeChecks: false,
      ignorePatterns: [
        '.git',
        'bench',
        'docs',
        'fuzz',
        'assembly',
        'coverage',
        'mutants/wasm',
        'mutants/stryker/node_modules',
      ],
      tempDirName: 'coverage/stryker-tmp',
      reporters: ['progress-append-only', 'clear-text', 'json'],
      clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
      jsonReporter: { fileName: `coverage/stryker-${name}-report.json` },
      thresholds: { high: 95, low: 85, break: 85 },
      timeoutMS: 20_000,
    }),
  );
  const { status } = spawnSync(`${root}mutants/stryker/node_modules/.bin/stryker`, ['run', config], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTANTS_TESTS: tests.join(';') },
  });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
