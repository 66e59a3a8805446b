import { beforeAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/conformance/files.ts';
import { type Report, runConformance } from '../../src/conformance/index.ts';
import { backends } from '../support/backends.ts';

const loaded = loadVectors();

function ids(path: string, kind: string): string[] {
  const groups = loaded.files.find((file) => file.path === path)?.content.groups ?? [];
  return groups.filter((group) => group.kind === kind).flatMap(({ tests }) => tests.map(({ id }) => id));
}

describe('the vectors that the package carries', () => {
  it('contain the families of the schema-03, reference-08 and mesh-cryptography drafts', () => {
    const schema03 = 'draft-hallambaker-mesh-schema-03';
    expect(ids(`${schema03}/overlay.json`, 'overlay')).toEqual([
      'ovl-s03-device-signature',
      'ovl-s03-device-encryption',
      'ovl-s03-device-authentication',
      'ovl-s03-account-signature',
      'ovl-s03-account-authentication',
    ]);
    expect(ids(`${schema03}/assertions.json`, 'envelope')).toEqual([
      'env-s03-ProfileDevice',
      'env-s03-ConnectionDevice',
      'env-s03-ConnectionAccount',
    ]);
    expect(ids(`${schema03}/udf.json`, 'udf-public-key')).toHaveLength(15);
    expect(ids('draft-hallambaker-mesh-reference-08/udf.json', 'udf-rsa-2018')).toHaveLength(6);
    expect(ids('draft-hallambaker-mesh-cryptography-04-to-06/overlay.json', 'erratum-doubled-key')).toHaveLength(1);
  });

  it('disclose one administration key by two signatures of schema-03 (Mesh key combination section 7)', () => {
    const file = loaded.files.find(({ path }) => path === 'draft-hallambaker-mesh-schema-03/assertions.json');
    const tests = file?.content.groups.flatMap((group) => group.tests) ?? [];
    const scalars = tests.flatMap(({ expected: { signerScalar = [] } = {} }) => signerScalar);
    expect(scalars).toHaveLength(2);
    expect(new Set(scalars).size).toBe(1);
  });
});

describe.each(backends)('$name', ({ name }) => {
  const progress: string[] = [];
  let report: Report;
  beforeAll(() => {
    report = runConformance({ backends: [name], onProgress: ({ file }) => progress.push(file) });
  }, 60_000);

  it('reproduces every vector and proves every erratum', () => {
    const [run] = report.runs;
    expect(report.problems).toEqual([]);
    expect(run?.failures).toEqual([]);
    const total = Object.values(loaded.manifest.files).reduce((sum, count) => sum + count, 0);
    const { reproduced = 0 } = run?.totals ?? {};
    expect(run?.totals).toEqual({ reproduced, proven: 92, unverifiable: 10, failed: 0, notProvided: 0, slow: 1 });
    expect(reproduced + 92 + 10 + 1).toBe(total);
    expect(report.ok).toBe(true);
  });

  it('is named in the report, and shows each file once', () => {
    expect(report.runs[0]?.implementation).toBe(`mathmesh (${name})`);
    expect(progress).toEqual(loaded.files.map(({ path }) => path));
  });
});
