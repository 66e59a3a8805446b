/**
 * Texts of secret shares, one a line: keys, seeds, octets, of all generations.
 */
import { type Library, libraries, wasm } from '../backends.ts';
import { textOf, utf8 } from '../input.ts';
import { agree, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';
import { inputsOf } from '../vectors.ts';

const profile = 'MAMU-5QXP-TWCD-7PKI-S4FC-IB76-XASH';

function readings({ shamir }: Library, shares: string[]) {
  return {
    combine: outcome(() => shamir.combine(shares)),
    first: outcome(() => shamir.combine(shares, { generation: 'S1' })),
    key: outcome(() => shamir.combineKey(shares)),
    seed: outcome(() => shamir.combineSeed(shares)),
  };
}

export const shares: Target = {
  name: 'shares',
  about: 'texts of secret shares',
  maxLength: 3000,
  seeds: (vectors) =>
    ['shamir-combine', 'shamir-seed-check', 'shamir-escrow', 'erratum-bare-secret']
      .flatMap((kind) => inputsOf(vectors, kind))
      .flatMap(({ shares: texts }) => (texts === undefined ? [] : [utf8(texts.replaceAll(' ', '\n'))])),
  run(input) {
    const texts = textOf(input).split('\n');
    const [read, other] = libraries.map((library) => readings(library, texts)) as [
      ReturnType<typeof readings>,
      ReturnType<typeof readings>,
    ];
    for (const name of Object.keys(read) as (keyof typeof read)[])
      agree(`backends on ${name}`, read[name], other[name]);
    const { combine, first, key, seed } = read;
    for (const [generation, result] of [
      ['S3', combine],
      ['S1', first],
    ] as const) {
      if (result.code !== undefined) continue;
      agree('shares in the opposite order', wasm.shamir.combine([...texts].reverse(), { generation }), result.value);
      if (texts.length < 16) {
        agree('a share twice', wasm.shamir.combine([...texts, texts[0] as string], { generation }), result.value);
      }
    }
    if (key.code === undefined && combine.code === undefined)
      agree('the key', wasm.udf.parse(key.value).data, combine.value);
    if (seed.code === undefined) {
      agree('the seed', wasm.udf.format(200, wasm.udf.parse(seed.value).data), seed.value);
      outcome(() => wasm.shamir.combineSeed(texts, { fingerprint: profile }));
    }
  },
};
