/**
 * By which rule the digests of a sequence were made. The linked rules bind every frame to all before it; the others are defects of published
 * files, which are read and named: `pair` binds a frame to the one before it, `unlinked`, `null` and `null+1` bind it to nothing.
 * A rule holds for a sequence when it holds for every frame. Source: DARE sequences, digest rules.
 */
import type { Backend, ChainRule, TreeRule } from '../backend/types.ts';
import { concat, equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import { treeFrontier, treePath } from '../frame.ts';

/** Rules of digests, `partial` for trees in which some operands are missing without a rule, `none` for frames without digests. */
export type DigestRule = ChainRule | TreeRule | 'partial' | 'none';

const length = 64;
const zero = /* @__PURE__ */ new Uint8Array(length);

/** Digests of frames one behind the other, from a number on. */
export interface Block {
  first: number;
  /** 64 octets each, packed. */
  payloadDigests: Uint8Array;
  /** Those stored in the frames. */
  stored: readonly (Uint8Array | undefined)[];
}

const at = (digests: Uint8Array, i: number): Uint8Array => digests.subarray(length * i, length * (i + 1));

/** The first frame, from `from` on, whose stored digest is not the computed one; a frame without one is left out. */
function mismatch({ stored }: Block, computed: Uint8Array, from = 0): number {
  return stored.findIndex((digest, i) => i >= from && digest !== undefined && !equal(digest, at(computed, i)));
}

/** Which rule of chains a sequence follows. */
export class ChainRules {
  readonly #backend: Backend;
  #left: Map<ChainRule, Uint8Array> = new Map([
    ['linked', zero],
    ['pair', zero],
    ['unlinked', zero],
  ]);

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The next frames. @throws MeshError `chain-digest` when no rule is left */
  add(block: Block): void {
    const { first, payloadDigests, stored } = block;
    if (stored.every((digest) => digest === undefined)) {
      this.#skip(block);
      return;
    }
    let furthest = 0;
    for (const [rule, left] of this.#left) {
      const computed = this.#backend.chainDigests(rule, left, payloadDigests);
      // The first frame has no other to be paired with.
      const wrong = rule === 'pair' && first === 0 && stored[0] !== undefined ? 0 : mismatch(block, computed);
      furthest = Math.max(furthest, wrong);
      if (wrong >= 0) this.#left.delete(rule);
      else if (rule === 'linked') this.#left.set(rule, at(computed, stored.length - 1));
      else if (rule === 'pair') this.#left.set(rule, at(payloadDigests, stored.length - 1));
    }
    if (this.#left.size === 0) fail('chain-digest', `frame ${first + furthest}`);
  }

  #skip({ payloadDigests, stored }: Block): void {
    this.#left.delete('linked');
    if (this.#left.has('pair')) this.#left.set('pair', at(payloadDigests, stored.length - 1));
  }

  /** The rules that hold for all frames so far. */
  get rules(): ChainRule[] {
    return [...this.#left.keys()];
  }
}

/** Which rule of trees a sequence follows. */
export class TreeRules {
  readonly #backend: Backend;
  readonly #rules = new Set<TreeRule>(['linked', 'null', 'null+1']);
  /** Tree digests as stored, by frame: those that later ones take in. */
  #known = new Map<number, Uint8Array>();
  /** Everything so far, where patterns of missing operands are to be tried. */
  readonly #all: { payload: Uint8Array; stored: Uint8Array | undefined }[] | undefined;

  constructor(backend: Backend, partial: boolean) {
    this.#backend = backend;
    this.#all = partial ? [] : undefined;
  }

  /** The next frames. @throws MeshError `tree-digest` when no rule is left */
  add(block: Block): void {
    const { first, payloadDigests, stored } = block;
    if (first === 0 && stored.length > 1) {
      this.add({ first: 0, payloadDigests: at(payloadDigests, 0), stored: stored.slice(0, 1) });
      this.add({ first: 1, payloadDigests: payloadDigests.subarray(length), stored: stored.slice(1) });
      return;
    }
    for (const [i, digest] of stored.entries()) {
      this.#all?.push({ payload: at(payloadDigests, i).slice(), stored: digest });
    }
    let furthest = 0;
    for (const rule of this.#rules) {
      const wrong = first === 0 ? this.#wrongAtZero(block, rule) : mismatch(block, this.#computed(block, rule));
      furthest = Math.max(furthest, wrong);
      if (wrong >= 0) this.#rules.delete(rule);
    }
    this.#remember(block);
    if (this.#rules.size === 0 && this.#all === undefined) fail('tree-digest', `frame ${first + furthest}`);
  }

  #computed({ first, payloadDigests }: Block, rule: TreeRule): Uint8Array {
    const frontier = rule === 'linked' ? treeFrontier(first).map((n) => this.#known.get(n) ?? zero) : [];
    return this.#backend.treeDigests(rule, payloadDigests, first, concat(...frontier));
  }

  /** Files of both defects have either digest in the first frame. */
  #wrongAtZero({ payloadDigests, stored: [digest] }: Block, rule: TreeRule): number {
    if (digest === undefined) return -1;
    const forms: TreeRule[] = rule === 'linked' ? ['null'] : ['null', 'null+1'];
    const isOne = forms.some((form) =>
      equal(digest, this.#backend.treeDigests(form, payloadDigests, 0, zero.subarray(0, 0))),
    );
    return isOne ? -1 : 0;
  }

  #remember({ first, stored }: Block): void {
    const next = first + stored.length;
    const known = new Map<number, Uint8Array>();
    for (const n of treeFrontier(next)) known.set(n, (n < first ? this.#known.get(n) : stored[n - first]) ?? zero);
    this.#known = known;
  }

  /** The rules that hold for all frames so far; `partial` when each digest can be had by leaving operands out. */
  get rules(): (TreeRule | 'partial')[] {
    if (this.#rules.size > 0) return [...this.#rules];
    for (const n of this.#all?.keys() ?? []) if (!this.#findPattern(n)) fail('tree-digest', `frame ${n}`);
    return ['partial'];
  }

  /** Whether the digest of a frame comes about with some of the operands of its own path or of the next one's, zeros in place of the others. */
  #findPattern(n: number): boolean {
    const { payload, stored } = this.#all?.[n] ?? {};
    if (stored === undefined || payload === undefined) return true;
    return [treePath(n), treePath(n + 1)].some((path) => this.#reaches(stored, payload, path));
  }

  #reaches(wanted: Uint8Array, digest: Uint8Array, path: readonly number[]): boolean {
    const [frame, ...rest] = path;
    // Two to the power of its length: paths of published files have up to six frames.
    if (path.length > mostPartial) return false;
    if (frame === undefined) return equal(wanted, digest);
    const known = this.#all?.[frame]?.stored;
    const next = (left: Uint8Array) => this.#backend.sha512(concat(left, digest));
    return this.#reaches(wanted, next(zero), rest) || (known !== undefined && this.#reaches(wanted, next(known), rest));
  }
}

const mostPartial = 10;
