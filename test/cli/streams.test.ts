/**
 * Streams of the commands: files that appear whole or not at all, pipes that wait for their reader, and the line that shows progress.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readable, startProgress, unseen } from '../../src/cli/progress.ts';
import { deliver, openSink } from '../../src/cli/sink.ts';
import { openSource } from '../../src/cli/source.ts';
import { Failure, makeTerminal, type Stream, UsageError } from '../../src/cli/terminal.ts';
import { makeFolder } from './program.ts';

const folder = makeFolder('streams');
afterAll(() => folder.remove());

const octets = (text: string) => new TextEncoder().encode(text);

/** A terminal without anything behind it. */
function terminalOf(out: Partial<Stream> = {}, err: Partial<Stream> = {}, input: readonly Uint8Array[] = []) {
  const source = {
    async *[Symbol.asyncIterator]() {
      yield* input;
    },
  };
  return makeTerminal(source, { write: () => true, ...out }, { write: () => true, ...err }, {});
}

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield octets(text);
  }
}

const sinkTo = (path: string | undefined, force = false, secret = false) =>
  openSink(path, { force, secret }, terminalOf(), 'mathmesh test');

/** Files in a folder of its own. */
function room(name: string) {
  mkdirSync(folder.at(name));
  return { at: (file: string) => folder.at(`${name}/${file}`), list: () => readdirSync(folder.at(name)) };
}

describe('a file that is written', () => {
  it('has its name when it is complete, and not before', async () => {
    const { at, list } = room('complete');
    const sink = await sinkTo(at('out'));
    await sink.write(octets('one'));
    expect(existsSync(at('out'))).toBe(false);
    await sink.write(octets('two'));
    await sink.commit();
    await sink.discard();
    expect(list()).toEqual(['out']);
    expect(readFileSync(at('out'), 'utf8')).toBe('onetwo');
  });

  it('leaves nothing behind when its octets end in an error', async () => {
    const { at, list } = room('error');
    for (const force of [false, true]) {
      await expect(deliver(pieces('one', new Failure('broken')), await sinkTo(at('out'), force))).rejects.toThrow(
        'broken',
      );
      expect(list()).toEqual([]);
    }
  });

  it('keeps the old file until the new one is complete', async () => {
    const { at, list } = room('old');
    await deliver(pieces('old'), await sinkTo(at('out')));
    await expect(sinkTo(at('out'))).rejects.toThrow(UsageError);
    const broken = deliver(pieces('new', new Failure('broken')), await sinkTo(at('out'), true));
    await expect(broken).rejects.toThrow('broken');
    expect(readFileSync(at('out'), 'utf8')).toBe('old');
    await deliver(pieces('new'), await sinkTo(at('out'), true));
    expect(readFileSync(at('out'), 'utf8')).toBe('new');
    expect(list()).toEqual(['out']);
  });

  it('never replaces a file that somebody else makes meanwhile', async () => {
    const { at, list } = room('race');
    const [ours, theirs] = [await sinkTo(at('out')), await sinkTo(at('out'))];
    await deliver(pieces('theirs'), theirs);
    await expect(deliver(pieces('ours'), ours)).rejects.toThrow('exists; --force replaces it');
    expect(readFileSync(at('out'), 'utf8')).toBe('theirs');
    expect(list()).toEqual(['out']);
  });

  it('is for its owner only when it is secret, and else what the mask of the process allows', async () => {
    await deliver(pieces('x'), await sinkTo(folder.at('secret'), false, true));
    await deliver(pieces('x'), await sinkTo(folder.at('open')));
    expect(folder.mode('secret')).toBe('600');
    expect(folder.mode('open')).toBe((0o666 & ~process.umask()).toString(8));
  });

  it('may be a pipe or a device, which is written directly', async () => {
    await deliver(pieces('x'), await sinkTo('/dev/null'));
    const full = deliver(pieces('x'), await sinkTo('/dev/full'));
    await expect(full).rejects.toThrow('/dev/full: cannot be written (ENOSPC)');
    await expect(full).rejects.toThrow(Failure);
  });

  it('may be what a link points to, but only by replacing the link', async () => {
    const { at } = room('links');
    symlinkSync(at('nowhere'), at('dangling'));
    await expect(sinkTo(at('dangling'))).rejects.toThrow('exists; --force replaces it');
    await deliver(pieces('x'), await sinkTo(at('dangling'), true));
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  it.each([
    ['a folder', '', 'exists', false],
    ['a folder, with force', '', 'EISDIR', true],
    ['no folder', 'no/such/folder', 'ENOENT', false],
  ])('is refused as wrong usage when it is in the place of %s', async (_, name, message, force) => {
    await expect(sinkTo(folder.at(name), force)).rejects.toThrow(UsageError);
    await expect(sinkTo(folder.at(name), force)).rejects.toThrow(message);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is gone when the process ends by %s', async (signal) => {
    const { list } = room(signal);
    // The built program has no module of its own for this: a process with the sources, which Node 20 does not read without tsx.
    const sink = pathToFileURL('src/cli/sink.ts').href;
    const script = folder.file(
      `${signal}.mts`,
      `import { openSink } from ${JSON.stringify(sink)};
       const sink = await openSink(${JSON.stringify(folder.at(`${signal}/out`))}, { force: false, secret: true }, {}, '');
       await sink.write(new Uint8Array(5));
       console.log('written');
       setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const end = once(child, 'exit');
    await once(child.stdout, 'data');
    expect(list()).toHaveLength(1);
    child.kill(signal);
    expect(await end).toEqual([null, signal]);
    expect(list()).toEqual([]);
  });
});

describe('standard output', () => {
  it('is written no faster than it is read', async () => {
    const drains: (() => void)[] = [];
    const written: string[] = [];
    const terminal = terminalOf({
      write: (text) => {
        written.push(Buffer.from(text as Uint8Array).toString());
        return false;
      },
      once: (_, listener) => drains.push(listener),
    });
    const done = deliver(
      pieces('one', 'two'),
      await openSink(undefined, { force: false, secret: false }, terminal, ''),
    );
    await sleep(20);
    expect(written).toEqual(['one']);
    drains.pop()?.();
    await sleep(20);
    expect(written).toEqual(['one', 'two']);
    drains.pop()?.();
    await done;
  });
});

describe('a source', () => {
  beforeAll(() => folder.file('source', new Uint8Array(1_000_000)));

  it('is read in pieces, counted, with its size when it is a file', async () => {
    const source = await openSource(folder.at('source'), terminalOf(), '');
    expect(source.size).toBe(1_000_000);
    let [count, added] = [0, 0];
    for await (const piece of source.read({ add: (n) => (added += n), end() {} })) count += piece.length;
    expect([count, added]).toEqual([1_000_000, 1_000_000]);
  });

  it('has no size when it is standard input or a device', async () => {
    expect((await openSource('-', terminalOf(), '')).size).toBeUndefined();
    const device = await openSource('/dev/null', terminalOf(), '');
    expect(device.size).toBeUndefined();
    await device.close();
  });

  it('that breaks off is a failure and no wrong usage', async () => {
    const input = {
      async *[Symbol.asyncIterator]() {
        yield octets('x');
        throw Object.assign(new Error('broken'), { code: 'EIO' });
      },
    };
    const source = await openSource('-', makeTerminal(input, { write() {} }, { write() {} }, {}), '');
    const read = source.read(unseen);
    await read.next();
    await expect(read.next()).rejects.toThrow(new Failure('standard input: cannot be read (EIO)'));
  });
});

describe('progress', () => {
  /** Shows so many octets at each of the times, in milliseconds; gives what the terminal was told. */
  function shown(times: readonly (readonly [time: number, octets: number])[], total?: number): string[] {
    const lines: string[] = [];
    let time = 0;
    const progress = startProgress({ progress: (line) => lines.push(line) }, 'big', total, () => time);
    for (const [at, count] of times) {
      time = at;
      progress.add(count);
    }
    progress.end();
    return lines;
  }

  it('is silent for the first second, then shows a line ten times a second, and clears it', () => {
    expect(shown([[999, 5_000_000]], 10_000_000)).toEqual([]);
    const lines = shown(
      [
        [500, 2 ** 20],
        [1000, 2 ** 20],
        [1050, 2 ** 20],
        [1100, 2 ** 20],
        [2000, 2 ** 21],
      ],
      2 ** 23,
    );
    expect(lines).toEqual([
      'big [=====               ] 25 %  0:03 left  2.00 MiB of 8.00 MiB  2.00 MiB/s',
      'big [==========          ] 50 %  0:02 left  4.00 MiB of 8.00 MiB  3.64 MiB/s',
      'big [===============     ] 75 %  0:01 left  6.00 MiB of 8.00 MiB  3.00 MiB/s',
      '',
    ]);
  });

  it('has no bar for what has no size, or has more than its size', () => {
    expect(shown([[2000, 3_000_000]])).toEqual(['big  2.86 MiB  1.43 MiB/s', '']);
    expect(shown([[2000, 3_000_000]], 5)[0]).toBe('big  2.86 MiB  1.43 MiB/s');
  });

  it('shows the end of a long name', () => {
    const lines: string[] = [];
    let time = 0;
    startProgress({ progress: (line) => lines.push(line) }, `${'long/'.repeat(20)}name`, 9, () => (time += 1500)).add(
      3,
    );
    expect(lines[0]).toMatch(/^\.\.\.g\/long\/long\/long\/name \[=+ +\] 33 % {2}0:03 left /);
  });

  it('reaches only a terminal, in a line that fits it', () => {
    for (const isTTY of [true, false]) {
      let text = '';
      const { progress } = terminalOf({}, { isTTY, columns: 20, write: (part) => (text += part) });
      progress('x'.repeat(50));
      progress('');
      expect(text).toBe(isTTY ? `\r${'x'.repeat(19)}\r${' '.repeat(19)}\r` : '');
    }
  });

  it('writes numbers of octets for people', () => {
    const numbers = [0, 999, 1000, 1023, 1024 ** 2, 1.5 * 1024 ** 3, 1024 ** 4, 5000 * 1024 ** 4];
    expect(numbers.map(readable)).toEqual([
      '0 B',
      '999 B',
      '0.977 KiB',
      '0.999 KiB',
      '1.00 MiB',
      '1.50 GiB',
      '1.00 TiB',
      '5000.00 TiB',
    ]);
  });
});
