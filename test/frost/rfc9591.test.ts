import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { makeFrost } from '../../src/frost/index.ts';
import { backends } from '../support/backends.ts';
import { hex, unhex } from '../support/octets.ts';
import { vectors } from './vectors.ts';

describe.each(backends)('FROST on $name', ({ backend, mesh }) => {
  const frost = makeFrost(() => backend);

  it.each(vectors)('reproduces the $crv vector of RFC 9591 appendix E', ({ crv, inputs, expected }) => {
    const input = (name: string) => unhex(inputs[name] as string);
    const message = input('message');
    const dealt = frost.testing.dealWithCoefficients(crv, 3, [input('secret'), input('coefficient')]);
    const { publicKey, commitments: feldman, verifyingShares, shares } = dealt;
    expect(hex(publicKey)).toBe(expected['publicKey']);
    shares.forEach((share, i) => {
      expect(hex(frost.exportShare(share).secret)).toBe(expected[`share${i + 1}`]);
      expect(frost.verifyShare(share, feldman)).toBe(true);
    });
    const rounds = [1, 3].map((index) =>
      frost.testing.commitWithRandomness(
        shares[index - 1] as (typeof shares)[0],
        input(`hidingRandomness${index}`),
        input(`bindingRandomness${index}`),
      ),
    );
    const commitments = rounds.map((round) => round.commitment);
    for (const { index, hiding, binding } of commitments) {
      expect(hex(hiding)).toBe(expected[`hiding${index}`]);
      expect(hex(binding)).toBe(expected[`binding${index}`]);
    }
    const responses = rounds.map((round) => round.sign(message, commitments));
    for (const { index, response } of responses) expect(hex(response)).toBe(expected[`response${index}`]);
    const signature = frost.aggregate({ publicKey, message, commitments, responses, verifyingShares });
    expect(hex(signature)).toBe(expected['signature']);
    const valid =
      crv === 'Ed448'
        ? mesh.ed448.verify(signature, message, publicKey)
        : ed25519.verify(signature, message, publicKey, { zip215: false });
    expect(valid).toBe(true);
  });
});
