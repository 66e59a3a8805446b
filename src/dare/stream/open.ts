/**
 * Opening an envelope of any length. What each cipher allows decides when plaintext comes out:
 *
 * * A256GCM, no signature demanded: each chunk once its tag is right; the end only after everything behind the payload was right too.
 * * everything else: nothing before the digest of the whole payload and the signatures are verified. The source is read twice, so it must be
 *   one that can be; or the caller takes what is not verified yet (`releaseUnverified`).
 *
 * The checks are those of whole envelopes (../parts.ts), in the same order where the order of the octets allows it.
 */
import { Refusal } from '../../aes/index.ts';
import { type StreamAes, streamAes } from '../../aes/stream.ts';
import type { Provider } from '../../backend/types.ts';
import { equal } from '../../bytes.ts';
import { fail } from '../../errors.ts';
import { flag, options } from '../../options.ts';
import { type Access, access, checkWitnesses, concluded } from '../access.ts';
import { openAnnotation } from '../body.ts';
import { type DareHeader, parseHeader, parseTrailer } from '../header.ts';
import type { DareLimits } from '../limits.ts';
import type { Members } from '../members.ts';
import { closeReader, destroyAccess, type OpenOptions, type Reader, readerOf } from '../parts.ts';
import { veiled } from '../refusal.ts';
import { type Assurance, demandedCipher, verified } from '../verify.ts';
import { type Body, opening, through } from './body.ts';
import { bounded } from './bounded.ts';
import { type StreamDigest, streamDigest } from './digest.ts';
import { Marks } from './marks.ts';
import { output } from './output.ts';
import { EnvelopeReader } from './reader.ts';
import { Input, isRepeatable, type StreamSource } from './source.ts';

/** How a stream is opened. */
export interface StreamOpenOptions extends OpenOptions {
  /**
   * Takes plaintext before it is verified, where the source can be read only once and the cipher is not A256GCM or `trust` is given: the stream ends with an
   * error when digest or signatures turn out to be wrong, and then nothing that came out before counts.
   */
  releaseUnverified?: boolean;
}

/** An envelope that is being opened. */
export interface OpenedStream {
  /** The plaintext. It ends without an error only if everything was right. */
  payload: ReadableStream<Uint8Array>;
  /** `cty` of the content, when it says so. With A256GCM it is authentic once `payload` gives anything; else nothing shows that it is. */
  contentType?: string;
  /** ContentMeta from all places where it may stand; no prototype. Covered like `contentType`. */
  contentMeta: Members;
  /** All members of the header as parsed; no prototype. Covered like `contentType`. */
  header: Members;
  /** What was reached, once `payload` has ended; rejected as `payload` fails. */
  assurance: Promise<Assurance>;
  /** The annotations of the header, decrypted, once `payload` has ended; rejected as `payload` fails. */
  annotations: Promise<Uint8Array[]>;
}

/** What was found out in the end. */
interface Outcome {
  assurance: Assurance;
  annotations: Uint8Array[];
}

/** One envelope on its way, and what is wiped when it ends, whichever way. */
class Opening {
  readonly aes: StreamAes = streamAes();
  readonly header: DareHeader;
  readonly cipher: Assurance['cipher'];
  readonly #reader: Reader;
  readonly #releases: (() => void)[] = [];
  #access: Access | undefined;

  /** @throws MeshError as `parseHeader`, `algorithm`, `not-encrypted` */
  constructor(reader: Reader, header: Uint8Array) {
    this.#reader = reader;
    this.header = parseHeader(header, reader.limits);
    this.cipher = demandedCipher(this.header, reader.requireEncryption);
  }

  /** Whether chunks are authentic by themselves, and nothing else is asked for. */
  get authenticatesItself(): boolean {
    return this.cipher === 'A256GCM' && !this.#reader.policy.demanded;
  }

  onRelease(action: () => void): void {
    this.#releases.push(action);
  }

  digest(): StreamDigest {
    const digest = streamDigest(this.#reader.p);
    this.onRelease(() => digest.destroy());
    return digest;
  }

  /** Finds the keys of the payload, if it needs any. @throws MeshError as `access` */
  unlock(): void {
    const { p, limits, keys } = this.#reader;
    if (this.cipher !== 'none') this.#access ??= access(p, this.header, this.cipher, limits, { keys });
  }

  /** The body of the payload. */
  body(): Body {
    this.unlock();
    const body = opening(this.aes, this.#access?.keys);
    this.onRelease(() => body.destroy());
    return body;
  }

  /** Everything that is checked once digest and trailer are there. */
  verify(digest: Uint8Array, trailer: Uint8Array | undefined): Assurance {
    const { p, policy, limits } = this.#reader;
    const parsed = trailer === undefined ? undefined : parseTrailer(trailer, limits);
    const { integrity, signed, assurance } = verified(
      p,
      this.cipher,
      { header: this.header, trailer: parsed, digest },
      policy,
    );
    this.unlock();
    if (this.#access !== undefined) checkWitnesses(this.#access, integrity, signed, assurance.signatures, policy);
    return assurance;
  }

  /** The outcome, once the payload has been decrypted to its end. */
  conclude(assurance: Assurance): Outcome {
    const annotations = (this.header.annotations ?? []).map((each) => openAnnotation(this.#access, each));
    return { assurance: concluded(assurance, this.#access, this.#reader.policy), annotations };
  }

  release(): void {
    for (const action of this.#releases.splice(0)) action();
    if (this.#access !== undefined) destroyAccess(this.#access);
    closeReader(this.#reader);
  }
}

async function* digested(chunks: AsyncIterable<Uint8Array>, digest: StreamDigest): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
}

/** `openStream` of {@link DareStreams} over a backend. */
export function makeOpenStream(p: Provider) {
  /** The plaintext of a source that is read once. */
  async function* once(opening: Opening, envelope: EnvelopeReader, most: number): AsyncGenerator<Uint8Array, Outcome> {
    const digest = opening.digest();
    let refusal: Refusal | undefined;
    try {
      for await (const pieces of through(opening.body(), digested(bounded(envelope.payload(), most), digest))) {
        yield* pieces;
      }
    } catch (error) {
      // CBC refuses at the end of the payload. Told before digest and signatures, it would say which changed ciphertexts have right padding.
      if (opening.cipher !== 'A256CBC' || !(error instanceof Refusal)) throw error;
      refusal = error;
    }
    const assurance = opening.verify(digest.digest(), await envelope.trailer());
    if (refusal !== undefined) throw refusal;
    return opening.conclude(assurance);
  }

  /** The plaintext of a source that has been verified, from its second reading. */
  async function* again(
    opening: Opening,
    {
      input,
      limits,
      marks,
      assurance,
    }: { input: Input; limits: Required<DareLimits>; marks: Marks; assurance: Assurance },
  ): AsyncGenerator<Uint8Array, Outcome> {
    const envelope = new EnvelopeReader(input, limits);
    if (!equal(await envelope.header(), opening.header.octets)) fail('payload-digest', 'the source has changed');
    for await (const pieces of through(opening.body(), marks.checking(envelope.payload()))) yield* pieces;
    return opening.conclude(assurance);
  }

  return async (source: StreamSource, given?: StreamOpenOptions): Promise<OpenedStream> => {
    const { releaseUnverified = false, ...rest } = options(given);
    const unverified = flag(releaseUnverified, 'releaseUnverified');
    const reader = readerOf(p, rest);
    const { limits } = reader;
    let input: Input | undefined;
    let opening: Opening | undefined;
    const release = async (reason?: unknown) => {
      if (opening === undefined) closeReader(reader);
      else opening.release();
      await input?.cancel(reason);
    };

    try {
      input = await Input.open(source);
      const envelope = new EnvelopeReader(input, limits);
      opening = new Opening(reader, await envelope.header());
      if (unverified || opening.authenticatesItself) {
        // Here, so that a missing key is not found out in the middle of the stream.
        opening.unlock();
        return stream(reader, opening.header, once(opening, envelope, limits.payload), release);
      }
      if (!isRepeatable(source)) {
        fail('bad_option', 'the source must be one that can be read twice, or releaseUnverified be set');
      }
      const marks = new Marks(opening.aes);
      opening.onRelease(() => marks.destroy());
      const digest = opening.digest();
      for await (const piece of marks.marking(bounded(envelope.payload(), limits.payload))) digest.update(piece);
      const assurance = opening.verify(digest.digest(), await envelope.trailer());
      input = await Input.open(source);
      return stream(reader, opening.header, again(opening, { input, limits, marks, assurance }), release);
    } catch (error) {
      await release(error);
      throw shown(reader, error);
    }
  };
}

/** What the caller learns of an error: one code for everything that keys have to do with. */
function shown({ detail }: Reader, error: unknown): unknown {
  try {
    return veiled(detail, () => {
      throw error;
    });
  } catch (outside) {
    return outside;
  }
}

/** What the caller gets. */
function stream(
  reader: Reader,
  header: DareHeader,
  plaintext: AsyncGenerator<Uint8Array, Outcome>,
  release: (reason?: unknown) => Promise<void>,
): OpenedStream {
  const { promise, resolve, reject } = settled<Outcome>();
  async function* produce(): AsyncGenerator<Uint8Array> {
    try {
      resolve(yield* plaintext);
    } catch (error) {
      const outside = shown(reader, error);
      reject(outside);
      throw outside;
    } finally {
      await release();
    }
  }
  const stop = async (reason: unknown) => {
    reject(new DOMException('cancelled', 'AbortError'));
    await release(reason);
  };
  const [assurance, annotations] = [promise.then((it) => it.assurance), promise.then((it) => it.annotations)];
  // Whoever reads the stream learns of its failure there.
  for (const each of [assurance, annotations]) each.catch(() => {});
  const { contentMeta, members } = header;
  const cty = contentMeta['cty'];
  return {
    payload: output(produce(), stop),
    ...(typeof cty === 'string' ? { contentType: cty } : {}),
    contentMeta,
    header: members,
    assurance,
    annotations,
  };
}

/** A promise with its ends. */
function settled<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
