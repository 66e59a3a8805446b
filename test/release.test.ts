import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../.github/workflows/', import.meta.url);
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

describe('the workflows', () => {
  it.each(workflows)('$name uses actions by the digest of a commit, with the version beside it', ({ text }) => {
    const used = text.match(/^.*\buses:.*$/gm) ?? [];
    expect(used.length).toBeGreaterThan(0);
    for (const line of used) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)(
    '$name has no token but the one that the job may ask for, and gives rights to jobs only',
    ({ text }) => {
      expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
      expect(text).toMatch(/^permissions: \{\}$/m);
      expect(text.match(/: write$/gm)).toEqual([': write']);
    },
  );

  it('release.yml publishes with provenance what was checked', () => {
    const release = workflows.find(({ name }) => name === 'release.yml')?.text ?? '';
    expect(release).toMatch(/npm publish .*--provenance/);
    const [check = '', publish = ''] = release.split(/^ {2}publish:$/m);
    expect(check).not.toContain('id-token');
    expect(publish).toContain('needs: check');
    expect(publish.indexOf('sha256sum --check')).toBeLessThan(publish.indexOf('npm publish'));
  });
});
