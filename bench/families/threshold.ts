/**
 * Shared keys. A contribution stands beside one X448 of ours and of @noble, which know u only and check less; dealing and recovery beside the
 * dealer of @noble's FROST, which gives verifying shares too.
 */
import { ed448, ed448_FROST as frost, x448 } from '@noble/curves/ed448.js';
import type { Threshold } from 'mathmesh';
import { type Cast, cycle, type Family, ours } from '../contender.ts';
import { octets, parties } from '../inputs.ts';

const [shares, quorum] = [5, 3];

/** The rows of shared keys. */
export function thresholdFamily(cast: Cast): Family {
  const js = cast.js.threshold;
  const both = (make: (threshold: Threshold) => () => unknown) => ours(cast, ({ threshold }) => make(threshold));
  const montgomery = parties(16).map(({ secretKey, peer }, i) => {
    const signed = js.publicKey({ crv: 'X448', secretKey: octets(`peer ${i}`, 56) });
    return { secret: { crv: 'X448', secretKey } as const, peer, signed };
  });
  const edwards = montgomery.map((_, i) => ({
    secret: { crv: 'Ed448', secretKey: octets(`ed448 ${i}`, 57) } as const,
    scalar: ed448.utils.getExtendedPublicKey(octets(`ed448 ${i}`, 57)).scalar,
    peer: ed448.getPublicKey(octets(`ephemeral ${i}`, 57)),
  }));
  const key = { crv: 'Ed448', secretKey: octets('key', 57) } as const;
  const dealt = js.share(key, { shares, quorum });
  const some = dealt.shares.slice(0, quorum);
  const theirs = some.map(({ index, scalar }) => ({
    identifier: frost.Identifier.fromNumber(Number(index)),
    signingShare: Uint8Array.of(...scalar, 0),
  }));
  const proven = montgomery.map(({ secret, signed }) => ({
    contribution: js.contribute(secret, signed, { prove: true }),
    publicKey: js.publicKey(secret),
    signed,
  }));
  return {
    name: 'threshold',
    title: 'Shared keys',
    rows: [
      {
        id: 'threshold/contribution-x448',
        title: 'contribution on X448, signed and checked',
        contenders: [
          ...both((threshold) =>
            cycle(montgomery, ({ secret, signed }) => threshold.contribute(secret, signed).point.slice(0, 56)),
          ),
          {
            name: 'one X448',
            call: cycle(montgomery, ({ secret, peer }) => cast.wasm.x448.getSharedSecret(secret.secretKey, peer)),
          },
          {
            name: 'noble',
            call: cycle(montgomery, ({ secret, peer }) => x448.getSharedSecret(secret.secretKey, peer)),
          },
        ],
      },
      {
        id: 'threshold/contribution-ed448',
        title: 'contribution on Ed448',
        contenders: [
          ...both((threshold) => cycle(edwards, ({ secret, peer }) => threshold.contribute(secret, peer).point)),
          {
            name: 'noble',
            call: cycle(edwards, ({ scalar, peer }) => {
              const point = ed448.Point.fromBytes(peer);
              point.assertValidity();
              if (!point.isTorsionFree()) throw new Error('mixed order');
              return point.multiply(scalar).toBytes();
            }),
          },
        ],
      },
      {
        id: 'threshold/contribution-proof',
        title: 'contribution on X448 with proof',
        random: true,
        contenders: both((threshold) =>
          cycle(montgomery, ({ secret, signed }) => threshold.contribute(secret, signed, { prove: true })),
        ),
      },
      {
        id: 'threshold/verify-contribution',
        title: 'verify a proof',
        contenders: both((threshold) =>
          cycle(proven, ({ contribution, publicKey, signed }) =>
            threshold.verifyContribution(contribution, signed, publicKey),
          ),
        ),
      },
      {
        id: 'threshold/share',
        title: `share Ed448, ${quorum} of ${shares}`,
        random: true,
        contenders: [
          ...both((threshold) => () => threshold.share(key, { shares, quorum })),
          { name: 'noble', call: () => frost.trustedDealer({ min: quorum, max: shares }) },
        ],
      },
      {
        id: 'threshold/recover',
        title: `recover Ed448, ${quorum} of ${shares}`,
        contenders: [
          ...both((threshold) => () => threshold.recover(some).secretKey),
          { name: 'noble', call: () => frost.combineSecret(theirs, { min: quorum, max: shares }).slice(0, 56) },
        ],
      },
    ],
  };
}
