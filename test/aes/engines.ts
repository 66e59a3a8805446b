/**
 * AES on every engine that runs here: `node:crypto`, @noble/ciphers, and WebCrypto for the parts that streams use.
 */
import * as crypto from 'node:crypto';
import { makeAes, Refusal } from '../../src/aes/index.ts';
import { nobleEngine } from '../../src/aes/noble.ts';
import { nodeEngine } from '../../src/aes/node.ts';
import type { StreamAes } from '../../src/aes/stream.ts';
import { makeWebAes } from '../../src/aes/web.ts';

const node = nodeEngine(crypto);
if (node === undefined) throw new Error('node:crypto lacks a cipher');

/** No fallback here. */
export const engines = [makeAes(() => node), makeAes(() => nobleEngine)];

/** What streams can be given. */
export const streamEngines: StreamAes[] = [...engines, makeWebAes(crypto.webcrypto.subtle as SubtleCrypto)];

/** The `process` of a platform with another way to its modules, or none. */
export function withBuiltin(getBuiltinModule: (() => unknown) | undefined): object {
  return Object.assign(Object.create(process), { getBuiltinModule });
}

/** An array cut at the given blocks. */
export function cut(octets: Uint8Array, ...places: number[]): Uint8Array[] {
  const last = Math.max(0, octets.length - 1) >> 4;
  const ends = [...places.map((place) => 16 * Math.min(place, last)).sort((a, b) => a - b), octets.length];
  return ends.map((end, i) => octets.slice(ends[i - 1] ?? 0, end));
}

/** All that comes out of a computation over runs of blocks and an end. */
export async function through(
  cbc: { update(blocks: Uint8Array): unknown; final(rest: Uint8Array): unknown },
  chunks: Uint8Array[],
): Promise<Uint8Array> {
  const out: Uint8Array[] = [];
  for (const chunk of chunks.slice(0, -1)) out.push((await cbc.update(chunk)) as Uint8Array);
  out.push((await cbc.final(chunks.at(-1) as Uint8Array)) as Uint8Array);
  return Uint8Array.from(Buffer.concat(out));
}

/** Why a call refuses, or that it opens. */
export function refused(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'opened';
}
