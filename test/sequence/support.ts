/**
 * What tests of sequences share: the rooms over both backends, an independent reader of frames, storages that fail, and the published files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeSequences, type SequenceStorage, type Sequences } from '../../src/sequence/index.ts';
import { backends } from '../support/backends.ts';

/** Sequences over each backend. */
export const subjects: readonly { name: string; sequences: Sequences }[] = backends.map(({ name, backend }) => ({
  name,
  sequences: makeSequences(() => backend),
}));

/** Where one backend is as good as the other. */
export const sequences: Sequences = (subjects[1] as { sequences: Sequences }).sequences;

export const types = ['List', 'Digest', 'Chain', 'Tree', 'Merkle'] as const;

export const sha512 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);

// biome-ignore lint/suspicious/noExplicitAny: JSON of any form
export type Json = Record<string, any>;

/** A frame as an independent reader sees it. */
export interface PlainFrame {
  start: number;
  end: number;
  header: Json;
  payload: Uint8Array;
  trailer: Json;
}

function number(octets: Uint8Array): number {
  return Number(`0x${Buffer.from(octets).toString('hex')}`);
}

/** Frames of a sound file, straight from the specification of framing. */
export function plainFrames(octets: Uint8Array): PlainFrame[] {
  const frames: PlainFrame[] = [];
  for (let at = 0; at < octets.length; ) {
    const start = at;
    const width = 1 << ((octets[at] as number) & 3);
    const length = number(octets.subarray(at + 1, at + 1 + width));
    const records: Uint8Array[] = [];
    at += 1 + width;
    const end = at + length;
    while (at < end) {
      const size = 1 << ((octets[at] as number) & 3);
      const count = number(octets.subarray(at + 1, at + 1 + size));
      records.push(octets.subarray(at + 1 + size, at + 1 + size + count));
      at += 1 + size + count;
    }
    at = end + 1 + width;
    const json = (record?: Uint8Array) =>
      record === undefined || record.length === 0 ? {} : JSON.parse(text(record).replace(/[\r\n\t]/g, ''));
    frames.push({
      start,
      end: at,
      header: json(records[0]),
      payload: records[1] ?? utf8(''),
      trailer: json(records[2]),
    });
  }
  return frames;
}

/** Payloads of test sequences. */
export const payloadOf = (n: number): Uint8Array => utf8(`payload ${n} ${'x'.repeat((n * 7) % 23)}`);

/** The octets of a sequence with frames 1 to `last`. */
export async function sample(type: (typeof types)[number], last: number, given: object = {}): Promise<Uint8Array> {
  const memory = sequences.memory();
  const sequence = await sequences.create(memory, { type, envelopeId: 'test', ...given });
  for (let n = 1; n <= last; n++) await sequence.append(payloadOf(n));
  return memory.bytes();
}

/** What a promise is refused with; fails when it is not. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { code } = error as { code?: string };
    if (typeof code !== 'string' || (error as Error).name !== 'MeshError') throw error;
    return code;
  }
  throw new Error('not refused');
}

/** The payloads that can be read, as text, forwards. */
export async function payloadsOf(storage: SequenceStorage): Promise<string[]> {
  const sequence = await sequences.open(storage, { writable: false });
  const found: string[] = [];
  for await (const frame of sequence.frames()) found.push(text((await frame.open()).payload));
  return found;
}

/** Beside the checkout, or where the environment says. */
const published = fileURLToPath(new URL('../../../shared/reference-data/dare-sequence-files.json', import.meta.url));

/** A file written by the reference implementation, with what an independent program found in it. */
export interface PublishedFile {
  id: string;
  base64: string;
  frames: { start: number; end: number }[];
  checks: {
    containerType: string | null;
    frameCount: number;
    payloadDigests: { verified: number };
    chain?: Record<string, number>;
    tree?: Record<string, number>;
    chainRule?: string;
    treeRule?: string;
    index: { matchesPosition: number; other: number; absent: number };
  };
  randomAccess?: { target: number; positionOfTarget: number }[];
}

/** The files of the reference implementation are not part of the project; where they are absent, tests that need them say so. */
export function publishedFiles():
  | { files: PublishedFile[]; negative: { id: string; base64: string; error: string | null }[] }
  | undefined {
  const path = process.env['MATHMESH_REFERENCE_SEQUENCES'] ?? published;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

export const fromBase64 = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
