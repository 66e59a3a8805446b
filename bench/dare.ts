/**
 * The family of envelopes: streams beside AES and SHA-512 of the platform one after the other, messages and files beside age. Streams are
 * asynchronous and long, so not measured by measure.ts: here everybody takes turns with one whole stream at a time.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { x25519 } from '@noble/curves/ed25519.js';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { dare, ed448, overlay } from './dare/library.ts';
import { chunkLength, drain, stream, zeros } from './dare/streams.ts';
import { type FamilyResult, figure, type RowResult } from './result.ts';

/** Something that takes time. */
type Contenders = Record<string, () => unknown>;
/** Wall times of each, in milliseconds, in the order of the rounds. */
type Samples = Record<string, number[]>;

/** Everybody, `rounds` times, in turns. */
async function race(contenders: Contenders, rounds: number): Promise<Samples> {
  const samples: Samples = {};
  for (const [name, call] of Object.entries(contenders)) {
    await call();
    samples[name] = [];
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(contenders)) {
      const start = performance.now();
      await call();
      samples[name]?.push(performance.now() - start);
    }
  }
  return samples;
}

/** What one row compares: contenders of a race by the names of the row; of several the minima add up. */
type Compared = Record<string, readonly string[]>;

/** A row from a race; `amount`: how many of the unit of the title one sample has. */
function row(id: string, title: string, samples: Samples, amount: number, compared: Compared): RowResult {
  const figures = Object.entries(compared).map(([name, parts]) => {
    const each = parts.map((part) => figure(part, samples[part] ?? []));
    const sum = (kind: 'min' | 'median') => (each.reduce((total, one) => total + one[kind], 0) * 1000) / amount;
    return { name, min: sum('min'), median: sum('median'), samples: each[0]?.samples ?? 0 };
  });
  return { id: `dare/${id}`, title, unit: 'us', figures };
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
async function streams(mib: number, rounds: number): Promise<RowResult[]> {
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
  const samples = await race(
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
  const peer = 'AES + SHA-512';
  const against = (id: string, own: string, aes: string) =>
    row(`stream/${id}`, `${own}, per MiB of a stream`, samples, mib, { wasm: [own], [peer]: [aes, 'SHA-512'] });
  return [
    against('seal-gcm', 'seal A256GCM', 'AES-256-GCM'),
    against('seal-cbc', 'seal A256CBC, signed', 'AES-256-CBC, encryption'),
    against('open-gcm', 'open A256GCM', 'AES-256-GCM'),
    against('open-cbc', 'open A256CBC, verified first', 'AES-256-CBC, decryption'),
    against('open-cbc-once', 'open A256CBC, in one pass', 'AES-256-CBC, decryption'),
  ];
}

/** The same file by age (typage), which has X25519 too: streams and whole. */
async function age(id: string, size: string, length: number, times: number, rounds: number): Promise<RowResult[]> {
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
  const against = (name: string, own: string, theirs: string) =>
    row(`${id}/${name}`, `${own}, ${size}`, results, times, { wasm: [own], age: [theirs] });
  return [
    against('seal', 'seal, X25519', 'age, encrypt'),
    against('open', 'open, X25519', 'age, decrypt'),
    against('seal-x448', 'seal, X448', 'age, encrypt'),
    against('open-x448', 'open, X448', 'age, decrypt'),
    against('seal-stream', 'seal a stream, X25519', 'age, encrypt a stream'),
    against('open-stream', 'open a stream, X25519', 'age, decrypt a stream'),
  ];
}

/** Measures envelopes. Files of 100 MB take seconds each: three turns. */
export async function dareFamily(rounds: number): Promise<FamilyResult> {
  const rows = [
    ...(await streams(16, rounds)),
    ...(await age('message', '1 KiB', 1024, 20, rounds)),
    ...(await age('file', '100 MB', 1e8, 1, Math.min(rounds, 3))),
  ];
  return { name: 'dare', title: 'Envelopes', rows };
}
