/**
 * An envelope of any length read once and not opened: its header, the digest of what it carries, its trailer; who has signed it and what it says. Nothing is
 * decrypted, so that no source has to be read twice.
 */
import type { Provider } from '../../backend/types.ts';
import { fail } from '../../errors.ts';
import { options } from '../../options.ts';
import { concluded } from '../access.ts';
import { parseHeader, parseTrailer } from '../header.ts';
import { type Inspected, type Inspection, inspectionOf } from '../inspect.ts';
import { type DareLimits, limitsOf } from '../limits.ts';
import { type OpenOptions, readerOf } from '../parts.ts';
import { type Assurance, demandedCipher, undecrypted, verified } from '../verify.ts';
import { bounded } from './bounded.ts';
import { streamDigest } from './digest.ts';
import { EnvelopeReader } from './reader.ts';
import { Input, type StreamSource } from './source.ts';

/** Reads an envelope to its end. @throws MeshError as `dare.parse`, and for its header and trailer */
async function scan(p: Provider, source: StreamSource, limits: Required<DareLimits>): Promise<Inspected> {
  const input = await Input.open(source);
  const hash = streamDigest(p);
  try {
    const envelope = new EnvelopeReader(input, limits);
    const header = parseHeader(await envelope.header(), limits);
    let payloadLength = 0;
    for await (const piece of bounded(envelope.payload(), limits.payload)) {
      hash.update(piece);
      payloadLength += piece.length;
    }
    const octets = await envelope.trailer();
    const trailer = octets === undefined ? undefined : parseTrailer(octets, limits);
    return { form: envelope.form, header, trailer, payloadLength, digest: hash.digest() };
  } catch (error) {
    await input.cancel(error);
    throw error;
  } finally {
    hash.destroy();
  }
}

/** `verifyStream` of {@link DareStreams} over a backend. */
export function makeVerifyStream(p: Provider) {
  return async (source: StreamSource, given?: Omit<OpenOptions, 'keys' | 'unsafeDetail'>): Promise<Assurance> => {
    const { keys, unsafeDetail, ...read }: OpenOptions = options(given);
    if (keys !== undefined || unsafeDetail !== undefined) fail('bad_option', 'nothing is decrypted');
    const { policy, limits, requireEncryption } = readerOf(p, read);
    const scanned = await scan(p, source, limits);
    const cipher = demandedCipher(scanned.header, requireEncryption);
    return concluded(undecrypted(verified(p, cipher, scanned, policy)), undefined, policy);
  };
}

/** `inspectStream` of {@link DareStreams} over a backend. */
export function makeInspectStream(p: Provider) {
  return async (source: StreamSource, given?: { limits?: DareLimits }): Promise<Inspection> =>
    inspectionOf(await scan(p, source, limitsOf(options(given).limits)));
}
