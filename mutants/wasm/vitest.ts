/**
 * Stands in for `vitest` while mutants run: the same assertions and spies, and tests that are collected, so that each can be run again and again by its
 * number. Knows what the test files of suite.ts use, and nothing more.
 */
import { format } from 'node:util';

export { expect, vi } from '../../node_modules/vitest/dist/index.js';

type Body = (...given: unknown[]) => unknown;
type Hooks = Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Body[]>;

/** A test with everything around it. */
interface Test {
  name: string;
  body: () => unknown;
  /** Hooks of the groups around it, outermost first. */
  around: Hooks[];
}

const none = (): Hooks => ({ beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] });

/** The tests of all files, in the order in which they were read. */
export const tests: Test[] = [];
let path: string[] = [];
let around: Hooks[] = [];

/** Everything that a test file says belongs to it. */
export async function file(name: string, load: () => Promise<unknown>): Promise<void> {
  path = [name];
  around = [none()];
  await load();
}

/** A title with the values of a row: `$member`, or what `util.format` puts in. */
function titled(title: string, row: unknown): string {
  const values = Array.isArray(row) ? row : [row];
  if (typeof row !== 'object' || row === null || !title.includes('$')) return format(title, ...values.slice(0, 3));
  return title.replace(/\$(\w+)/g, (_, member) => String((row as Record<string, unknown>)[member]));
}

const spread = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row]);

function group(title: string, body: Body, given: unknown[] = []): void {
  const [outerPath, outerAround] = [path, around];
  path = [...path, title];
  around = [...around, none()];
  body(...given);
  [path, around] = [outerPath, outerAround];
}

function one(title: string, body: Body, given: unknown[] = []): void {
  tests.push({ name: [...path, title].join(' > '), body: () => body(...given), around });
}

const table =
  (make: typeof one) =>
  (rows: readonly unknown[]) =>
  (title: string, body: Body): void => {
    for (const row of rows) make(titled(title, row), body, spread(row));
  };

export const describe = Object.assign((title: string, body: Body) => group(title, body), { each: table(group) });

const tester = () =>
  Object.assign((title: string, body: Body) => one(title, body), {
    each: table(one),
    runIf: (condition: unknown) => (condition ? one : () => {}),
  });
export const test = tester();
export const it = tester();

const hook = (name: keyof Hooks) => (body: Body) => around.at(-1)?.[name].push(body);
export const beforeAll = hook('beforeAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const afterAll = hook('afterAll');

/** Runs a test with its hooks; those for all tests of a group are run for each, since each runs alone. @throws whatever fails */
export async function run({ body, around: groups }: Test): Promise<void> {
  const hooks = (name: keyof Hooks) => groups.flatMap((each) => each[name]);
  try {
    for (const each of [...hooks('beforeAll'), ...hooks('beforeEach')]) await each();
    await body();
  } finally {
    for (const each of [...hooks('afterEach'), ...hooks('afterAll')]) await each();
  }
}
