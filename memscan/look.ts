/**
 * One look at a process that has worked with secrets: what it was given, and how many copies are left in its memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { hkdfSync, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { shake256 } from '@noble/hashes/sha3.js';
import { type Needle, scan } from './scan.ts';
import { controlLength, randomLength, secrets, secretsLength, work } from './work.mjs';

/** What is under test. */
export const subjects = ['mathmesh', 'mathmesh/js', '-'] as const;
export type Subject = (typeof subjects)[number];

/** Copies of one secret, in any form. */
interface Finding {
  name: string;
  copies: number;
}

/** What a look has found. */
export interface Look {
  subject: Subject;
  /** Octets of memory that were looked at. */
  octets: number;
  /** Secrets, without {@link texts} and {@link control}. */
  findings: Finding[];
  /** Texts of shares that were given to the caller: strings, which nobody can wipe. */
  texts: number;
  /** Copies of what was kept on purpose: not zero, or the look has seen nothing. */
  control: number;
}

/** L, little-endian numbers, and hexadecimal as octets. */
const order = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;
const number = (octets: Uint8Array) => BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);
const littleEndian = (value: bigint) => Buffer.from(value.toString(16).padStart(112, '0'), 'hex').reverse();
const reduced = (octets: Uint8Array) => littleEndian(number(octets) % order);

/** As RFC 8032 section 5.2.5 and RFC 7748 section 5 have it. */
function pruned(octets: Uint8Array): Uint8Array {
  const out = octets.slice(0, 56);
  out[0] = (out[0] as number) & 0xfc;
  out[55] = (out[55] as number) | 0x80;
  return out;
}

/** What follows from a seed: both forms of the scalar, the prefix, and the nonce of the message, by other code than that under test. */
function expanded(name: string, seed: Uint8Array): Needle[] {
  const digest = shake256(seed, { dkLen: 114 });
  const domain = Buffer.concat([Buffer.from('SigEd448'), Buffer.of(0, 0)]);
  const wide = shake256(Buffer.concat([domain, digest.subarray(57), Buffer.from('a message')]), { dkLen: 114 });
  return [
    { name: `${name}, its scalar`, octets: pruned(digest) },
    { name: `${name}, its scalar`, octets: reduced(pruned(digest)) },
    { name: `${name}, its prefix`, octets: digest.slice(57) },
    { name: `${name}, a nonce`, octets: wide },
    { name: `${name}, a nonce`, octets: reduced(wide) },
  ];
}

/** Keys that follow from the base seed of an envelope (docs/dare.md), for the salt that was drawn with it. */
function contentKeys(seed: Uint8Array, salt: Uint8Array): Needle[] {
  const key = (label: string, length: number) => new Uint8Array(hkdfSync('sha256', seed, salt, label, length));
  return ['A256GCM key', 'encrypt'].map((label) => ({ name: 'content key', octets: key(label, 32) }));
}

/** A needle as octets, backwards (numbers written from the other end), and in hexadecimal. */
function forms({ name, octets }: Needle): Needle[] {
  return [octets, Uint8Array.from(octets).reverse()].flatMap((form) => [
    { name, octets: Uint8Array.from(form) },
    { name, octets: Uint8Array.from(Buffer.from(Buffer.from(form).toString('hex'), 'latin1')) },
  ]);
}

/** All that must not be found, and the texts; `draws` are random octets, of which those of envelopes come as seed and salt. */
function needlesOf(given: Uint8Array, results: Needle[], draws: Uint8Array[]): Needle[] {
  let at = 0;
  const plain = Object.entries(secrets).map(([name, length]) => ({ name, octets: given.slice(at, (at += length)) }));
  const derived = plain.flatMap(({ name, octets }): Needle[] => {
    if (octets.length === 57) return expanded(name, octets);
    if (octets.length !== 56) return [];
    return [
      ...expanded(name, octets),
      { name: `${name}, its scalar`, octets: pruned(octets) },
      { name: `${name}, its scalar`, octets: reduced(pruned(octets)) },
    ];
  });
  const [first, second] = [plain[2], plain[3]].map((seed) => (seed as Needle).octets) as [Uint8Array, Uint8Array];
  const sums = [
    (seed: Uint8Array) => number(pruned(shake256(seed, { dkLen: 114 }))),
    (seed: Uint8Array) => number(pruned(seed)),
  ].map((scalar) => ({ name: 'combined scalar', octets: littleEndian((scalar(first) + scalar(second)) % order) }));
  // A combined key of Ed448 makes its own (section 7 of the key combination).
  const sum = sums[0] as Needle;
  const ownPrefix = {
    name: 'combined scalar, its prefix',
    octets: shake256(Buffer.concat([sum.octets, Buffer.of(0)]), { dkLen: 57 }),
  };
  // Behind the base seed of an envelope comes its salt, which is public: 16 octets of a draw of 32 (src/random.ts).
  const salted = draws.map(({ length }, i) => length === 32 && draws[i + 1]?.length === 32);
  const random = draws
    .filter(({ length }, i) => length >= 32 && !(i > 0 && salted[i - 1]))
    .map((octets) => ({ name: 'random octets (nonces, coefficients, seeds)', octets }));
  const keys = draws.flatMap((seed, i) =>
    salted[i] ? contentKeys(seed, (draws[i + 1] as Uint8Array).subarray(0, 16)) : [],
  );
  const raw = [...plain, ...derived, ...sums, ownPrefix, ...results, ...random, ...keys];
  return raw.filter(({ octets }) => octets.length >= 16).flatMap(forms);
}

/** Waits for the line that says that the work is done. */
function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
}

/** Does the work here, to know the results, and in a process of its own, and looks at that. `flags` are for node. */
export async function look(subject: Subject, flags: readonly string[] = []): Promise<Look> {
  const given = new Uint8Array(randomBytes(secretsLength));
  const kept = new Uint8Array(randomBytes(controlLength));
  const random = new Uint8Array(randomBytes(randomLength));

  const results: Needle[] = [];
  const texts: Needle[] = [];
  const draws: Uint8Array[] = [];
  if (subject !== '-') {
    const own = globalThis.crypto.getRandomValues;
    const recording = {
      length: random.length,
      subarray(from: number, to: number) {
        const octets = random.slice(from, to);
        draws.push(octets);
        return octets;
      },
    };
    work(
      await import(subject),
      given,
      recording,
      (name: string, octets: Uint8Array) => results.push({ name, octets: octets.slice() }),
      (name: string, text: string) => texts.push({ name, octets: Uint8Array.from(Buffer.from(text, 'latin1')) }),
    );
    globalThis.crypto.getRandomValues = own;
  }

  const needles = needlesOf(given, results, draws);
  const all = [...needles, ...texts, ...forms({ name: 'control', octets: kept })];
  const path = fileURLToPath(new URL('child.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', ...flags, path, subject], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const done = finished(child);
    child.stdin?.write(Buffer.concat([given, kept, random]));
    await done;
    const { copies, octets } = scan(child.pid as number, all);
    const total = (from: number, to: number) => copies.slice(from, to).reduce((sum, count) => sum + count, 0);
    const findings = new Map<string, number>();
    needles.forEach(({ name }, i) => {
      findings.set(name, (findings.get(name) ?? 0) + (copies[i] as number));
    });
    return {
      subject,
      octets,
      findings: [...findings].map(([name, count]) => ({ name, copies: count })),
      texts: total(needles.length, needles.length + texts.length),
      control: total(needles.length + texts.length, all.length),
    };
  } finally {
    child.kill();
  }
}
