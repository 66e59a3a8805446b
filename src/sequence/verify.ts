/**
 * All frames of a sequence, checked from the first to the last, and what their digests protect. Not the envelopes in the frames: whether a
 * signature is good or a payload can be decrypted is asked of each frame.
 */
import type { Backend } from '../backend/types.ts';
import { equal } from '../bytes.ts';
import { type ErrorCode, fail } from '../errors.ts';
import { type Frame, frameAt, treePrevious } from '../frame.ts';
import { type Limits, within } from './limit.ts';
import { namedType, type Place, placeOf, type SequenceType, shownType } from './members.ts';
import { readMembers } from './read.ts';
import { ChainRules, type DigestRule, TreeRules } from './rules.ts';
import { type Damage, type Stretch, scan } from './scan.ts';
import type { SequenceStorage } from './storage.ts';

/** How a verification is made. */
export interface Checks {
  limits: Limits;
  /** The index of the first frame behind frame 0: 1, or 0 in some files of July 2018. */
  indexBase: 0 | 1;
  /** Trees in which some operands are missing are read, too. */
  partial: boolean;
  /** Payloads may have been erased: their frames are listed, and their stored digests taken. */
  erased: boolean;
}

/** What the frames showed. */
export interface Findings {
  frames: number;
  type: SequenceType;
  /** The rules that hold for every frame; several for short sequences. None for frames without such digests. */
  chain: DigestRule[];
  tree: DigestRule[];
  /** Frames whose payload has the digest that is stored with it. */
  payloadDigests: number;
  /** Frames whose payload has another digest, where that is allowed. */
  erased: number[];
  /** The digests of the last frame. */
  last: Place | undefined;
  /** Where each frame begins. */
  starts: number[];
  /** Where the whole frames end, and what is wrong there. */
  damage: Damage | undefined;
}

/** How many frames behind the first carry something. */
class Presence {
  present = 0;
  absent: number | undefined;

  add(n: number, value: unknown): void {
    if (n === 0) return;
    if (value === undefined) this.absent ??= n;
    else this.present++;
  }

  /** All or none. */
  check(code: ErrorCode): void {
    if (this.present > 0 && this.absent !== undefined) fail(code, `frame ${this.absent}`);
  }
}

/** The place of a frame, whose header and trailer `octets` gives. @throws MeshError `records`, `limit`, `json`, `structure` */
export function placeIn(frame: Frame, octets: Stretch['octets'], limits: Limits): Place {
  const [header, , trailer] = frame.records;
  if (header === undefined) fail('records', `frame at ${frame.start}`);
  within(header.end - header.start, limits.header, 'a header');
  if (trailer === undefined || trailer.end === trailer.start) {
    return placeOf(readMembers(octets(header), 'header', limits));
  }
  within(trailer.end - trailer.start, limits.header, 'a trailer');
  return placeOf(readMembers(octets(header), 'header', limits), readMembers(octets(trailer), 'trailer', limits));
}

class Verification {
  readonly #checks: Checks;
  readonly #chain: ChainRules;
  readonly #tree: TreeRules;
  readonly #presence = { payload: new Presence(), chain: new Presence(), tree: new Presence() };
  #named: SequenceType | undefined;
  readonly #shown: Place[] = [];
  readonly #starts: number[] = [];
  readonly #erased: number[] = [];
  #verified = 0;
  #hasChain = false;
  #hasTree = false;
  #last: Place | undefined;

  constructor(backend: Backend, checks: Checks) {
    this.#checks = checks;
    this.#chain = new ChainRules(backend);
    this.#tree = new TreeRules(backend, checks.partial);
  }

  add(stretch: Stretch): void {
    const first = this.#starts.length;
    const digests = stretch.payloadDigests();
    const places: Place[] = [];
    for (const frame of stretch.frames) {
      const n = this.#starts.length;
      const place = placeIn(frame, stretch.octets, this.#checks.limits);
      places.push(place);
      if (n === 0) this.#named = namedType(place);
      this.#checkPlace(n, place);
      this.#starts.push(frame.start);
      this.#checkPayload(n, place.payload, digests.subarray(64 * (n - first), 64 * (n - first + 1)));
      for (const kind of ['payload', 'chain', 'tree'] as const) this.#presence[kind].add(n, place[kind]);
      if (n < 2) this.#shown.push(place);
    }
    this.#last = places.at(-1);
    this.#hasChain ||= places.some(({ chain }) => chain);
    this.#hasTree ||= places.some(({ tree }) => tree);
    this.#chain.add({ first, payloadDigests: digests, stored: places.map(({ chain }) => chain) });
    this.#tree.add({ first, payloadDigests: digests, stored: places.map(({ tree }) => tree) });
  }

  #checkPlace(n: number, { index, treePosition }: Place): void {
    const expected = n - 1 + this.#checks.indexBase;
    if (index !== undefined && index !== expected) fail('index', `frame ${n} says ${index}`);
    if (treePosition === undefined) return;
    // Files of 2017 have a zero in the first frame.
    const pointsTo = n === 0 ? 0 : this.#starts[treePrevious(n)];
    if (treePosition !== pointsTo) fail('tree-position', `frame ${n}`);
  }

  /** `computed` is replaced by what is stored when the payload was erased. */
  #checkPayload(n: number, stored: Uint8Array | undefined, computed: Uint8Array): void {
    if (stored === undefined) return;
    if (equal(stored, computed)) this.#verified++;
    else if (!this.#checks.erased) fail('payload-digest', `frame ${n}`);
    else {
      this.#erased.push(n);
      computed.set(stored);
    }
  }

  finish(damage: Damage | undefined): Findings {
    const type = this.#named ?? shownType(this.#shown);
    const { payload, chain, tree } = this.#presence;
    if (type !== 'List' && type !== 'Tree') payload.check('missing-digest');
    if (type === 'Chain') chain.check('missing-chain');
    if (type === 'Merkle') tree.check('missing-tree');
    return {
      frames: this.#starts.length,
      type,
      chain: this.#hasChain ? this.#chain.rules : ['none'],
      tree: this.#hasTree ? this.#tree.rules : ['none'],
      payloadDigests: this.#verified,
      erased: this.#erased,
      last: this.#last,
      starts: this.#starts,
      damage,
    };
  }
}

/**
 * Checks all frames up to an end.
 *
 * @throws MeshError `records`, `limit`, `json`, `structure`, `type`, `algorithm`, `index`, `tree-position`, `payload-digest`, `chain-digest`,
 * `tree-digest`, `missing-digest`, `missing-chain`, `missing-tree`, `storage`
 */
export async function verifyFrames(
  backend: Backend,
  storage: SequenceStorage,
  end: number,
  checks: Checks,
): Promise<Findings> {
  const verification = new Verification(backend, checks);
  const stretches = scan(backend, storage, 0, end, { limits: checks.limits, digests: true });
  for (;;) {
    const { done, value } = await stretches.next();
    if (done) return verification.finish(value);
    verification.add(value);
  }
}

/** As {@link verifyFrames}, of octets in memory, all at once. Damage is thrown. */
export function verifyOctets(backend: Backend, octets: Uint8Array, checks: Checks): Findings {
  const table = backend.framesScan(octets);
  const verification = new Verification(backend, checks);
  const frames = Array.from({ length: table.count }, (_, i) => frameAt(table, i));
  if (frames.length > 0) {
    verification.add({
      frames,
      octets: ({ start, end }) => octets.subarray(start, end),
      payloadDigests: () => backend.framesDigests(octets, table),
    });
  }
  const findings = verification.finish(undefined);
  if (table.damage !== undefined) fail(table.damage, `at ${table.stop}`);
  return findings.frames === 0 ? fail('no-frame') : findings;
}
