/** Ed448 and X448 over the module: whole operations, the message passing through the I/O page in parts. */
import type { Backend, Phflag, PreparedKey } from '../types.ts';
import type { Core } from './core.ts';
import { check } from './status.ts';

const PUBLIC_LENGTH = 57;
const SIGNATURE_LENGTH = 114;
const SCALAR_LENGTH = 56;
/** A decoded point: 4 coordinates of 64 octets. */
const PREPARED_LENGTH = 256;
/** u = 5. */
const x448BasePoint = /* @__PURE__ */ Uint8Array.of(5, ...new Uint8Array(SCALAR_LENGTH - 1));

type Ed448Operations = Pick<
  Backend,
  | 'ed448PublicKey'
  | 'ed448Sign'
  | 'ed448SignScalar'
  | 'ed448Verify'
  | 'ed448VerifyBatch'
  | 'ed448Prepare'
  | 'x448'
  | 'x448Base'
>;

export function ed448Operations(core: Core): Ed448Operations {
  const { abi } = core;
  const update = (pointer: number, length: number) => abi.ed448_update(pointer, length);

  /** The two passes over the message, after the operation has been started. */
  function sign(message: Uint8Array): Uint8Array {
    core.feed(message, update);
    abi.ed448_sign_commit();
    core.feed(message, update);
    const out = core.reserve(SIGNATURE_LENGTH);
    abi.ed448_sign_finish(out);
    return core.take(out, SIGNATURE_LENGTH);
  }

  /** Verifies with the decoded key at `prepared`. */
  function verifyPrepared(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: number,
    prepared: number,
    context: Uint8Array,
    phflag: Phflag,
  ): boolean {
    const s = core.put(signature);
    const c = core.put(context);
    if (!abi.ed448_verify_start(s, publicKey, prepared, c, context.length, phflag)) return false;
    core.feed(message, update);
    return abi.ed448_verify_finish() === 1;
  }

  const verify: Backend['ed448Verify'] = (signature, message, publicKey, context, phflag) =>
    core.run(() => {
      const key = core.put(publicKey);
      const prepared = core.reserve(PREPARED_LENGTH);
      if (abi.ed448_prepare(prepared, key) !== 0) return false;
      return verifyPrepared(signature, message, key, prepared, context, phflag);
    });

  function prepare(publicKey: Uint8Array): PreparedKey {
    const key = publicKey.slice();
    const decoded = core.run(() => {
      const prepared = core.reserve(PREPARED_LENGTH);
      check(abi.ed448_prepare(prepared, core.put(key)));
      return core.take(prepared, PREPARED_LENGTH);
    });
    return {
      verify: (signature, message, context, phflag) =>
        core.run(() => verifyPrepared(signature, message, core.put(key), core.put(decoded), context, phflag)),
    };
  }

  const x448 = (k: Uint8Array, u: Uint8Array): Uint8Array =>
    core.run(() => {
      const out = core.reserve(SCALAR_LENGTH);
      abi.x448(out, core.put(k), core.put(u));
      return core.take(out, SCALAR_LENGTH);
    });

  return {
    ed448PublicKey: (seed) =>
      core.run(() => {
        const out = core.reserve(PUBLIC_LENGTH);
        abi.ed448_public(out, core.put(seed), seed.length);
        return core.take(out, PUBLIC_LENGTH);
      }),
    ed448Sign: (message, seed, context, phflag) =>
      core.run(() => {
        abi.ed448_sign_seed(core.put(seed), seed.length, core.put(context), context.length, phflag);
        return sign(message);
      }),
    ed448SignScalar: (message, scalar, prefix, context, phflag) =>
      core.run(() => {
        const s = core.put(scalar);
        const p = core.put(prefix);
        abi.ed448_sign_scalar(s, p, prefix.length, core.put(context), context.length, phflag);
        return sign(message);
      }),
    ed448Verify: verify,
    ed448VerifyBatch: (items, phflag) =>
      items.map(({ signature, message, publicKey, context }) => verify(signature, message, publicKey, context, phflag)),
    ed448Prepare: prepare,
    x448,
    x448Base: (k) => x448(k, x448BasePoint),
  };
}
