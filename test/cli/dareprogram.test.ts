/**
 * `mathmesh dare` as a process: pipes, memory, signals, full disks, and files that are closed again.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePeople } from './people.ts';
import { makeFolder } from './program.ts';
import { runCli } from './run.ts';

const folder = makeFolder('dareprogram');
afterAll(() => folder.remove());
const { at } = folder;

beforeAll(async () => {
  await makePeople(folder);
  folder.file('letter', 'Dear Bob');
});

const toBob = ['--to', at('bob.pub')];
const byAlice = ['--sign', at('alice.key')];
const asBob = ['--key', at('bob.key')];
const fromAlice = ['--trust', at('alice.pub')];

describe('what is opened', () => {
  it('is closed again, also when an envelope is refused', async () => {
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    const envelope = at('closed.dare');
    await runCli(['dare', 'seal', ...toBob, ...byAlice, '-o', envelope, at('letter')]);
    const damaged = folder.file('damaged.dare', readFileSync(envelope).subarray(0, 300));
    for (const path of [envelope, damaged, at('letter')]) {
      for (const args of [[...asBob, ...fromAlice], asBob, [...fromAlice], ['-k', at('eve.key'), ...fromAlice]]) {
        await runCli(['dare', 'open', ...args, path]);
        await runCli(['dare', 'open', ...args, '-o', at('no/such'), path]);
      }
      await runCli(['dare', 'verify', ...fromAlice, path]);
      await runCli(['dare', 'inspect', path]);
      await runCli(['dare', 'seal', ...toBob, '-o', at('no/such'), path]);
      await runCli(['hash', 'digest', '-c', path]);
    }
    await expect.poll(descriptors).toBe(before);
  });
});

describe('the program', () => {
  it('seals and opens by pipes, and leaves nothing behind when a reader goes away or a disk is full', () => {
    const { status, stdout, stderr } = folder.shell(`
      mkdir pipes; cd pipes; head -c 3000000 /dev/urandom > data
      mathmesh dare seal --to ../bob.pub --sign ../alice.key < data | mathmesh dare open -k ../bob.key --trust ../alice.pub | cmp - data && echo same
      mathmesh dare seal --to ../bob.pub data | mathmesh dare open -k ../bob.key | cmp - data && echo same
      mathmesh dare seal --to ../bob.pub -o sealed data
      { mathmesh dare open -k ../bob.key sealed > /dev/full; echo $?; } 2>&1
      mathmesh dare open -k ../bob.key -o /dev/full sealed; echo $?
      { mathmesh dare open -k ../bob.key sealed; echo $? >&2; } 2> ended | true; cat ended
      ls`);
    expect(stdout).toBe('same\nsame\nmathmesh: cannot write the output: ENOSPC\n1\n1\n1\ndata\nended\nsealed\n');
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'mathmesh: /dev/full: cannot be written (ENOSPC)\n' });
  });

  it('needs no more memory for 256 MiB than for one', () => {
    const probe = folder.file(
      'probe.cjs',
      `process.on('exit', () => require('node:fs').appendFileSync('peaks', process.resourceUsage().maxRSS + '\\n'));`,
    );
    const peaks = (mebibytes: number, sealing: string, opening: string) => {
      const { status, stdout, stderr } = folder.shell(`
        set -e -o pipefail; rm -f peaks; run() { "$NODE" --require '${probe}' "$MAIN" dare "$@"; }
        head -c ${mebibytes}M /dev/zero | run seal --to bob.pub ${sealing} > large.dare
        run open --key bob.key ${opening} -o large --force large.dare
        head -c ${mebibytes}M /dev/zero | cmp - large; cat peaks; rm -f large large.dare`);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout.trim().split('\n').map(Number) as [number, number];
    };
    for (const [sealing, opening] of [
      ['', ''],
      ['--sign alice.key', '--trust alice.pub'],
    ] as const) {
      const [small, large] = [peaks(1, sealing, opening), peaks(256, sealing, opening)];
      for (const i of [0, 1] as const) expect(large[i] - small[i]).toBeLessThan(64 * 1024);
    }
  });

  it('removes the temporary file when it is interrupted', () => {
    const { stdout } = folder.shell(`
      mkdir interrupted; cd interrupted
      { head -c 100000; sleep 5; } < /dev/zero | { "$NODE" "$MAIN" dare seal --to ../bob.pub -o sealed & sleep 1.5; ls | grep -c tmp; kill -INT $!; wait $!; echo $?; ls; }`);
    expect(stdout).toBe('1\n130\n');
  });
});
