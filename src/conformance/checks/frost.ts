/**
 * FROST with two of three signers, 1 and 3: RFC 9591 appendix E. The implementation runs the protocol with the given random input; the nonces and
 * binding factors, which it does not show, are computed here from the hashes of section 6 and must fit what it shows.
 */
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Checks } from '../check.ts';
import { basePoint25519, order25519, toInteger, toOctets, verify25519 } from '../curve25519.ts';
import type { Provided, SigningCurve } from '../implementation.ts';

/** What a suite computes with, apart from the protocol. */
interface Arithmetic {
  context: string;
  /** Octets of an encoded scalar. */
  length: number;
  hash(message: Uint8Array): Uint8Array;
  reduce(digest: Uint8Array): Uint8Array;
  base(scalar: Uint8Array): Uint8Array;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

function arithmeticOf(api: Provided, crv: SigningCurve): Arithmetic {
  return crv === 'Ed448'
    ? {
        context: 'FROST-ED448-SHAKE256-v1',
        length: 57,
        hash: (message) => api.shake256(message, 114),
        reduce: (digest) => concat(api.scalarFromWide(digest), Uint8Array.of(0)),
        base: (scalar) => api.baseMultiply(scalar.slice(0, 56)),
        verify: (signature, message, publicKey) => api.ed448Verify(signature, message, publicKey, new Uint8Array(0)),
      }
    : {
        context: 'FROST-ED25519-SHA512-v1',
        length: 32,
        hash: (message) => api.sha512(message),
        reduce: (digest) => toOctets(toInteger(digest) % order25519, 32),
        base: (scalar) => basePoint25519(toInteger(scalar)),
        verify: (signature, message, publicKey) => verify25519(signature, message, publicKey).verifiedPure,
      };
}

/** The kind of FROST vectors. */
export const frostChecks: Checks = {
  frost(api, inputs) {
    const crv = inputs.text<SigningCurve>('crv');
    const message = inputs.bytes('message');
    const coefficients = [inputs.bytes('secret'), inputs.bytes('coefficient')];
    const random = ([1, 3] as const).map((index) => ({
      index,
      hidingRandomness: inputs.bytes(`hidingRandomness${index}`),
      bindingRandomness: inputs.bytes(`bindingRandomness${index}`),
    }));
    const { context, length, hash, reduce, base, verify } = arithmeticOf(api, crv);
    const prefixed = (label: string, ...parts: Uint8Array[]) => hash(concat(fromUtf8(`${context}${label}`), ...parts));

    const { publicKey, shares } = api.frostDeal(crv, 3, coefficients);
    const signers = random.map((given) => ({ ...given, share: shares[given.index - 1] as Uint8Array }));
    const { hiding, binding, responses, signature } = api.frostSign(crv, message, publicKey, 2, signers);

    const outcome: Record<string, Uint8Array | boolean> = {
      publicKey: agrees('the key', base(coefficients[0] as Uint8Array), publicKey),
      signature,
      verified: verify(signature, message, publicKey),
    };
    shares.forEach((share, i) => {
      outcome[`share${i + 1}`] = share;
    });
    const points = signers.flatMap(({ index }, i) => [
      toOctets(BigInt(index), length),
      hiding[i] as Uint8Array,
      binding[i] as Uint8Array,
    ]);
    signers.forEach(({ index, share, hidingRandomness, bindingRandomness }, i) => {
      const hidingNonce = reduce(prefixed('nonce', hidingRandomness, share));
      const bindingNonce = reduce(prefixed('nonce', bindingRandomness, share));
      const input = concat(
        publicKey,
        prefixed('msg', message),
        prefixed('com', concat(...points)),
        toOctets(BigInt(index), length),
      );
      Object.assign(outcome, {
        [`hidingNonce${index}`]: hidingNonce,
        [`bindingNonce${index}`]: bindingNonce,
        [`hiding${index}`]: agrees('hiding commitments', base(hidingNonce), hiding[i] as Uint8Array),
        [`binding${index}`]: agrees('binding commitments', base(bindingNonce), binding[i] as Uint8Array),
        [`bindingFactorInput${index}`]: input,
        [`bindingFactor${index}`]: reduce(prefixed('rho', input)),
        [`response${index}`]: responses[i] as Uint8Array,
      });
    });
    return outcome;
  },
};
