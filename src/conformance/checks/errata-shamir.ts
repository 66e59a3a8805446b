/**
 * Published examples of secret sharing that are wrong, and how each came about.
 */
import type { Proofs } from '../check.ts';
import { bareText, recovered } from './shamir.ts';

/** Kinds of errata about shared secrets. */
export const shamirProofs: Proofs = {
  /** The shares are right; the secret is shown as its bare octets, where it is a key with a type. */
  'erratum-bare-secret'(api, inputs) {
    const shares = inputs.text('shares').split(' ');
    const secret = recovered(api, shares, inputs.number('quorum'), 'S3');
    return {
      printed: { secretUdf: bareText(api, secret, 4) },
      right: { secretUdf: api.udfFormat(32, secret), secret },
    };
  },
};
