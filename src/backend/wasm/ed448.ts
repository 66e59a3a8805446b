/** Ed448 and X448 over the module: whole operations, the message passing through the I/O page in parts. */
import { randomBytes } from '../../random.ts';
import type { Backend, Phflag, PreparedKey, SignedItem } from '../types.ts';
import type { Core } from './core.ts';
import { check } from './status.ts';

const PUBLIC_LENGTH = 57;
const SIGNATURE_LENGTH = 114;
const SCALAR_LENGTH = 56;
/** Bounds of the buffers that the module copies these to (assembly/memory.ts). */
const CONTEXT_LIMIT = 255;
const PREFIX_LIMIT = 128;
/** Most signatures that the module verifies together (assembly/memory.ts). */
const BATCH_SIZE = 64;
/** Fewer are verified faster one by one. */
const BATCH_LEAST = 3;
/** After so many failures of one batch and its parts it is quicker to go on one by one. */
const BATCH_FAILURES = 4;

/** A table of 8 cached points, 4 elements of 64 octets each (assembly/ed448_verify.ts). */
const PREPARED_LENGTH = 8 * 256;

/** 16 random octets for each of `count` signatures, or nothing: single verification needs none. */
function multipliers(count: number): Uint8Array | undefined {
  try {
    return randomBytes(16 * count);
  } catch {
    return undefined;
  }
}

type Ed448Operations = Pick<
  Backend,
  | 'ed448PublicKey'
  | 'ed448Sign'
  | 'ed448SignKey'
  | 'ed448Verify'
  | 'ed448VerifyBatch'
  | 'ed448Prepare'
  | 'x448'
  | 'x448Base'
>;

export function ed448Operations(core: Core): Ed448Operations {
  const { abi } = core;
  const update = (pointer: number, length: number) => abi.ed448_update(pointer, length);

  /**
   * The two passes over the message, and two more that check the signature: everything that goes into it is put in once more, since the memory of the module
   * may have changed (assembly/ed448_sign.ts).
   */
  const sign = (message: Uint8Array, start: () => void): Uint8Array =>
    core.run(() => {
      start();
      core.feed(message, update);
      abi.ed448_sign_commit();
      core.feed(message, update);
      const out = core.reserve(SIGNATURE_LENGTH);
      abi.ed448_sign_finish(out);
      const signature = core.take(out, SIGNATURE_LENGTH);
      start();
      const again = core.put(signature, SIGNATURE_LENGTH);
      core.feed(message, update);
      abi.ed448_sign_again(again);
      core.feed(message, update);
      abi.ed448_sign_check(again);
      return signature;
    });

  /** Verifies with the decoded key at `prepared`. */
  function verifyPrepared(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: number,
    prepared: number,
    context: Uint8Array,
    phflag: Phflag,
  ): boolean {
    const s = core.put(signature, SIGNATURE_LENGTH);
    const c = core.put(context, CONTEXT_LIMIT);
    if (!abi.ed448_verify_start(s, publicKey, prepared, c, context.length, phflag)) return false;
    core.feed(message, update);
    return abi.ed448_verify_finish() === 1;
  }

  const verify: Backend['ed448Verify'] = (signature, message, publicKey, context, phflag) =>
    core.run(() => {
      const key = core.put(publicKey, PUBLIC_LENGTH);
      const prepared = core.reserve(PREPARED_LENGTH);
      if (abi.ed448_prepare(prepared, key) !== 0) return false;
      return verifyPrepared(signature, message, key, prepared, context, phflag);
    });

  const verifyItem = ({ signature, message, publicKey, context }: SignedItem, phflag: Phflag) =>
    verify(signature, message, publicKey, context, phflag);

  /** Whether all signatures that are not malformed hold together; `members` tells which those are. */
  function combined(items: readonly SignedItem[], phflag: Phflag, random: Uint8Array, members: boolean[]): boolean {
    return core.run(() => {
      abi.batch_start();
      // The number that the module gives to each valid key, and -1 for the others.
      const keys = new Map<string, number>();
      let count = 0;
      items.forEach(({ signature, message, publicKey, context }, i) => {
        members[i] = core.part(() => {
          const key = core.put(publicKey, PUBLIC_LENGTH);
          const name = String.fromCharCode(...publicKey);
          if (!keys.has(name)) keys.set(name, abi.batch_key(key) === 0 ? count++ : -1);
          const number = keys.get(name) as number;
          if (number < 0) return false;
          const s = core.put(signature, SIGNATURE_LENGTH);
          const c = core.put(context, CONTEXT_LIMIT);
          if (!abi.batch_item_start(s, key, c, context.length, phflag)) return false;
          core.feed(message, update);
          abi.batch_item_finish(number, core.put(random.subarray(16 * i, 16 * i + 16), 16));
          return true;
        });
      });
      return abi.batch_check() === 1;
    });
  }

  /**
   * Verdicts on up to BATCH_SIZE signatures: together when that pays and a random source is there. Culprits are looked for in halves, and
   * one by one once no more failed batches are `left`.
   */
  function verifyTogether(items: readonly SignedItem[], phflag: Phflag, failures: { left: number }): boolean[] {
    const together = items.length >= BATCH_LEAST && failures.left > 0;
    const random = together ? multipliers(items.length) : undefined;
    if (random === undefined) return items.map((item) => verifyItem(item, phflag));
    const members: boolean[] = [];
    if (combined(items, phflag, random, members)) return members;
    failures.left--;
    const half = items.length >> 1;
    const [first, second] = [items.slice(0, half), items.slice(half)];
    return [...verifyTogether(first, phflag, failures), ...verifyTogether(second, phflag, failures)];
  }

  function prepare(publicKey: Uint8Array): PreparedKey {
    const key = publicKey.slice();
    const decoded = core.run(() => {
      const prepared = core.reserve(PREPARED_LENGTH);
      check(abi.ed448_prepare(prepared, core.put(key, PUBLIC_LENGTH)));
      return core.take(prepared, PREPARED_LENGTH);
    });
    return {
      verify: (signature, message, context, phflag) =>
        core.run(() =>
          verifyPrepared(
            signature,
            message,
            core.put(key, PUBLIC_LENGTH),
            core.put(decoded, PREPARED_LENGTH),
            context,
            phflag,
          ),
        ),
    };
  }

  return {
    ed448PublicKey: (seed) =>
      core.run(() => {
        const out = core.reserve(PUBLIC_LENGTH);
        abi.ed448_public(out, core.put(seed, PUBLIC_LENGTH), seed.length);
        const key = core.take(out, PUBLIC_LENGTH);
        abi.ed448_public_check(core.put(key, PUBLIC_LENGTH), core.put(seed, PUBLIC_LENGTH), seed.length);
        return key;
      }),
    ed448Sign: (message, seed, context, phflag) =>
      sign(message, () => {
        abi.ed448_sign_seed(
          core.put(seed, PUBLIC_LENGTH),
          seed.length,
          core.put(context, CONTEXT_LIMIT),
          context.length,
          phflag,
        );
      }),
    ed448SignKey: (message, { scalar, prefix, publicKey }, context, phflag) =>
      sign(message, () => {
        const s = core.put(scalar, SCALAR_LENGTH);
        const p = core.put(prefix, PREFIX_LIMIT);
        const A = core.put(publicKey, PUBLIC_LENGTH);
        abi.ed448_sign_key(s, p, prefix.length, A, core.put(context, CONTEXT_LIMIT), context.length, phflag);
      }),
    ed448Verify: verify,
    ed448VerifyBatch(items, phflag) {
      const verdicts: boolean[] = [];
      for (let at = 0; at < items.length; at += BATCH_SIZE) {
        verdicts.push(...verifyTogether(items.slice(at, at + BATCH_SIZE), phflag, { left: BATCH_FAILURES }));
      }
      return verdicts;
    },
    ed448Prepare: prepare,
    x448: (k, u) =>
      core.run(() => {
        const out = core.reserve(SCALAR_LENGTH);
        const scalar = core.put(k, SCALAR_LENGTH);
        abi.x448(out, scalar, core.put(u, SCALAR_LENGTH));
        const shared = core.take(out, SCALAR_LENGTH);
        const again = core.put(shared, SCALAR_LENGTH);
        abi.x448_check(again, scalar, core.put(k, SCALAR_LENGTH), core.put(u, SCALAR_LENGTH));
        return shared;
      }),
    x448Base: (k) =>
      core.run(() => {
        const out = core.reserve(SCALAR_LENGTH);
        const scalar = core.put(k, SCALAR_LENGTH);
        abi.x448_base(out, scalar);
        const key = core.take(out, SCALAR_LENGTH);
        abi.x448_base_check(core.put(key, SCALAR_LENGTH), scalar, core.put(k, SCALAR_LENGTH));
        return key;
      }),
  };
}
