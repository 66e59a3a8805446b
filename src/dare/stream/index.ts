/**
 * Envelopes of any length on Web Streams, in constant memory: the same envelopes, options and checks as in one piece.
 */
import type { Provider } from '../../backend/types.ts';
import type { Inspection } from '../inspect.ts';
import type { DareLimits } from '../limits.ts';
import type { OpenOptions } from '../parts.ts';
import type { SealOptions } from '../prepare.ts';
import type { Assurance } from '../verify.ts';
import { makeOpenStream, type OpenedStream, type StreamOpenOptions } from './open.ts';
import { makeInspectStream, makeVerifyStream } from './scan.ts';
import { makeSealStream } from './seal.ts';
import type { StreamSource } from './source.ts';

export type { OpenedStream, StreamOpenOptions } from './open.ts';
export type { StreamSource } from './source.ts';

/** Envelopes as streams. */
export interface DareStreams {
  /**
   * Seals a payload of any length. Nothing is read before the result is, and no more than the reader asks for; some hundred KiB are held.
   * The octets are those of `dare.seal` in JSON-B form, but for the chunks of the payload. AES is that of the platform where there is one.
   *
   * @param source - a stream of octets, a Blob, or a function that gives one
   * @param options - those of `dare.seal`
   * @returns the envelope in its file form. Cancelling it cancels the source and wipes the keys; an error of the source is its error
   * @throws MeshError as `dare.seal` for wrong options, at once; `bad_option`, `not_bytes` in the stream for a source that gives no octets, and `limit`
   * for one that gives more than 1,024 empty chunks in a row
   * @example
   * ```ts
   * import { dare, udf } from 'mathmesh';
   * const key = udf.encryptionKey();
   * const sealed = dare.sealStream(new Blob(['as long as you like']), { recipients: [key] });
   * const { payload } = await dare.openStream(sealed, { keys: [key] });
   * console.log(await new Response(payload).text()); // as long as you like
   * ```
   * Constant time: as `dare.seal`; lengths and times of chunks show. DARE specification, sections 3.2 and 7.5.
   */
  sealStream(source: StreamSource, options?: SealOptions): ReadableStream<Uint8Array>;
  /**
   * Opens an envelope of any length, in file form or as JSON.
   *
   * Under A256GCM plaintext comes out chunk by chunk, each authentic and in its place; an envelope that was cut off ends with an error. A
   * payload under A256CBC or in clear, and every payload of which a signature is demanded, is read twice: the first time to verify it, the
   * second time to give it out, and then exactly the octets that were verified. So the source must be a Blob or a function that can be
   * called twice, unless `releaseUnverified` is set.
   *
   * @param source - a stream of octets, a Blob, or a function that gives one
   * @param options - those of `dare.open`, and `releaseUnverified`
   * @returns once the header is read, and in the second case everything verified: the plaintext as a stream, and what is known in the end
   * @throws MeshError as `dare.open`, here or as the error of the stream; `bad_option` for a source that must be read twice and cannot be;
   * `payload-digest` also for a source that changes between the two readings
   * @example
   * ```ts
   * import { dare, ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const signed = await new Response(
   *   dare.sealStream(new Blob(['in clear']), { signers: [{ crv: 'Ed448', secretKey }] }),
   * ).blob();
   * const { payload, assurance } = await dare.openStream(signed, { trust: [{ crv: 'Ed448', publicKey }] });
   * console.log(await new Response(payload).text()); // in clear
   * console.log((await assurance).trusted); // true
   * ```
   * Constant time: as `dare.open`. DARE specification, section 10.
   */
  openStream(source: StreamSource, options?: StreamOpenOptions): Promise<OpenedStream>;
  /**
   * Checks what can be checked without a decryption key, of an envelope of any length: as `dare.verify`. The source is read once.
   *
   * @param source - a stream of octets, a Blob, or a function that gives one
   * @param options - those of `dare.verify`
   * @returns what was reached, once all has been read
   * @throws MeshError as `dare.verify`; `bad_option`, `not_bytes`, `limit` for a source as in {@link DareStreams.sealStream}
   * @example
   * ```ts
   * import { dare, ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const signed = dare.sealStream(new Blob(['in clear']), { signers: [{ crv: 'Ed448', secretKey }] });
   * const { trusted, digest } = await dare.verifyStream(signed, { trust: [{ crv: 'Ed448', publicKey }] });
   * console.log(trusted, digest); // true match
   * ```
   * Constant time: no, because all inputs are public. DARE specification, sections 5 and 9.
   */
  verifyStream(source: StreamSource, options?: Omit<OpenOptions, 'keys' | 'unsafeDetail'>): Promise<Assurance>;
  /**
   * What an envelope of any length says about itself: as `dare.inspect`. The source is read once.
   *
   * @param source - a stream of octets, a Blob, or a function that gives one
   * @param options - `limits`
   * @returns what it says, once all has been read
   * @throws MeshError as `dare.inspect`; `bad_option`, `not_bytes`, `limit` for a source as in {@link DareStreams.sealStream}
   * @example
   * ```ts
   * import { dare, udf } from 'mathmesh';
   * const sealed = dare.sealStream(new Blob(['a secret']), { recipients: [udf.encryptionKey()] });
   * const { enc, payloadLength, digest } = await dare.inspectStream(sealed);
   * console.log(enc, payloadLength, digest); // A256GCM 24 match
   * ```
   * Constant time: no, because everything in it is public. DARE specification, section 4.
   */
  inspectStream(source: StreamSource, options?: { limits?: DareLimits }): Promise<Inspection>;
}

/** {@link DareStreams} over a backend. */
export function makeDareStreams(p: Provider): DareStreams {
  return {
    sealStream: makeSealStream(p),
    openStream: makeOpenStream(p),
    verifyStream: makeVerifyStream(p),
    inspectStream: makeInspectStream(p),
  };
}
