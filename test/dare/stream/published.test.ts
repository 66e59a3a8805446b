import { describe, expect, test } from 'vitest';
import { loadVectors } from '../../../src/conformance/files.ts';
import { type Assurance, makeDare, type OpenOptions } from '../../../src/dare/index.ts';
import { MeshError } from '../../../src/errors.ts';
import { hex, unhex, utf8 } from '../../support/octets.ts';
import { collect, streamOf } from './sources.ts';
import { libraries } from './subjects.ts';

/** Published envelopes of all eras, with the keys that were published with them. */
const cases = loadVectors().files.flatMap(({ content }) =>
  content.groups
    .filter(({ kind }) => kind === 'dare-envelope' || kind === 'dare-binary')
    .flatMap(({ tests }) =>
      tests.map(({ id, inputs }) => ({ id, inputs: inputs as Readonly<Record<string, string | boolean | undefined>> })),
    ),
);

function read(inputs: (typeof cases)[0]['inputs']): { octets: Uint8Array; open: OpenOptions } {
  const { envelope, octets: file, crv, secretKey, symmetricKey, signerCrv, signerKey, trust } = inputs;
  const key = symmetricKey ?? (crv === undefined ? undefined : { crv, secretKey: unhex(String(secretKey)) });
  const signer = { crv: signerCrv, publicKey: unhex(String(signerKey)) };
  const open = {
    ...(key === undefined ? {} : { keys: [key] }),
    ...(signerKey === undefined ? {} : { [trust === true ? 'trust' : 'known']: [signer] }),
    unsafeDetail: true,
  };
  const octets = envelope === undefined ? unhex(String(file)) : utf8(String(envelope));
  return { octets, open: open as OpenOptions };
}

/** What came of it, or the code of the refusal. */
async function outcome(
  action: () => Promise<{ payload: Uint8Array; annotations: readonly Uint8Array[]; assurance: Assurance }>,
) {
  try {
    const { payload, annotations, assurance } = await action();
    return { payload: hex(payload), annotations: annotations.map(hex), assurance };
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
}

describe.each(libraries.filter(({ name }) => name === 'wasm'))('published envelopes as streams', ({ p, streams }) => {
  const dare = makeDare(p);

  test.each(cases)('$id comes out as from dare.open', async ({ inputs }) => {
    const { octets, open } = read(inputs);
    const whole = await outcome(async () => dare.open(octets, open));
    const stream = await outcome(async () => {
      const { payload, annotations, assurance } = await streams.openStream(() => streamOf(octets, 17), open);
      return { payload: await collect(payload), annotations: await annotations, assurance: await assurance };
    });
    expect(stream).toEqual(whole);
  });

  test('are many', () => {
    expect(cases.length).toBeGreaterThan(140);
  });
});
