/**
 * X448. `node` has key objects that were made once; `node, DER in` and `node, JWK in` make them from the octets each
 * time, by the usual form and by the fastest.
 */
import { x448 as noble } from '@noble/curves/ed448.js';
import { type Cast, cycle, type Family, native, ours } from '../contender.ts';
import { parties } from '../inputs.ts';

/** The rows of X448. */
export function x448Family(cast: Cast): Family {
  const items = parties(16);
  return {
    name: 'x448',
    title: 'X448',
    rows: [
      {
        id: 'x448/agreement',
        title: 'agreement',
        contenders: [
          ...ours(cast, ({ x448 }) => cycle(items, ({ secretKey, peer }) => x448.getSharedSecret(secretKey, peer))),
          ...native(cast, 'node', (crypto) =>
            cycle(
              items.map(({ secretKey, peer }) => ({
                own: crypto.x448.privateFromDer(secretKey),
                peer: crypto.x448.publicFromDer(peer),
              })),
              ({ own, peer }) => crypto.agree(own, peer),
            ),
          ),
          ...native(cast, 'node, DER in', ({ x448, agree }) =>
            cycle(items, ({ secretKey, peer }) => agree(x448.privateFromDer(secretKey), x448.publicFromDer(peer))),
          ),
          ...native(cast, 'node, JWK in', ({ x448, agree }) =>
            cycle(items, ({ secretKey, peer }) => agree(x448.privateFromJwk(secretKey), x448.publicFromJwk(peer))),
          ),
          { name: 'noble', call: cycle(items, ({ secretKey, peer }) => noble.getSharedSecret(secretKey, peer)) },
        ],
      },
      {
        id: 'x448/public-key',
        title: 'public key from secret key',
        contenders: [
          ...ours(cast, ({ x448 }) => cycle(items, ({ secretKey }) => x448.getPublicKey(secretKey))),
          ...native(cast, 'node, DER in', ({ x448 }) =>
            cycle(items, ({ secretKey }) => x448.publicToDer(x448.privateFromDer(secretKey))),
          ),
          ...native(cast, 'node, JWK in', ({ x448 }) =>
            cycle(items, ({ secretKey }) => x448.publicToJwk(x448.privateFromJwk(secretKey))),
          ),
          { name: 'noble', call: cycle(items, ({ secretKey }) => noble.getPublicKey(secretKey)) },
        ],
      },
      {
        id: 'x448/keygen',
        title: 'new key pair',
        random: true,
        contenders: [
          ...ours(cast, ({ x448 }) => x448.keygen),
          ...native(cast, 'node', (crypto) => crypto.x448.generate),
          { name: 'noble', call: () => noble.keygen() },
        ],
      },
    ],
  };
}
