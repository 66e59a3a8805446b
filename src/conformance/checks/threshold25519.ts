/**
 * Threshold signatures on edwards25519: draft-hallambaker-threshold-sigs. The implementation signs; the oracle derives keys and shares, and
 * verifies. Not the errata of these documents, which concern Ed448.
 */
import { agrees, type Checks } from '../check.ts';
import {
  add25519,
  basePoint25519,
  challenge25519,
  order25519,
  scalar25519,
  toInteger,
  toOctets,
  verify25519,
} from '../curve25519.ts';
import type { Inputs } from '../fields.ts';
import type { Provided, ThresholdSigner } from '../implementation.ts';

const mod = (value: bigint) => ((value % order25519) + order25519) % order25519;
const octets = (value: bigint) => toOctets(mod(value), 32);

/** The pruned scalar of a secret key modulo the order. */
const scalarOf = (secretKey: Uint8Array) => mod(toInteger(scalar25519('Ed25519', secretKey)));

/** 1 / n, by Fermat's theorem. */
function inverse(n: bigint): bigint {
  let result = 1n;
  let power = mod(n);
  for (let e = order25519 - 2n; e > 0n; e >>= 1n, power = mod(power * power)) if (e & 1n) result = mod(result * power);
  return result;
}

/** Runs the scheme with two signers: pure Ed25519, or with the empty context that the examples have. */
function run(
  api: Provided,
  inputs: Inputs,
  publicKey: Uint8Array,
  signers: readonly [ThresholdSigner, ThresholdSigner],
) {
  const message = inputs.bytes('message');
  const context = inputs.flag('pure') ? undefined : new Uint8Array(0);
  const { noncePoints, responses, signature } = api.draftThresholdSign('Ed25519', message, publicKey, signers, context);
  const [R1, R2] = signers.map(({ nonce }, i) =>
    agrees('nonce points', basePoint25519(toInteger(nonce)), noncePoints[i] as Uint8Array),
  ) as [Uint8Array, Uint8Array];
  const R = agrees('the sum of the nonces', add25519(R1, R2), signature.slice(0, 32));
  const [response1, response2] = responses as [Uint8Array, Uint8Array];
  agrees('the sum of the responses', octets(toInteger(response1) + toInteger(response2)), signature.slice(32));
  const verdicts = verify25519(signature, message, publicKey);
  return {
    R1,
    R2,
    R,
    challenge: challenge25519(R, publicKey, message, context),
    response1,
    response2,
    signature,
    ...verdicts,
  };
}

/** Kinds of threshold vectors on edwards25519. */
export const threshold25519Checks: Checks = {
  'threshold-direct-25519'(api, inputs) {
    const [a, b] = [scalarOf(inputs.bytes('seedA')), scalarOf(inputs.bytes('seedB'))];
    const signers = [
      { scalar: octets(a), nonce: inputs.bytes('nonceA') },
      { scalar: octets(b), nonce: inputs.bytes('nonceB') },
    ] as const;
    const publicKey = basePoint25519(mod(a + b));
    const { R1, R2, response1, response2, ...rest } = run(api, inputs, publicKey, signers);
    return {
      scalarA: octets(a),
      scalarB: octets(b),
      scalar: octets(a + b),
      publicKey,
      RA: R1,
      RB: R2,
      responseA: response1,
      responseB: response2,
      ...rest,
    };
  },

  'threshold-shamir-25519'(api, inputs) {
    const [s, a] = [scalarOf(inputs.bytes('seed')), toInteger(inputs.bytes('coefficient'))];
    const share = (x: bigint) => mod(s + a * x);
    // For the shares at 1 and 3: 3 / (3 - 1) and 1 / (1 - 3).
    const [lagrangeA, lagrangeC] = [mod(3n * inverse(2n)), inverse(-2n)];
    const signers = [
      { index: 1, scalar: octets(share(1n)), nonce: inputs.bytes('nonceA') },
      { index: 3, scalar: octets(share(3n)), nonce: inputs.bytes('nonceC') },
    ] as const;
    const publicKey = basePoint25519(s);
    const { R1, R2, response1, response2, ...rest } = run(api, inputs, publicKey, signers);
    return {
      scalar: octets(s),
      publicKey,
      shareA: octets(share(1n)),
      shareB: octets(share(2n)),
      shareC: octets(share(3n)),
      lagrangeA: octets(lagrangeA),
      lagrangeC: octets(lagrangeC),
      weightedA: octets(lagrangeA * share(1n)),
      weightedC: octets(lagrangeC * share(3n)),
      RA: R1,
      RC: R2,
      responseA: response1,
      responseC: response2,
      ...rest,
    };
  },
};
