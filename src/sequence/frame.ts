/**
 * One frame of a sequence for its reader: header and trailer as they are, the payload when it is asked for. Not where the frame is found.
 */
import type { Provider } from '../backend/types.ts';
import { equal, wipe } from '../bytes.ts';
import type { Members } from '../dare/members.ts';
import { type OpenOptions, openParts, type Parts } from '../dare/parts.ts';
import type { Assurance } from '../dare/verify.ts';
import { fail } from '../errors.ts';
import type { Frame } from '../frame.ts';
import { options as read } from '../options.ts';
import { own } from '../own.ts';
import { type Limits, within } from './limit.ts';
import { type Place, placeOf } from './members.ts';
import { readMembers } from './read.ts';
import { readFrom, type SequenceStorage } from './storage.ts';

/** A payload with what is known about it. */
export interface OpenedFrame {
  index: number;
  /** Fresh octets. */
  payload: Uint8Array;
  /** Fresh octets each. */
  annotations: Uint8Array[];
  /** What was checked, and what not. The digests that bind the frames are not asked: see `verify`. */
  assurance: Assurance;
  /** ContentMeta; no prototype. */
  contentMeta: Members;
}

/** What a frame reads its octets with. */
export interface FrameSource {
  p: Provider;
  storage: SequenceStorage;
  limits: Limits;
  /** Frame 0, whose recipients count for frames of 2019 and 2020 that have none. */
  first(): Promise<SequenceFrame>;
}

/**
 * A frame of a sequence.
 *
 * @example
 * ```ts
 * import { dare } from 'mathmesh';
 * const sequence = await dare.sequence.create(dare.sequence.memory(), { type: 'Chain' });
 * await sequence.append(new TextEncoder().encode('first'));
 * const frame = await sequence.frame(1);
 * console.log(frame.index, frame.payloadLength, new TextDecoder().decode((await frame.open()).payload)); // 1 5 first
 * ```
 * Constant time: no, frames are public; opening them is as `dare.open`. Source: DARE sequences, file layout.
 */
export class SequenceFrame {
  /** Its number, from 0. */
  readonly index: number;
  /** Where it begins. */
  readonly position: number;
  /** Octets of it. */
  readonly size: number;
  /** Octets of the payload as carried. */
  readonly payloadLength: number;
  /** The header; no prototype. */
  readonly header: Members;
  /** The trailer; no prototype. None in many frames. */
  readonly trailer: Members | undefined;
  readonly #source: FrameSource;
  readonly #parts: Omit<Parts, 'payload'>;
  readonly #place: Place;
  readonly #payloadStart: number;

  /** @internal */
  constructor(source: FrameSource, index: number, frame: Frame, parts: Omit<Parts, 'payload'>) {
    this.#source = source;
    this.#parts = parts;
    this.index = index;
    this.position = frame.start;
    this.size = frame.end - frame.start;
    const { start = 0, end = 0 } = frame.records[1] ?? {};
    this.#payloadStart = start;
    this.payloadLength = end - start;
    this.header = readMembers(parts.header, 'header', source.limits);
    this.trailer = parts.trailer === undefined ? undefined : readMembers(parts.trailer, 'trailer', source.limits);
    this.#place = placeOf(this.header, this.trailer);
  }

  /** Whether the payload is encrypted, by what the header says. */
  get encrypted(): boolean {
    const enc = own(this.header, 'enc');
    return enc !== undefined && enc !== 'none';
  }

  /**
   * Header, payload and trailer as carried: fresh octets. Nothing is checked but limits.
   *
   * @throws MeshError `limit`, `storage`
   */
  async parts(): Promise<Parts> {
    const { storage, limits } = this.#source;
    const length = within(this.payloadLength, limits.payload, 'a payload');
    const payload = await readFrom(storage, this.#payloadStart, length);
    return { header: this.#parts.header.slice(), payload, trailer: this.#parts.trailer?.slice() };
  }

  /**
   * The payload, decrypted where it is encrypted, with what was reached on the way. A stored digest is always compared.
   *
   * @param options - as for `dare.open`: `keys`, `trust` and so on
   * @throws MeshError `payload-digest`, `algorithm`, and those of `dare.open`
   */
  async open(options?: OpenOptions): Promise<OpenedFrame> {
    const { p } = this.#source;
    const parts = await this.parts();
    const { payload } = this.#place;
    if (payload !== undefined && !equal(payload, p().sha512(parts.payload))) {
      fail('payload-digest', `frame ${this.index}`);
    }
    const baseSeed = await this.#seedBefore(options);
    try {
      const opened = openParts(p, parts, this.#limited(options), { baseSeed });
      const { payload: plaintext, annotations, assurance, header } = opened;
      return { index: this.index, payload: plaintext, annotations, assurance, contentMeta: header.contentMeta };
    } finally {
      wipe(...(baseSeed === undefined ? [] : [baseSeed]));
    }
  }

  /** The seed of frame 0 for a frame that is encrypted without recipients of its own. */
  async #seedBefore(options: OpenOptions | undefined): Promise<Uint8Array | undefined> {
    const recipients = own(this.header, 'recipients');
    const hasOwn = Array.isArray(recipients) && recipients.length > 0;
    if (!this.encrypted || hasOwn || this.index === 0) return undefined;
    if ((this.#place.exchangePosition ?? 0) !== 0) fail('algorithm', 'ExchangePosition');
    const first = await this.#source.first();
    let seed: Uint8Array | undefined;
    openParts(this.#source.p, await first.parts(), this.#limited(options), { onSeed: (found) => (seed = found) });
    return seed;
  }

  #limited(given: OpenOptions | undefined): OpenOptions {
    return { limits: this.#source.limits, ...read(given) };
  }
}
