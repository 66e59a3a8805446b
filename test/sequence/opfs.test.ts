import { expect, test } from 'vitest';
import { opfsStorage, type SyncAccessHandle } from '../../src/sequence/opfs.ts';
import { payloadOf, refusal, sequences } from './support.ts';

/** A private file of a browser: one handle at a time, and reads and writes that do only a part of what is asked. */
class PrivateFile {
  octets = new Uint8Array(0);
  open = false;
  flushed = 0;
  full = false;

  async createSyncAccessHandle(): Promise<SyncAccessHandle> {
    if (this.open) throw new DOMException('taken', 'NoModificationAllowedError');
    this.open = true;
    return {
      getSize: () => this.octets.length,
      read: (buffer, { at }) => {
        const part = this.octets.subarray(at, at + Math.min(buffer.length, 100));
        buffer.set(part);
        return part.length;
      },
      write: (buffer, { at }) => {
        if (this.full) return 0;
        const part = buffer.subarray(0, 100);
        const grown = new Uint8Array(Math.max(this.octets.length, at + part.length));
        grown.set(this.octets);
        grown.set(part, at);
        this.octets = grown;
        return part.length;
      },
      truncate: (size) => {
        this.octets = this.octets.slice(0, size);
      },
      flush: () => {
        this.flushed++;
      },
      close: () => {
        this.open = false;
      },
    };
  }
}

test('a sequence in the private file system of a browser is made, appended to, torn and repaired', async () => {
  const file = new PrivateFile();
  const sequence = await sequences.create(await opfsStorage(file), { type: 'Merkle' });
  await sequence.append(payloadOf(1));
  await sequence.append(payloadOf(2));
  expect(file.flushed).toBe(3);
  expect(await refusal(opfsStorage(file))).toBe('locked');
  await sequence.close();
  file.octets = file.octets.slice(0, -3);
  const again = await sequences.open(await opfsStorage(file));
  expect([again.length, again.recovered?.code]).toEqual([2, 'trunc-trailer']);
  await again.append(payloadOf(3));
  expect((await again.read(2)).payload).toEqual(payloadOf(3));
  await again.verify({ requireLinked: true });
  file.full = true;
  const { length } = file.octets;
  expect(await refusal(again.append(payloadOf(4)))).toBe('storage');
  expect(file.octets).toHaveLength(length);
  file.full = false;
  expect(await again.append(payloadOf(4))).toBe(3);
  await again.close();
});

test('what is no file handle of a worker is refused', async () => {
  expect(await refusal(opfsStorage({} as never))).toBe('bad_option');
  const broken = { createSyncAccessHandle: () => Promise.reject(new Error('no')) };
  expect(await refusal(opfsStorage(broken))).toBe('storage');
});
