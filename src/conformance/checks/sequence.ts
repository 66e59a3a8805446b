/**
 * DARE sequences: whole files, the shape of the tree, and digests of the drafts that bind nothing. Not the envelopes in the frames.
 */
import type { Checks, Proofs } from '../check.ts';
import type { Inputs, Outcome } from '../fields.ts';
import type { Provided } from '../implementation.ts';

/** Digests of frames 1, 2 and so on under a name with their number. */
function named(name: string, digests: readonly Uint8Array[]): Outcome {
  return Object.fromEntries(digests.slice(1).map((digest, i) => [`${name}${i + 1}`, digest]));
}

/** The payload digests of a frame without a payload and of others with one and the same. */
function payloadDigests(api: Provided, inputs: Inputs): Uint8Array[] {
  const [payload, frames] = [inputs.bytes('payload'), inputs.number('frames')];
  return [api.sha512(new Uint8Array(0)), ...Array.from({ length: frames - 1 }, () => api.sha512(payload))];
}

/** Kinds of vectors about sequences. */
export const sequenceChecks: Checks = {
  'sequence-file'(api, inputs) {
    const { rules, ...rest } = api.sequenceVerify(inputs.bytes('octets'));
    return { ...rest, rules: rules.join(' ') };
  },

  'sequence-path'(api, inputs) {
    const path = api.sequencePath(inputs.number('index'));
    return { path: path.join(' '), previous: path.at(-1) as number };
  },
};

/** Kinds of errata about sequences. */
export const sequenceProofs: Proofs = {
  'erratum-unlinked-chain'(api, inputs) {
    const digests = payloadDigests(api, inputs);
    return {
      printed: {
        payloadDigest: digests[1] as Uint8Array,
        ...named('chainDigest', api.sequenceChain('unlinked', digests)),
      },
      right: named('chainDigest', api.sequenceChain('linked', digests)),
    };
  },

  'erratum-null-tree'(api, inputs) {
    const digests = payloadDigests(api, inputs);
    return {
      printed: { payloadDigest: digests[1] as Uint8Array, ...named('treeDigest', api.sequenceTree('null+1', digests)) },
      right: named('treeDigest', api.sequenceTree('linked', digests)),
    };
  },
};
