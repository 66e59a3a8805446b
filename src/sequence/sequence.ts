/**
 * A sequence that is open: reading, appending, verifying. Not how it is made or opened (open.ts), nor proofs and heads, which stand on it.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, isBytes } from '../bytes.ts';
import type { OpenOptions } from '../dare/parts.ts';
import type { SealOptions } from '../dare/prepare.ts';
import { fail } from '../errors.ts';
import { flag, octetCount, options } from '../options.ts';
import { type DraftRules, draftOf } from './draft.ts';
import { type FrameSource, type OpenedFrame, SequenceFrame } from './frame.ts';
import type { Limits } from './limit.ts';
import { frameAfter, Window } from './locate.ts';
import type { SequenceType } from './members.ts';
import { reportOf, type SequenceReport } from './report.ts';
import { resume } from './resume.ts';
import { type Found, found, type SeekMap, seek } from './seek.ts';
import { guarded, type SequenceStorage } from './storage.ts';
import type { Torn } from './tail.ts';
import { verifyFrames } from './verify.ts';
import { type Draft, plan, type WriterState } from './writer.ts';

/** What is appended: octets, or octets with how they are sealed, as for `dare.seal`. */
export type SequenceEntry = Uint8Array | ({ payload: Uint8Array } & SealOptions);

/** Which frames, in which order. */
export interface FrameRange {
  /** The first; 0 by default. */
  from?: number;
  /** The last; by default the last there is. */
  to?: number;
  /** From the last to the first. */
  reverse?: boolean;
}

/** How a sequence is verified. */
export interface VerifyOptions {
  /** Throws `not-linked` unless the digests bind every frame to all before it. */
  requireLinked?: boolean;
  /** Takes trees in which some operands are missing without a rule (one published file). */
  partial?: boolean;
  /** Payloads may have been erased: lists their frames instead of throwing `payload-digest`, and goes on with the stored digests. */
  erased?: boolean;
  /** Reports what is behind the last whole frame instead of throwing its code. */
  torn?: boolean;
}

/** What a sequence starts with. @internal */
export interface SequenceState extends DraftRules {
  storage: SequenceStorage;
  map: SeekMap;
  last: Found;
  torn: Torn | undefined;
  recovered: Torn | undefined;
  writable: boolean;
  /** Known when the sequence has just been made. */
  writer: WriterState | undefined;
}

const nearBlock = 4096;
const farBlock = 65_536;

/**
 * A sequence. Every method may be called while others are under way: appends are done one after the other, readers see the frames that were there when
 * they began. Close it when it is no longer needed: a file stays locked until then.
 *
 * @example
 * ```ts
 * import { dare } from 'mathmesh';
 * const sequence = await dare.sequence.create(dare.sequence.memory(), { type: 'Chain' });
 * console.log(await sequence.append(Uint8Array.of(1)), await sequence.appendAll([Uint8Array.of(2), Uint8Array.of(3)])); // 1 2
 * const backwards = [];
 * for await (const frame of sequence.frames({ from: 1, reverse: true })) backwards.push(frame.index);
 * console.log(backwards.join(' '), (await sequence.verify({ requireLinked: true })).protects); // 3 2 1 sequence
 * await sequence.close();
 * ```
 * Constant time: no, frames are public; what is sealed and opened is as in `dare`. Source: DARE sequences.
 */
export class Sequence implements FrameSource {
  /** @internal */
  readonly p: Provider;
  /** @internal */
  readonly storage: SequenceStorage;
  /** @internal */
  readonly limits: Limits;
  /** How the frames hang together. */
  readonly type: SequenceType;
  /** What is behind the last whole frame, in a sequence for reading: left by a crash, being written just now, or damage. */
  readonly torn: Torn | undefined;
  /** What was behind the last whole frame and has been removed when the sequence was opened. */
  readonly recovered: Torn | undefined;
  readonly #state: SequenceState;
  /** The number of the last frame, and where it ends. */
  #last: number;
  #end: number;
  #writer: WriterState | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #failed = false;
  #closed = false;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(state: SequenceState) {
    this.#state = state;
    this.p = state.p;
    this.storage = state.storage;
    this.limits = state.map.limits;
    this.type = state.type;
    this.torn = state.torn;
    this.recovered = state.recovered;
    this.#last = state.last.n;
    this.#end = state.last.frame.end;
    this.#writer = state.writer;
  }

  /** Number of frames, frame 0 included. */
  get length(): number {
    return this.#last + 1;
  }

  /** Octets of the whole frames. */
  get size(): number {
    return this.#end;
  }

  /** Whether frames can be appended. */
  get writable(): boolean {
    return this.#state.writable && !this.#failed && !this.#closed;
  }

  #window(block = nearBlock): Window {
    if (this.#closed) fail('closed');
    return new Window(this.storage, this.size, block);
  }

  async #frameOf({ n, frame }: Found, window: Window): Promise<SequenceFrame> {
    const [header, , trailer] = frame.records;
    const read = async (record: typeof header) =>
      record === undefined || record.end === record.start
        ? undefined
        : (await window.get(record.start, record.end - record.start)).slice();
    const parts = { header: (await read(header)) ?? fail('json'), trailer: await read(trailer) };
    return new SequenceFrame(this, n, frame, parts);
  }

  #index(value: unknown, name: string): number {
    const index = octetCount(value, name, 0, Number.MAX_SAFE_INTEGER);
    return index < this.length ? index : fail('no-frame', `${index} of ${this.length}`);
  }

  /** Where a frame is, and what it says about its place. @internal */
  async find(n: number): Promise<Found> {
    return seek(this.#state.map, this.#window(), this.#last, this.#index(n, 'index'));
  }

  /**
   * A frame; its payload is not read yet. A few steps in a sequence with TreePositions (about log2(n), log2(n)^2 / 2 at most), each of which must lead to a
   * whole frame with the right index that lies before; else frame by frame from a frame that is known.
   *
   * @param n - its number, from 0
   * @throws MeshError `no-frame`, `tree-position`, `index`, `closed`, `storage`, `json`, `structure`, `limit`, and those of framing
   */
  async frame(n: number): Promise<SequenceFrame> {
    const window = this.#window();
    return this.#frameOf(await seek(this.#state.map, window, this.#last, this.#index(n, 'index')), window);
  }

  /** @internal */
  first(): Promise<SequenceFrame> {
    return this.frame(0);
  }

  /**
   * The payload of a frame, decrypted where it is encrypted. Its own digest is compared, not those of other frames: see `verify`.
   *
   * @param n - its number, from 0
   * @param given - as for `dare.open`: `keys`, `trust` and so on
   * @throws MeshError as `frame`, `payload-digest`, and those of `dare.open`
   */
  async read(n: number, given?: OpenOptions): Promise<OpenedFrame> {
    return (await this.frame(n)).open(given);
  }

  /**
   * Frames one after the other, forwards or backwards; those that are appended meanwhile are not among them.
   *
   * @param given - `from`, `to`: numbers of frames, both included; `reverse`
   * @throws MeshError `no-frame`, `index`, and as `frame`
   */
  async *frames(given?: FrameRange): AsyncGenerator<SequenceFrame, void> {
    const { from = 0, to = this.#last, reverse = false } = options(given);
    flag(reverse, 'reverse');
    const [first, last] = [this.#index(from, 'from'), this.#index(to, 'to')];
    if (first > last) return;
    const { map } = this.#state;
    const window = this.#window(farBlock);
    let at = await seek(map, window, this.#last, reverse ? last : first);
    for (;;) {
      yield await this.#frameOf(at, window);
      if (at.n === (reverse ? first : last)) return;
      if (this.#closed) fail('closed');
      at = reverse
        ? await this.#before(at, window)
        : await found(map, window, at.n + 1, await frameAfter(window, at.frame.end, window.end));
    }
  }

  /** The frame before another: what a position names must also end where that one begins. */
  async #before(at: Found, window: Window): Promise<Found> {
    await window.before(at.frame.start);
    const before = await seek(this.#state.map, window, at.n, at.n - 1);
    return before.frame.end === at.frame.start ? before : fail('reverse-mismatch', `before ${at.frame.start}`);
  }

  /** All frames, forwards. */
  [Symbol.asyncIterator](): AsyncGenerator<SequenceFrame, void> {
    return this.frames();
  }

  /** The frames that a test keeps, forwards. */
  async *filter(keep: (frame: SequenceFrame) => boolean | Promise<boolean>): AsyncGenerator<SequenceFrame, void> {
    for await (const frame of this.frames()) if (await keep(frame)) yield frame;
  }

  /**
   * Checks everything that can be checked without keys, and says what protects the sequence: framing, indexes, TreePositions, all digests and the rule
   * by which they were made. Signatures are those of single frames: see `read`.
   *
   * A rule other than `linked` is no error unless asked for: published files have them. Even linked digests only find what is changed by somebody who
   * cannot change them too: compare `digest` with one kept elsewhere, or use `checkHead`.
   *
   * @param given - see {@link VerifyOptions}
   * @throws MeshError `not-linked`; `chain-digest`, `tree-digest`, `missing-digest`, `missing-chain`, `missing-tree`, `payload-digest`, `index`, `tree-position`,
   * `records`, `json`, `structure`, `limit`, `type`, `algorithm`, `closed`, `storage`, and those of framing
   */
  async verify(given?: VerifyOptions): Promise<SequenceReport> {
    const { requireLinked = false, partial = false, erased = false, torn: mayBeTorn = false } = options(given);
    for (const [name, value] of Object.entries({ requireLinked, partial, erased, torn: mayBeTorn })) flag(value, name);
    if (this.#closed) fail('closed');
    if (this.torn !== undefined && !mayBeTorn) fail(this.torn.code, `at ${this.torn.offset}`);
    const { map, p } = this.#state;
    const length = this.length;
    const checks = { limits: map.limits, indexBase: map.indexBase, partial, erased };
    const findings = await verifyFrames(p(), this.storage, this.size, checks);
    if (findings.damage !== undefined) fail(findings.damage.code, `at ${findings.damage.offset}`);
    // The last index of a file may claim more frames than there are.
    if (findings.frames < length) fail('index', `${findings.frames} frames, not ${length}`);
    for (const [n, start] of findings.starts.entries()) map.offsets.set(n, start);
    const report = reportOf(findings, this.torn);
    return requireLinked && report.rule !== 'linked' ? fail('not-linked', report.rule) : report;
  }

  /**
   * Appends a frame. When this returns it is on the medium, as far as the storage can tell.
   *
   * @param entry - the payload, alone or with options as for `dare.seal`; it is encrypted to the recipients of the sequence's policy in any case
   * @returns the number of the frame
   * @throws MeshError `read-only`, `closed`, `not-linked` for a sequence whose digests are not linked, `storage`; `failed` after an error of the storage that may
   * have left something half written; `no-recipient` when the policy wants a symmetric key that is not given; those of `dare.seal`
   */
  async append(entry: SequenceEntry): Promise<number> {
    return this.appendAll([entry]);
  }

  /**
   * Appends frames, all or none, also when the process or the machine stops in between: one write and one flush.
   *
   * @returns the number of the first
   * @throws MeshError as `append`
   */
  async appendAll(entries: readonly SequenceEntry[]): Promise<number> {
    if (!Array.isArray(entries)) fail('bad_option', 'entries must be an array');
    if (this.#closing !== undefined) fail('closed');
    // Read now: the caller may change its octets while others are appended.
    const drafts = entries.map((entry) => this.#draft(entry));
    return this.appendDrafts(drafts, true);
  }

  /** @internal */
  appendDrafts(drafts: readonly Draft[], atomic: boolean): Promise<number> {
    const appended = this.#queue.then(() => this.#append(drafts, atomic));
    this.#queue = appended.catch(() => {});
    return appended;
  }

  #draft(entry: SequenceEntry): Draft {
    const { payload, ...seal } = isBytes(entry) ? { payload: entry } : options(entry);
    const octets = bytes(payload, 'payload').slice();
    return draftOf(this.#state, octets, seal as SealOptions);
  }

  async #append(drafts: readonly Draft[], atomic: boolean): Promise<number> {
    const { p, map, writable } = this.#state;
    if (!writable) fail('read-only');
    if (this.#failed) fail('failed');
    if (drafts.length === 0) return this.length;
    this.#writer ??= await resume(p, this.type, map, this.#window(), this.#state.last);
    const state = this.#writer;
    const { octets, starts, next } = plan(p, this.type, state, drafts, atomic);
    await this.#write(octets, state.size);
    for (const [i, start] of starts.entries()) map.offsets.set(state.count + i, start);
    this.#writer = next;
    this.#last = next.count - 1;
    this.#end = next.size;
    return state.count;
  }

  /** One write and one flush. What fails before the flush is taken back; behind it nobody knows what is on the medium. */
  async #write(octets: Uint8Array, size: number): Promise<void> {
    const { storage } = this;
    let written = false;
    try {
      await guarded('append', () => storage.append(octets));
      written = true;
      await guarded('sync', () => storage.sync());
    } catch (error) {
      this.#failed = true;
      try {
        await storage.truncate(size);
        await storage.sync();
        this.#failed = written;
      } catch {
        // It stays failed; whoever opens the sequence next finds the torn end.
      }
      throw error;
    }
  }

  /** Waits for appends and gives the storage back. @throws MeshError `storage` */
  close(): Promise<void> {
    this.#closing ??= this.#queue.then(() => {
      this.#closed = true;
      return guarded('close', () => this.storage.close(!this.#failed));
    });
    return this.#closing;
  }
}
