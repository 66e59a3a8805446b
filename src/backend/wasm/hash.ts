/**
 * SHA-512, SHAKE256 and SHA3-512 over the module. The state of a hash lives in JavaScript as octets and is copied in for each update, so that one
 * instance serves any number of hashes. 208 octets are above the size that V8 keeps in its moving heap.
 */
import { lengthOf, room } from '../../bytes.ts';
import type { Backend, HashState, XofState } from '../types.ts';
import type { Core } from './core.ts';

const STATE_LENGTH = 208;
const DIGEST_LENGTH = 64;
/** A block of SHA-512, and the octets that HMAC adds to its key (RFC 2104 section 2). */
const BLOCK_LENGTH = 128;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** Messages up to this go in whole, with one call. */
const SHORT_LENGTH = 4096;
/** Most octets that padding adds to one: an octet, the length, and what fills the block. */
const PADDING = 1 + 16 + 127;
/** Octets behind one for a sponge, which starts at a multiple of 16. */
const SPONGE_ROOM = 15 + STATE_LENGTH;

/** A sponge of FIPS 202. */
interface Sponge {
  rate: number;
  suffix: number;
}
const shake256: Sponge = { rate: 136, suffix: 0x1f };
const sha3_512Sponge: Sponge = { rate: 72, suffix: 0x06 };

class Sha512State implements HashState {
  readonly #core: Core;
  readonly #state = new Uint8Array(STATE_LENGTH);

  constructor(core: Core, from?: Uint8Array) {
    this.#core = core;
    if (from) this.#state.set(from);
    else
      core.runHash(() => {
        const state = core.reserve(STATE_LENGTH);
        core.abi.sha512_init(state);
        core.takeInto(this.#state, state);
      });
  }

  update(chunk: Uint8Array): void {
    this.#core.runHash(({ abi }) => {
      const state = this.#core.put(this.#state, STATE_LENGTH);
      this.#core.feed(chunk, (data, length) => abi.sha512_update(state, data, length));
      this.#core.takeInto(this.#state, state);
    });
  }

  digestInto(out: Uint8Array): void {
    this.#core.runHash((core) => {
      const state = core.put(this.#state, STATE_LENGTH);
      const digest = core.reserve(DIGEST_LENGTH);
      core.abi.sha512_digest(state, digest);
      core.takeInto(out, digest, DIGEST_LENGTH);
    });
  }

  clone(): this {
    return new Sha512State(this.#core, this.#state) as this;
  }

  destroy(): void {
    this.#state.fill(0);
  }
}

class SpongeState implements XofState {
  readonly #core: Core;
  readonly #sponge: Sponge;
  readonly #state = new Uint8Array(STATE_LENGTH); // all zero is the initial state
  #squeezing = false;

  constructor(core: Core, sponge: Sponge) {
    this.#core = core;
    this.#sponge = sponge;
  }

  update(chunk: Uint8Array): void {
    this.#core.runHash(({ abi }) => {
      const state = this.#core.put(this.#state, STATE_LENGTH);
      this.#core.feed(chunk, (data, length) => abi.keccak_update(state, data, length, this.#sponge.rate));
      this.#core.takeInto(this.#state, state);
    });
  }

  squeezeInto(out: Uint8Array): void {
    this.#core.runHash((core) => {
      const state = core.put(this.#state, STATE_LENGTH);
      if (!this.#squeezing) core.abi.keccak_finish(state, this.#sponge.rate, this.#sponge.suffix);
      this.#squeezing = true;
      squeeze(core, state, out, this.#sponge);
      core.takeInto(this.#state, state);
    });
  }

  clone(): this {
    const copy = new SpongeState(this.#core, this.#sponge);
    copy.#state.set(this.#state);
    copy.#squeezing = this.#squeezing;
    return copy as this;
  }

  destroy(): void {
    this.#state.fill(0);
  }
}

/** Fills `out` from a finished sponge, through the rest of the I/O page. */
function squeeze(core: Core, state: number, out: Uint8Array, sponge: Sponge): void {
  core.drain(out, (pointer, length) => core.abi.keccak_squeeze(state, pointer, length, sponge.rate));
}

/** Output of a sponge: short messages to 64 octets with one call, others in parts. */
function oneShot(core: Core, sponge: Sponge): (message: Uint8Array, length: number) => Uint8Array {
  const { abi } = core;
  const { rate, suffix } = sponge;
  const short = (out: number, data: number, length: number) =>
    abi.keccak_hash(out, DIGEST_LENGTH, data, length, rate, suffix);
  const long = (message: Uint8Array, length: number) =>
    core.runHash(() => {
      const state = core.reserve(STATE_LENGTH);
      abi.keccak_init(state);
      core.feed(message, (data, size) => abi.keccak_update(state, data, size, rate));
      abi.keccak_finish(state, rate, suffix);
      const out = room(length);
      squeeze(core, state, out, sponge);
      return out;
    });
  return (message, length) =>
    length === DIGEST_LENGTH && lengthOf(message) <= SHORT_LENGTH
      ? core.digest(message, SPONGE_ROOM, short)
      : long(message, length);
}

type HashOperations = Pick<
  Backend,
  'sha512' | 'sha512Create' | 'hmacSha512' | 'typedDigests' | 'shake256' | 'shake256Create' | 'sha3_512'
>;

/** One operation for all items, so that copying and clearing cost next to nothing for each. */
function typedDigests(core: Core, prefix: Uint8Array, items: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(DIGEST_LENGTH * items.length);
  core.runHash(({ abi }) => {
    const state = core.reserve(STATE_LENGTH);
    const digest = core.reserve(DIGEST_LENGTH);
    const update = (data: number, length: number) => abi.sha512_update(state, data, length);
    items.forEach((item, i) => {
      abi.sha512_init(state);
      core.feed(item, update);
      abi.sha512_digest(state, digest);
      abi.sha512_init(state);
      core.feed(prefix, update);
      update(digest, DIGEST_LENGTH);
      abi.sha512_digest(state, digest);
      core.takeInto(out.subarray(DIGEST_LENGTH * i), digest, DIGEST_LENGTH);
    });
  });
  return out;
}

/** Twice SHA-512 over a block of the padded key and what follows, in one operation. */
function hmac(core: Core, key: Uint8Array, message: Uint8Array): Uint8Array {
  return core.runHash(({ abi }) => {
    const state = core.reserve(STATE_LENGTH);
    const digest = core.reserve(DIGEST_LENGTH);
    const block = core.put(key, BLOCK_LENGTH);
    if (key.length < BLOCK_LENGTH) core.reserve(BLOCK_LENGTH - key.length); // zero, as everything between operations is
    const update = (data: number, length: number) => abi.sha512_update(state, data, length);
    abi.hmac_pad(block, INNER_PAD);
    abi.sha512_init(state);
    update(block, BLOCK_LENGTH);
    core.feed(message, update);
    abi.sha512_digest(state, digest);
    abi.hmac_pad(block, INNER_PAD ^ OUTER_PAD);
    abi.sha512_init(state);
    update(block, BLOCK_LENGTH);
    update(digest, DIGEST_LENGTH);
    abi.sha512_digest(state, digest);
    const code = core.take(digest, DIGEST_LENGTH);
    // A constant that has flipped stays so, and computing keys twice would not show it.
    if (abi.faults() !== 0) core.refuse(code);
    return code;
  });
}

/** A message of any length, in parts. */
function sha512(core: Core, message: Uint8Array): Uint8Array {
  return core.runHash(({ abi }) => {
    const state = core.reserve(STATE_LENGTH);
    const out = core.reserve(DIGEST_LENGTH);
    abi.sha512_init(state);
    core.feed(message, (data, length) => abi.sha512_update(state, data, length));
    abi.sha512_digest(state, out);
    return core.take(out, DIGEST_LENGTH);
  });
}

export function hashOperations(core: Core): HashOperations {
  const { abi } = core;
  const sha3_512 = oneShot(core, sha3_512Sponge);
  return {
    sha512: (message) =>
      lengthOf(message) <= SHORT_LENGTH ? core.digest(message, PADDING, abi.sha512_hash) : sha512(core, message),
    sha512Create: () => new Sha512State(core),
    hmacSha512: (key, message) => hmac(core, key, message),
    typedDigests: (prefix, items) => typedDigests(core, prefix, items),
    shake256: oneShot(core, shake256),
    shake256Create: () => new SpongeState(core, shake256),
    sha3_512: (message) => sha3_512(message, DIGEST_LENGTH),
  };
}
