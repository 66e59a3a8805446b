import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Internals, internals } from './internals.ts';

describe('the memory map of the module', () => {
  let core: Internals;
  beforeAll(async () => {
    core = await internals();
  });

  it('keeps constants, scratch, I/O page and tables apart, inside a memory of fixed size', () => {
    const [scratch, scratchEnd, io, ioLength, tables, end] = [
      'SCRATCH',
      'SCRATCH_END',
      'IO',
      'IO_LENGTH',
      'TABLES',
      'MEMORY_END',
    ].map((name) => core.constant(name)) as [number, number, number, number, number, number];
    // nothing has run yet: what is not zero are the constants
    expect(core.isZeroFrom(1024)).toBe(false);
    expect(core.isZeroFrom(scratch)).toBe(true);
    expect(scratchEnd).toBeLessThanOrEqual(io);
    expect(io + ioLength).toBeLessThanOrEqual(tables);
    expect(end).toBeLessThanOrEqual(core.memoryLength);
    expect(core.memoryLength - end).toBeLessThan(65536);
  });

  it('has the batch size that the host counts with', () => {
    const host = /const BATCH_SIZE = (\d+);/.exec(readFileSync('src/backend/wasm/ed448.ts', 'utf8'));
    expect(Number(host?.[1])).toBe(core.constant('BATCH_SIZE'));
  });
});
