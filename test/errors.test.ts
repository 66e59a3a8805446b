import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fail, MeshError } from '../src/errors.ts';

const under = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('errors.test.ts') && file !== 'errors.ts')
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));

const codes = [...readFileSync('src/errors.ts', 'utf8').matchAll(/^ {2}'?([a-z_0-9-]+)'?: '/gm)].map(
  (match) => match[1] as string,
);

describe('error codes', () => {
  it('carry a meaning and a detail', () => {
    const error = new MeshError('bad_length', 'salt');
    expect([error.name, error.code, error.message]).toEqual([
      'MeshError',
      'bad_length',
      expect.stringMatching(/: salt$/),
    ]);
    expect(error).toBeInstanceOf(Error);
    expect(() => fail('zero_scalar')).toThrow('zero has no inverse');
  });

  it.each(codes)('%s is thrown by the library and expected by a test', (code) => {
    expect(under('src').some((text) => text.includes(`'${code}'`))).toBe(true);
    expect(under('test').some((text) => text.includes(`'${code}'`))).toBe(true);
  });
});
