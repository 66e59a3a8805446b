/**
 * Ed448, Ed448ph, X448, and the scalars and points behind them: RFC 8032 section 5.2, RFC 7748 section 5.
 */
import type { Checks } from '../check.ts';

/** Kinds of signature, agreement and group vectors. */
export const curve448Checks: Checks = {
  'ed448-sign'(api, inputs) {
    const [secretKey, message, prehash] = [inputs.bytes('secretKey'), inputs.bytes('message'), inputs.flag('prehash')];
    const context = inputs.maybeBytes('context') ?? new Uint8Array(0);
    const publicKey = api.ed448PublicKey(secretKey);
    const signature = prehash
      ? api.ed448phSign(message, secretKey, context)
      : api.ed448Sign(message, secretKey, context);
    const verified = prehash
      ? api.ed448phVerify(signature, message, publicKey, context)
      : api.ed448Verify(signature, message, publicKey, context);
    return { publicKey, signature, verified };
  },

  /** Asks for the signature alone, so that a refusal can only be the signer's. */
  'ed448-signature'(api, inputs) {
    const [secretKey, message, prehash] = [inputs.bytes('secretKey'), inputs.bytes('message'), inputs.flag('prehash')];
    const context = inputs.maybeBytes('context') ?? new Uint8Array(0);
    return {
      signature: prehash ? api.ed448phSign(message, secretKey, context) : api.ed448Sign(message, secretKey, context),
    };
  },

  'ed448-verify'(api, inputs) {
    const [signature, message] = [inputs.bytes('signature'), inputs.bytes('message')];
    const [publicKey, prehash] = [inputs.bytes('publicKey'), inputs.flag('prehash')];
    const context = inputs.maybeBytes('context') ?? new Uint8Array(0);
    return {
      verified: prehash
        ? api.ed448phVerify(signature, message, publicKey, context)
        : api.ed448Verify(signature, message, publicKey, context),
    };
  },

  x448(api, inputs) {
    const [secretKey, publicKey] = [inputs.bytes('secretKey'), inputs.bytes('publicKey')];
    return { sharedSecret: api.x448(secretKey, publicKey) };
  },

  'x448-public': (api, inputs) => ({ publicKey: api.x448PublicKey(inputs.bytes('secretKey')) }),

  'x448-iterated'(api, inputs) {
    let [k, u] = [inputs.bytes('start'), inputs.bytes('start')];
    for (let i = inputs.number('iterations'); i > 0; i--) [k, u] = [api.x448(k, u), k];
    return { value: k };
  },

  'scalar-add': (api, inputs) => ({ value: api.scalarAdd(inputs.bytes('a'), inputs.bytes('b')) }),
  'scalar-multiply': (api, inputs) => ({ value: api.scalarMultiply(inputs.bytes('a'), inputs.bytes('b')) }),
  'scalar-negate': (api, inputs) => ({ value: api.scalarNegate(inputs.bytes('a')) }),
  'scalar-invert': (api, inputs) => ({ value: api.scalarInvert(inputs.bytes('a')) }),
  'scalar-wide': (api, inputs) => ({ value: api.scalarFromWide(inputs.bytes('wide')) }),
  'scalar-seed': (api, inputs) => ({ value: api.scalarFromSeed(inputs.bytes('seed')) }),

  'base-multiply': (api, inputs) => ({ point: api.baseMultiply(inputs.bytes('scalar')) }),
  'point-multiply': (api, inputs) => ({ point: api.pointMultiply(inputs.bytes('scalar'), inputs.bytes('point')) }),

  'point-validate'(api, inputs) {
    api.validatePoint(inputs.bytes('point'));
    return { accepted: true };
  },

  'point-sum'(api, inputs) {
    const [crv, a, b] = [inputs.text('crv'), inputs.bytes('a'), inputs.bytes('b')];
    return { sum: crv === 'X448' ? api.combinePublicKeys('X448', a, b) : api.pointAdd(a, b) };
  },
};
