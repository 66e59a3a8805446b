/** What a run under memcheck must show to pass, and that each thing that is missing fails it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declassified, declassifiedFlags } from '../../ct/declassified.ts';
import { exempt, secretArguments } from '../../ct/policy.ts';
import { faultsOf, type Line } from '../../ct/verdict.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';

const good: Line[] = [
  { control: 'early_exit', reports: 16 },
  { control: 'clean_compare', reports: 0 },
  { case: 'Ed448', reports: 0, residue: 0 },
  { exports: ['sign', 'verify'], reached: ['sign'], ran: ['verify'] },
];
const listed = { verify: 'public data only' };

/** The good run with one line of it replaced. */
const faults = (at: number, line: Line) => faultsOf(Object.assign([...good], { [at]: line }), listed);

describe('the verdict on a run', () => {
  it('is good when leaks are reported, nothing else is, and every export is accounted for', () => {
    expect(faultsOf(good, listed)).toEqual([]);
  });

  it('fails a run in which a leaky control is not reported, or a clean one is', () => {
    expect(faults(0, { control: 'early_exit', reports: 0 })).toHaveLength(1);
    expect(faults(1, { control: 'clean_compare', reports: 1 })).toHaveLength(1);
  });

  it('fails a case with a report, with secrets left in memory, or with another result', () => {
    expect(faults(2, { case: 'Ed448', reports: 1, residue: 0 })).toEqual(['Ed448: 1 reports']);
    expect(faults(2, { case: 'Ed448', reports: 0, residue: 5 })).toHaveLength(1);
    expect(faults(2, { case: 'Ed448', reports: 0, residue: 0, error: 'Error: wrong' })).toHaveLength(1);
  });

  it('fails exports that are in neither list, in both, or do not exist', () => {
    const exports = ['sign', 'verify', 'more'];
    expect(faults(3, { exports, reached: ['sign'], ran: ['verify', 'more'] })).toEqual([
      'more is not reached with a secret',
    ]);
    expect(faults(3, { exports, reached: ['sign'], ran: ['verify'] })).toEqual(['more is never called']);
    expect(faults(3, { exports: ['sign', 'verify'], reached: ['sign', 'verify'], ran: [] })).toHaveLength(1);
    expect(faults(3, { exports: ['sign'], reached: ['sign'], ran: [] })).toEqual([
      'verify is listed, but is no export',
    ]);
  });

  it('fails a run without controls, or without an end', () => {
    expect(faultsOf(good.slice(2), listed)).toEqual(['no controls']);
    expect(faultsOf(good.slice(0, 3), listed)).toEqual(['the run did not come to its end']);
  });
});

describe('the lists', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync('dist/mesh.wasm')));

  it('name exports of the module, with all their parameters', () => {
    for (const name of Object.keys(exempt)) expect(exports).toHaveProperty(name);
    for (const [name, { parameters }] of Object.entries(declassified)) expect(exports[name]).toHaveLength(parameters);
    for (const name of Object.keys(declassifiedFlags)) expect(declassified).toHaveProperty(name);
  });

  it('name operations of the backend', () => {
    for (const name of Object.keys(secretArguments)) expect(wasmBackend()).toHaveProperty(name);
  });
});
