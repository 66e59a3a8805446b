/**
 * DARE sequences: append-only files of envelopes, whose digests bind every frame to all before it. What is written is always in the linked rule
 * of the types Chain and Merkle; everything published is read, and what protects it is said. Not envelopes, which each frame holds one of.
 */
import type { Provider } from '../backend/types.ts';
import { empty } from '../bytes.ts';
import type { Envelope, EnvelopeInput, OpenOptions, SealEnvelopeOptions } from '../dare/index.ts';
import { type CopyOptions, copySequence } from './copy.ts';
import { checkHead, type HeadCheck, headOf, readHead, type SequenceHead, signHead } from './head.ts';
import { type CreateOptions, createSequence, type OpenSequenceOptions, openSequence } from './open.ts';
import { type SequenceProof, type TreeHead, verifyConsistency, verifyInclusion } from './proof.ts';
import { proveConsistency, proveInclusion, treeHead } from './prove.ts';
import type { Sequence } from './sequence.ts';
import { type BlobLike, blobStorage, MemoryStorage, octetStorage, type SequenceStorage } from './storage.ts';

export type { CopyOptions } from './copy.ts';
export type { OpenedFrame, SequenceFrame } from './frame.ts';
export type { HeadCheck, SequenceHead } from './head.ts';
export type { SequenceType } from './members.ts';
export type { CreateOptions, OpenSequenceOptions } from './open.ts';
export type { ProofStep, SequenceProof, TreeHead } from './proof.ts';
export type { SequenceReport } from './report.ts';
export type { DigestRule } from './rules.ts';
export type { FrameRange, Sequence, SequenceEntry, VerifyOptions } from './sequence.ts';
export type { BlobLike, MemoryStorage, SequenceStorage } from './storage.ts';
export type { Torn } from './tail.ts';

/** DARE sequences. */
export interface Sequences {
  /**
   * Makes a sequence: writes frame 0, whose payload is empty.
   *
   * @param storage - an empty one; the sequence has it until it is closed
   * @param options - `type`: `Merkle` (default), `Chain`, `Digest`, `List`, `Tree`; `policy`, `limits`; and how frame 0 is sealed, as for
   *   `dare.seal`: every later frame is encrypted to the `recipients`, too
   * @throws MeshError `not-empty`, `read-only`, `type`, `bad_option`, `storage`, and those of `dare.seal`
   * @example
   * ```ts
   * import { dare } from 'mathmesh';
   * const sequence = await dare.sequence.create(dare.sequence.memory());
   * await sequence.appendAll([Uint8Array.of(1), { payload: Uint8Array.of(2), contentType: 'application/octet-stream' }]);
   * const { rule, protects, frames } = await sequence.verify();
   * console.log(rule, protects, frames); // linked sequence 3
   * ```
   * Constant time: no, all but the sealing is public. Source: DARE sequences, frame 0.
   */
  create(storage: SequenceStorage, options?: CreateOptions): Promise<Sequence>;
  /**
   * Opens a sequence. For writing, what a crash has left behind the last whole frame is removed, and said in `recovered`: only octets that were
   * never acknowledged. What else is wrong there is refused. For reading, it is left out and said in `torn`.
   *
   * @param options - `writable`: `true` by default where the storage can be written to; `indexBase`: 0 for some files of July 2018; `limits`
   * @throws MeshError `no-frame` for an empty storage; `torn` or `damaged` for an end or a middle that no crash of this library leaves: see `repair`; `type`,
   * `algorithm`, `read-only`, `storage`, and those of framing and headers when frame 0 is damaged
   * @example
   * ```ts
   * import { dare } from 'mathmesh';
   * const memory = dare.sequence.memory();
   * await (await dare.sequence.create(memory, { type: 'Chain' })).append(Uint8Array.of(7));
   * const copy = await dare.sequence.open(dare.sequence.bytes(memory.bytes()));
   * console.log(copy.type, copy.length, copy.writable, (await copy.read(1)).payload[0]); // Chain 2 false 7
   * ```
   * Constant time: no, everything read is public. Source: DARE sequences, appending and recovery.
   */
  open(storage: SequenceStorage, options?: OpenSequenceOptions): Promise<Sequence>;
  /**
   * Opens a sequence for writing as {@link Sequences.open} does, and removes everything behind the longest run of whole frames, whatever it is. A file keeps it
   * aside as `NAME.torn-OFFSET-1`.
   *
   * @throws MeshError as {@link Sequences.open}, but for `torn` and `damaged`
   */
  repair(storage: SequenceStorage, options?: OpenSequenceOptions): Promise<Sequence>;
  /**
   * Copies the frames of a sequence, or those that a filter keeps, into an empty storage: with indexes and digests made anew in the linked rule.
   * Payloads stay as carried, signatures too; frames encrypted with A256GCM whose index changes are decrypted and sealed again,
   * and frames in clear are sealed when the copy has recipients; both lose their signatures.
   *
   * @param options - `filter`, `keys`, and as for {@link Sequences.create}; type and policy are those of the source by default
   * @throws MeshError `no-recipient` when frames have to be sealed again and there are no keys; `payload-digest`; those of `create` and `append`
   * @example
   * ```ts
   * import { dare } from 'mathmesh';
   * const sequence = await dare.sequence.create(dare.sequence.memory(), { type: 'Chain' });
   * await sequence.appendAll([1, 2, 3].map((n) => Uint8Array.of(n)));
   * const copy = await dare.sequence.copy(sequence, dare.sequence.memory(), { filter: ({ index }) => index !== 2 });
   * console.log(copy.length, (await copy.read(2)).payload[0]); // 3 3
   * ```
   * Constant time: no, all but the sealing is public. Source: DARE sequences, appending and recovery.
   */
  copy(source: Sequence, storage: SequenceStorage, options?: CopyOptions): Promise<Sequence>;

  /** A storage in memory, empty or with a copy of octets; its `bytes()` gives them. */
  memory(initial?: Uint8Array): MemoryStorage;
  /** A storage of octets that are only read. */
  bytes(octets: Uint8Array): SequenceStorage;
  /** A Blob or File, which is only read, and only where it is asked for. */
  blob(blob: BlobLike): SequenceStorage;

  /**
   * What identifies a Chain or Merkle sequence up to a frame: its id, and the digest of its last frame, from what is stored.
   *
   * @throws MeshError `not-linked` for other types
   */
  head(sequence: Sequence): Promise<SequenceHead>;
  /**
   * Verifies a Chain or Merkle sequence and signs its head: an envelope to be kept elsewhere.
   *
   * @param options - `signers`, and others of `dare.seal`
   * @throws MeshError `not-linked`, `bad_option` without signers, those of `verify` and `dare.seal`
   * @example
   * ```ts
   * import { dare, ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const sequence = await dare.sequence.create(dare.sequence.memory());
   * const head = await dare.sequence.signHead(sequence, { signers: [{ crv: 'Ed448', secretKey }] });
   * await sequence.append(Uint8Array.of(1));
   * const { later } = await dare.sequence.checkHead(sequence, head.toString(), { trust: [{ crv: 'Ed448', publicKey }] });
   * console.log(later); // 1
   * ```
   * Constant time: as `dare.seal`. Source: DARE sequences, signatures in sequences.
   */
  signHead(sequence: Sequence, options: SealEnvelopeOptions): Promise<Envelope>;
  /**
   * What a signed head says. Needs no sequence.
   *
   * @throws MeshError `bad_option` without `trust`, `signature`, `head-mismatch`, those of `dare.open`
   */
  readHead(head: EnvelopeInput, options: OpenOptions): SequenceHead;
  /**
   * Verifies a sequence and compares it with a signed head.
   *
   * @throws MeshError `rollback` when frames are missing at its end, `fork` when it went on in another way, `head-mismatch` for a head of another
   * sequence; those of `readHead` and `verify`
   */
  checkHead(sequence: Sequence, head: EnvelopeInput, options: OpenOptions): Promise<HeadCheck>;

  /**
   * The head of a Merkle sequence at a frame, for proofs.
   *
   * @param index - the last frame by default
   * @throws MeshError `not-linked`, `no-frame`
   */
  treeHead(sequence: Sequence, index?: number): Promise<TreeHead>;
  /**
   * That a frame is in a Merkle sequence: O(log^2 n) digests.
   *
   * @param index - the frame
   * @param at - the frame of the head; the last one by default
   * @throws MeshError `not-linked`, `no-frame`
   * @example
   * ```ts
   * import { dare, sha512 } from 'mathmesh';
   * const sequence = await dare.sequence.create(dare.sequence.memory());
   * for (let n = 1; n < 10; n++) await sequence.append(Uint8Array.of(n));
   * const head = await dare.sequence.treeHead(sequence);
   * const proof = await dare.sequence.proveInclusion(sequence, 4);
   * const frame = { index: 4, payloadDigest: sha512(Uint8Array.of(4)) };
   * console.log(dare.sequence.verifyInclusion(head, frame, proof)); // true
   * ```
   * Constant time: no, everything is public. Source: DARE sequences, linked rule and random access.
   */
  proveInclusion(sequence: Sequence, index: number, at?: number): Promise<SequenceProof>;
  /**
   * That a Merkle sequence begins with all that it had at an earlier frame.
   *
   * @throws MeshError `not-linked`, `no-frame`
   */
  proveConsistency(sequence: Sequence, from: number, to?: number): Promise<SequenceProof>;
  /**
   * Whether a proof shows that a payload digest is that of a frame of the sequence with a head. Needs no sequence. Trust the head first: take
   * it from {@link Sequences.readHead}.
   *
   * @throws MeshError `bad-proof` for a proof, head or frame of the wrong form
   */
  verifyInclusion(head: TreeHead, frame: { index: number; payloadDigest: Uint8Array }, proof: SequenceProof): boolean;
  /**
   * Whether a proof shows that the sequence with the later head begins with all of that with the earlier one.
   *
   * @throws MeshError `bad-proof` for a proof or head of the wrong form
   */
  verifyConsistency(earlier: TreeHead, later: TreeHead, proof: SequenceProof): boolean;
}

/** {@link Sequences} over a backend. */
export function makeSequences(p: Provider): Sequences {
  return {
    create: (storage, given) => createSequence(p, storage, given),
    open: (storage, given) => openSequence(p, storage, given),
    repair: (storage, given) => openSequence(p, storage, given, true),
    copy: (source, storage, given) => copySequence(p, source, storage, given),
    memory: (initial = empty) => new MemoryStorage(initial),
    bytes: octetStorage,
    blob: blobStorage,
    head: (sequence) => headOf(p, sequence),
    signHead: (sequence, given) => signHead(p, sequence, given),
    readHead: (head, given) => readHead(p, head, given),
    checkHead: (sequence, head, given) => checkHead(p, sequence, head, given),
    treeHead: (sequence, index = sequence.length - 1) => treeHead(sequence, index),
    proveInclusion: (sequence, index, at = sequence.length - 1) => proveInclusion(sequence, index, at),
    proveConsistency: (sequence, from, to = sequence.length - 1) => proveConsistency(sequence, from, to),
    verifyInclusion: (head, frame, proof) => verifyInclusion(p, head, frame, proof),
    verifyConsistency: (earlier, later, proof) => verifyConsistency(p, earlier, later, proof),
  };
}
