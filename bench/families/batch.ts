/**
 * Ed448 in bulk, per signature. The peers have no batch verification: they verify one by one, `node` with key objects that were
 * made once. Our JavaScript backend does the same, so its figures are those of single verification and it is left out.
 */
import { ed448 as noble } from '@noble/curves/ed448.js';
import { type Cast, cycle, type Family, native, type Row } from '../contender.ts';
import { type Signed, signedByMany, signedByOne } from '../inputs.ts';

function row(cast: Cast, id: string, title: string, items: readonly Signed[]): Row {
  return {
    id,
    title,
    contenders: [
      { name: 'wasm', call: () => cast.wasm.ed448.verifyBatch(items)[0], per: items.length },
      ...native(cast, 'node', (crypto) =>
        cycle(
          items.map((item) => ({ ...item, key: crypto.ed448.publicFromDer(item.publicKey) })),
          ({ signature, message, key }) => crypto.verify(signature, message, key),
        ),
      ),
      {
        name: 'noble',
        call: cycle(items, ({ signature, message, publicKey }) => noble.verify(signature, message, publicKey)),
      },
    ],
  };
}

/** The rows of batch verification. */
export function batchFamily(cast: Cast): Family {
  return {
    name: 'batch',
    title: 'Ed448 batch verification, per signature',
    rows: [
      row(cast, 'batch/distinct-keys', '64 signatures, distinct keys', signedByMany(64)),
      row(cast, 'batch/one-key', '64 signatures, one key', signedByOne(64)),
    ],
  };
}
