/**
 * `npx tsx bench/dare.ts`: envelopes against what they are made of and against age. Streams are asynchronous and long, which the families of
 * bench/families are not: here everybody takes turns with one whole stream at a time, and the best time of each counts. Prints tables.
 *
 *     --mib N      MiB of a stream (16)
 *     --rounds N   turns of everybody (20)
 *     --age N      MB of the comparison with age (100), and `--age-rounds N` (3)
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { x25519 } from '@noble/curves/ed25519.js';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { dare, ed448, overlay } from './dare/library.ts';
import { chunkLength, drain, stream, zeros } from './dare/streams.ts';
import { describe, thisMachine } from './machine.ts';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '20' },
    age: { type: 'string', default: '100' },
    'age-rounds': { type: 'string', default: '3' },
  },
});

/** Something that takes time. */
type Contenders = Record<string, () => unknown>;
/** Best wall time and best processor time, in milliseconds. */
type Times = Record<string, { wall: number; cpu: number }>;

/** Everybody, `rounds` times, in turns. */
async function race(contenders: Contenders, rounds: number): Promise<Times> {
  const times: Times = {};
  for (const [name, call] of Object.entries(contenders)) {
    await call();
    times[name] = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(contenders)) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      await call();
      const [wall, { user, system }] = [performance.now() - start, process.cpuUsage(before)];
      const best = times[name] as { wall: number; cpu: number };
      best.wall = Math.min(best.wall, wall);
      best.cpu = Math.min(best.cpu, (user + system) / 1000);
    }
  }
  return times;
}

/** Prints what each takes, and how many times faster than the one named it is. */
function report(
  title: string,
  unit: string,
  amount: number,
  times: Times,
  against: Record<string, readonly string[]>,
): void {
  console.log(`\n${title}`);
  for (const [name, { wall, cpu }] of Object.entries(times)) {
    const peers = against[name];
    const sum = (kind: 'wall' | 'cpu') => (peers ?? []).reduce((total, peer) => total + (times[peer]?.[kind] ?? 0), 0);
    const ratio =
      peers === undefined
        ? ''
        : `× ${(sum('wall') / wall).toFixed(2)} (processor ${(sum('cpu') / cpu).toFixed(2)}) of ${peers.join(' + ')}`;
    console.log(`${name.padEnd(34)} ${((wall / amount) * 1000).toFixed(1).padStart(9)} ${unit}  ${ratio}`);
  }
}

const filled = (length: number) => new Uint8Array(length).fill(3);
const key = filled(32);
const iv = new Uint8Array(16);
const signer = ed448.keygen();
const signers = [{ crv: 'Ed448', secretKey: signer.secretKey }] as const;
const trust = [{ crv: 'Ed448', publicKey: signer.publicKey }] as const;
/** Whom to encrypt to, and what decrypts. */
const pair = <C extends string>(crv: C, secretKey: Uint8Array, publicKey: Uint8Array) => ({
  recipients: [{ crv, publicKey }] as const,
  keys: [{ crv, secretKey }] as const,
});
const x448 = pair('X448', filled(56), overlay.seedKey(filled(56), { crv: 'X448' }).publicKey);
const curve25519 = pair('X25519', filled(32), x25519.getPublicKey(filled(32)));

/** Streams against AES and SHA-512 of the platform, one after the other. */
async function streams(mib: number, rounds: number): Promise<void> {
  const chunks = (mib * 2 ** 20) / chunkLength;
  const chunk = new Uint8Array(chunkLength).fill(7);
  const each = (action: () => void) => {
    for (let i = 0; i < chunks; i++) action();
  };
  const { recipients, keys } = x448;
  const octets = async (options: object) =>
    new Uint8Array(await new Response(dare.sealStream(zeros(chunks), options)).arrayBuffer());
  const [gcm, cbc] = [await octets({ recipients }), await octets({ recipients, signers })];
  const open = async (sealed: Uint8Array, options: object) =>
    drain((await dare.openStream(() => stream(sealed), options)).payload);
  const times = await race(
    {
      'AES-256-GCM': () =>
        each(() => {
          const cipher = createCipheriv('aes-256-gcm', key, iv.subarray(0, 12));
          cipher.update(chunk);
          cipher.final();
          cipher.getAuthTag();
        }),
      'AES-256-CBC, encryption': () => {
        const cipher = createCipheriv('aes-256-cbc', key, iv);
        each(() => cipher.update(chunk));
      },
      'AES-256-CBC, decryption': () => {
        const decipher = createDecipheriv('aes-256-cbc', key, iv);
        each(() => decipher.update(chunk));
      },
      'SHA-512': () => {
        const hash = createHash('sha512');
        each(() => hash.update(chunk));
        hash.digest();
      },
      'seal A256GCM': () => drain(dare.sealStream(zeros(chunks), { recipients })),
      'seal A256CBC, signed': () => drain(dare.sealStream(zeros(chunks), { recipients, signers })),
      'open A256GCM': () => open(gcm, { keys }),
      'open A256CBC, verified first': () => open(cbc, { keys, trust }),
      'open A256CBC, in one pass': () => open(cbc, { keys, trust, releaseUnverified: true }),
    },
    rounds,
  );
  report(`Streams of ${mib} MiB`, 'µs/MiB', mib, times, {
    'seal A256GCM': ['AES-256-GCM', 'SHA-512'],
    'seal A256CBC, signed': ['AES-256-CBC, encryption', 'SHA-512'],
    'open A256GCM': ['AES-256-GCM', 'SHA-512'],
    'open A256CBC, verified first': ['AES-256-CBC, decryption', 'SHA-512'],
    'open A256CBC, in one pass': ['AES-256-CBC, decryption', 'SHA-512'],
  });
}

/** The same file by age (typage), which has X25519 too: streams and whole. */
async function age(
  length: number,
  times: number,
  rounds: number,
  title: string,
  unit: string,
  amount: number,
): Promise<void> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const { recipients, keys } = curve25519;
  const plaintext = new Uint8Array(length).fill(7);
  const theirs = await encrypter.encrypt(plaintext);
  const ours = dare.seal(plaintext, { recipients, form: 'jsonb' }).bytes;
  const ours448 = dare.seal(plaintext, { recipients: x448.recipients, form: 'jsonb' }).bytes;
  const many = (action: () => unknown) => async () => {
    for (let i = 0; i < times; i++) await action();
  };
  const results = await race(
    {
      'age, encrypt': many(() => encrypter.encrypt(plaintext)),
      'age, decrypt': many(() => decrypter.decrypt(theirs)),
      'age, encrypt a stream': many(async () => drain(await encrypter.encrypt(stream(plaintext)))),
      'age, decrypt a stream': many(async () => drain(await decrypter.decrypt(stream(theirs)))),
      'seal, X25519': many(() => dare.seal(plaintext, { recipients, form: 'jsonb' })),
      'open, X25519': many(() => dare.open(ours, { keys })),
      'seal, X448': many(() => dare.seal(plaintext, { recipients: x448.recipients, form: 'jsonb' })),
      'open, X448': many(() => dare.open(ours448, { keys: x448.keys })),
      'seal a stream, X25519': many(() => drain(dare.sealStream(stream(plaintext), { recipients }))),
      'open a stream, X25519': many(async () => drain((await dare.openStream(stream(ours), { keys })).payload)),
    },
    rounds,
  );
  report(title, unit, amount, results, {
    'seal, X25519': ['age, encrypt'],
    'open, X25519': ['age, decrypt'],
    'seal, X448': ['age, encrypt'],
    'open, X448': ['age, decrypt'],
    'seal a stream, X25519': ['age, encrypt a stream'],
    'open a stream, X25519': ['age, decrypt a stream'],
  });
}

console.log(describe(thisMachine()));
await streams(Number(values.mib), Number(values.rounds));
await age(1024, 20, 15, 'Messages of 1 KiB', 'µs', 20);
const megabytes = Number(values.age);
if (megabytes > 0)
  await age(megabytes * 1e6, 1, Number(values['age-rounds']), `Files of ${megabytes} MB`, 'µs/MB', megabytes);
