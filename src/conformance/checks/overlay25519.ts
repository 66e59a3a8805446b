/**
 * Sums of Ed25519 keys: mesh-cryptography-04 section 5.1. The implementation derives and hashes; the oracle has the curve.
 */
import { agrees, type Checks } from '../check.ts';
import { add25519, basePoint25519, order25519, toInteger, toOctets } from '../curve25519.ts';
import type { Inputs } from '../fields.ts';
import type { Provided } from '../implementation.ts';

/** The pruned scalars of the device seed and of the overlay seed. */
export function deviceAndOverlay(api: Provided, inputs: Inputs): { device: bigint; overlay: bigint } {
  const [form, algorithm] = [inputs.text<'salt' | 'info'>('form'), inputs.text('algorithm')];
  const scalar = (seed: string) => {
    const pruned = api.sha512(api.udfDeriveKey(seed, form, algorithm, '')).slice(0, 32);
    pruned[0] = (pruned[0] as number) & 0xf8;
    pruned[31] = ((pruned[31] as number) & 0x7f) | 0x40;
    return toInteger(pruned);
  };
  const [device, overlay] = [inputs.text('deviceSeed'), inputs.text('overlaySeed')];
  return { device: scalar(device), overlay: scalar(overlay) };
}

/** The sum of two keys, by scalars and by points. */
export function sum25519(a: bigint, b: bigint): { scalar: Uint8Array; publicKey: Uint8Array } {
  const sum = (a + b) % order25519;
  const publicKey = agrees('scalars and points', basePoint25519(sum), add25519(basePoint25519(a), basePoint25519(b)));
  return { scalar: toOctets(sum, 32), publicKey };
}

/** The kind of combined Ed25519 keys. */
export const overlay25519Checks: Checks = {
  'overlay-25519'(api, inputs) {
    const { device, overlay } = deviceAndOverlay(api, inputs);
    const { scalar, publicKey } = sum25519(device, overlay);
    return {
      baseScalar: toOctets(device, 32),
      contributionScalar: toOctets(overlay, 32),
      basePublic: basePoint25519(device),
      contributionPublic: basePoint25519(overlay),
      resultScalar: scalar,
      resultPublic: publicKey,
    };
  },
};
