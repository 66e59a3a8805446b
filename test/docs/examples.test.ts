/**
 * Runs every TypeScript example of the README and of the doc comments, each in a process of its own on the built package, and compares
 * what it prints with the comments that say so.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

interface Example {
  where: string;
  code: string;
}

/** The fenced `ts` blocks of a text; in doc comments the lines begin with a star. */
function examples(file: string): Example[] {
  const text = readFileSync(file, 'utf8').replace(/^[ \t]*\* ?/gm, '');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => ({
    where: `${file}:${text.slice(0, match.index).split('\n').length}`,
    code: match[1] as string,
  }));
}

/** What the comments behind `console.log`, or on the line after it, promise. */
function promised(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\);(?: |\n *)\/\/ (.*)$/gm)].map((match) => match[1] as string);
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.gen)\.ts$/.test(file),
);
const files = ['README.md', ...sources.map((file) => `src/${file}`)];
const all = files.flatMap(examples);

describe('the examples of the documentation', () => {
  it('exist', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  it.concurrent.each(all)('$where runs and prints what it says', async ({ code }) => {
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', outputText], {
      env: { ...process.env, NO_COLOR: '1' },
    });
    const expected = promised(code);
    if (expected.length > 0) expect(stdout.trimEnd().split('\n')).toEqual(expected);
  });
});
