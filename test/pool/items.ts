/**
 * Lists of signatures whose verdicts are known by construction.
 */
import type { Ed448Item } from '../../src/ed448/index.ts';
import { backends } from '../support/backends.ts';
import { pattern } from '../support/octets.ts';

const { mesh } = backends.find(({ name }) => name === 'wasm') as (typeof backends)[number];

export interface Known {
  items: Ed448Item[];
  verdicts: boolean[];
}

/** What is done to a signature; all but the first make it invalid. */
const changes: ((item: Required<Ed448Item>) => Ed448Item)[] = [
  (item) => item,
  (item) => ({ ...item, message: Uint8Array.of(...item.message, 0) }),
  (item) => ({ ...item, signature: item.signature.map((octet, i) => (i === 60 ? octet ^ 1 : octet)) }),
  (item) => ({ ...item, context: Uint8Array.of(...item.context, 0) }),
  (item) => ({ ...item, publicKey: new Uint8Array(57) }),
  (item) => ({ ...item, signature: item.signature.fill(0xff, 57) }),
];

/** Every second one is good, the others bad in turn; some without context, all of different lengths. */
export function known(count: number, prehash = false): Known {
  const { sign, keygen } = prehash ? mesh.ed448ph : mesh.ed448;
  const keys = [1, 2, 3].map((seed) => keygen(pattern(57, seed)));
  const verdicts = Array.from({ length: count }, (_, i) => i % 2 === 0);
  const items = verdicts.map((good, i) => {
    const { secretKey, publicKey } = keys[i % 3] as (typeof keys)[number];
    const message = pattern(i % 150, i + 1);
    const context = pattern(i % 4 === 0 ? 0 : i % 200, i + 2);
    const change = changes[good ? 0 : 1 + ((i >> 1) % 5)] as (typeof changes)[number];
    const item = change({ signature: sign(message, secretKey, { context }), message, publicKey, context });
    if (i % 8 === 0) delete item.context;
    return item;
  });
  return { items, verdicts };
}
