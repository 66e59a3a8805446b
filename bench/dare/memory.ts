/**
 * `node --import tsx bench/dare/memory.ts [GiB]`: what a long stream keeps in memory. Seals and opens 1 GiB that is never anywhere as a
 * whole: the sealed stream goes straight into opening. The base is the resident memory after a stream of 32 MiB, with everything loaded and
 * compiled; that before anything was done is printed first.
 */
import { dare, ed448, overlay } from './library.ts';
import { chunkLength, drain, zeros } from './streams.ts';

const mib = (octets: number) => (octets / 2 ** 20).toFixed(1);
console.log(`imported: ${mib(process.memoryUsage.rss())} MiB`);
const chunks = (Number(process.argv[2] ?? 1) * 2 ** 30) / chunkLength;
const secretKey = new Uint8Array(56).fill(3);
const { publicKey } = overlay.seedKey(secretKey, { crv: 'X448' });
const recipients = [{ crv: 'X448', publicKey }] as const;
const keys = [{ crv: 'X448', secretKey }] as const;
const signer = ed448.keygen();
const signers = [{ crv: 'Ed448', secretKey: signer.secretKey }] as const;
const trust = [{ crv: 'Ed448', publicKey: signer.publicKey }] as const;

/** The highest resident memory while a stream is read to its end. */
async function peakOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let peak = 0;
  let next = 0;
  await drain(stream, (total) => {
    if (total < next) return;
    next = total + 2 ** 22;
    peak = Math.max(peak, process.memoryUsage.rss());
  });
  return peak;
}

const work: Record<string, (count: number) => Promise<ReadableStream<Uint8Array>>> = {
  'seal A256GCM': async (count) => dare.sealStream(zeros(count), { recipients }),
  'seal A256CBC, signed': async (count) => dare.sealStream(zeros(count), { recipients, signers }),
  'seal and open A256GCM': async (count) =>
    (await dare.openStream(dare.sealStream(zeros(count), { recipients }), { keys })).payload,
  'seal and open A256CBC, one pass': async (count) => {
    const sealed = dare.sealStream(zeros(count), { recipients, signers });
    return (await dare.openStream(sealed, { keys, trust, releaseUnverified: true })).payload;
  },
};

for (const [name, start] of Object.entries(work)) {
  await peakOf(await start(512));
  const base = process.memoryUsage.rss();
  const began = performance.now();
  const peak = await peakOf(await start(chunks));
  const rate = (chunks * chunkLength) / 2 ** 20 / ((performance.now() - began) / 1000);
  console.log(
    `${name.padEnd(34)} base ${mib(base)} MiB, peak ${mib(peak)} MiB, over base ${mib(peak - base)} MiB; ${rate.toFixed(0)} MiB/s`,
  );
}
