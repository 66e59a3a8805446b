/** That traces tell leaks from clean code. The operations of the module are `npm run ct`. */
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { instrumented } from '../../ct/instrument.ts';
import { secrets } from '../../ct/secrets.ts';
import { controlTraces, traceFaults } from '../../ct/trace.ts';

/** The hash that a function of one number leaves. */
function hashes(body: string, inputs: readonly number[]): bigint[] {
  const text = `(module (memory 1) (func (export "f") (param $x i32) (result i32) (local $y i32) ${body}))`;
  const module = binaryen.parseText(text);
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(instrumented(module.emitBinary()) as BufferSource),
  );
  const hash = exports['trace_hash'] as WebAssembly.Global;
  return inputs.map((input) => {
    hash.value = 0n;
    (exports['f'] as (x: number) => number)(input);
    return hash.value as bigint;
  });
}

describe('the trace of a function', () => {
  it.each([
    ['an if without memory', '(if (local.get $x) (then (local.set $y (i32.const 1)))) (local.get $y)'],
    ['a br_if', '(block $b (br_if $b (local.get $x)) (local.set $y (i32.const 1))) (local.get $y)'],
    ['a select', '(select (i32.const 1) (i32.const 2) (local.get $x))'],
    ['the address of a load', '(i32.load8_u (local.get $x))'],
    ['the address of a store', '(i32.store8 (local.get $x) (i32.const 1)) (i32.const 0)'],
    ['the address of a vector', '(i32x4.extract_lane 0 (v128.load (local.get $x)))'],
    ['the address of a splat', '(i32x4.extract_lane 0 (v128.load32_splat (local.get $x)))'],
    ['the length of a copy', '(memory.copy (i32.const 0) (i32.const 64) (local.get $x)) (i32.const 0)'],
    ['the length of a fill', '(memory.fill (i32.const 0) (i32.const 64) (local.get $x)) (i32.const 0)'],
  ])('shows %s', (_, body) => {
    const [a, b, c] = hashes(body, [0, 1, 0]);
    expect(a).not.toBe(b);
    expect(a).toBe(c);
  });

  it('does not show a number that is only computed with', () => {
    expect(new Set(hashes('(i32.mul (local.get $x) (local.get $x))', [0, 1, 2, 3])).size).toBe(1);
  });

  it('is another one for each kind of leak among the controls, and one for clean code', () => {
    expect(traceFaults([], controlTraces())).toEqual([]);
  });
});

it('there are 80 different secrets', () => {
  expect(new Set(secrets().map(({ octets }) => String(octets))).size).toBe(80);
});

it('differing and empty traces are faults', () => {
  const trace = { name: 'x448', events: 5, distinct: 1 };
  expect(traceFaults([trace], [])).toEqual([]);
  expect(traceFaults([{ ...trace, distinct: 2 }], [])).toHaveLength(1);
  expect(traceFaults([{ ...trace, events: 0 }], [])).toHaveLength(1);
  expect(traceFaults([], [{ ...trace, name: 'early_exit' }])).toHaveLength(1);
  expect(traceFaults([], [{ ...trace, name: 'clean_compare', distinct: 2 }])).toHaveLength(1);
});
