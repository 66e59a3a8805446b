/**
 * DARE envelopes: read, inspected, verified and opened, in one shot and as a stream, with the keys of the published examples.
 */
import type { DecryptionKey, EnvelopeInput, OpenOptions, SignatureCrv, TrustedKey } from '../../src/dare/index.ts';
import type { GroupName } from '../../src/threshold/group.ts';
import { js, type Library, wasm } from '../backends.ts';
import { fromHex, pieces, utf8, withChoices } from '../input.ts';
import { agree, outcome, outcomeLater } from '../oracle.ts';
import type { Target } from '../target.ts';
import { inputsOf, type Vector } from '../vectors.ts';

/** What a choice of keys stands for. */
interface Keys {
  keys: DecryptionKey[];
  trust: TrustedKey[];
}

/** Choice 0 has no keys. */
const rings: Keys[] = [{ keys: [], trust: [] }];

function keysOf(inputs: Vector['inputs']): Keys {
  const { crv, secretKey, symmetricKey, signerCrv, signerKey } = inputs;
  const secret = secretKey === undefined ? symmetricKey : { crv: crv as GroupName, secretKey: fromHex(secretKey) };
  return {
    keys: secret === undefined ? [] : [secret],
    trust: signerKey === undefined ? [] : [{ crv: signerCrv as SignatureCrv, publicKey: fromHex(signerKey) }],
  };
}

/** The choice that stands for some keys; made when there is none. */
function choiceOf(keys: Keys): number {
  const text = JSON.stringify(keys);
  const at = rings.findIndex((ring) => JSON.stringify(ring) === text);
  return at >= 0 ? at : rings.push(keys) - 1;
}

function optionsOf(choices: number, { keys, trust }: Keys): OpenOptions {
  return {
    keys,
    ...((choices & 1) !== 0 && trust.length > 0 ? { trust } : { known: trust }),
    requireEncryption: (choices & 2) !== 0,
    unsafePublicNonce: (choices & 4) !== 0,
    unsafeDetail: (choices & 8) !== 0,
    ...((choices & 16) !== 0
      ? { limits: { header: 2048, depth: 5, recipients: 2, signatures: 1, annotations: 2, salt: 20, payload: 500 } }
      : {}),
  };
}

function opened({ dare }: Library, input: EnvelopeInput, options: OpenOptions) {
  const { keys, unsafeDetail, ...verifying } = options;
  const { limits } = verifying;
  const read = limits === undefined ? {} : { limits };
  return {
    parse: outcome(() => dare.parse(input, read).bytes),
    inspect: outcome(() => dare.inspect(input, read)),
    verify: outcome(() => dare.verify(input, verifying)),
    open: outcome(() => dare.open(input, options)),
  };
}

function streamed({ dare }: Library, octets: Uint8Array, by: number, options: OpenOptions, once: boolean) {
  const make = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces(octets, by)) controller.enqueue(piece.slice());
        controller.close();
      },
    });
  return outcomeLater(async () => {
    const given = { ...options, releaseUnverified: once };
    const stream = await dare.openStream(once ? make() : make, given);
    const parts: Uint8Array[] = [];
    for await (const part of stream.payload) parts.push(part);
    const { header, contentMeta, contentType } = stream;
    return {
      payload: new Uint8Array(Buffer.concat(parts)),
      annotations: await stream.annotations,
      assurance: await stream.assurance,
      ...(contentType === undefined ? {} : { contentType }),
      contentMeta,
      header,
    };
  });
}

export const dare: Target = {
  name: 'dare',
  about: 'DARE envelopes, in one shot and as a stream',
  maxLength: 4096,
  words: [
    'A256CBC',
    'A256GCM',
    'S512',
    '"enc"',
    '"dig"',
    '"Salt"',
    '"recipients"',
    '"signatures"',
    '"kid"',
    '"epk"',
    '"wmk"',
  ],
  seeds: (vectors) => {
    const texts = inputsOf(vectors, 'dare-envelope').flatMap((inputs) => {
      const ring = choiceOf(keysOf(inputs));
      const { envelope, trust } = inputs;
      return envelope === undefined ? [] : [withChoices([ring, trust === undefined ? 8 : 9, 0], utf8(envelope))];
    });
    const binary = inputsOf(vectors, 'dare-binary').map(({ octets = '' }) => withChoices([1, 8, 7], fromHex(octets)));
    // Of this library's own: an empty payload and one of some chunks, to each kind of key.
    const sealed = rings.flatMap(({ keys: [key] }, ring) => {
      if (typeof key !== 'string') return [];
      return [0, 70].flatMap((length) =>
        (['json', 'jsonb'] as const).map((form) => {
          const signers = [{ crv: 'Ed448', secretKey: new Uint8Array(57).fill(7) } as const];
          const envelope = wasm.dare.seal(new Uint8Array(length), {
            form,
            recipients: [key],
            ...(length > 0 ? {} : { signers }),
          });
          return withChoices([ring, 8, 3], envelope.bytes);
        }),
      );
    });
    return [...texts, ...binary, ...sealed];
  },
  async run(input) {
    const [ring = 0, choices = 0, by = 0] = input;
    const octets = input.subarray(3);
    const options = optionsOf(choices, rings[ring % rings.length] as Keys);
    const read = opened(wasm, octets, options);
    // The other backend takes many times as long.
    if (input.length % 8 === 0) {
      const other = opened(js, octets, options);
      for (const name of Object.keys(read) as (keyof typeof read)[])
        agree(`backends on ${name}`, other[name], read[name]);
    }
    if (read.parse.code === undefined) {
      const envelope = wasm.dare.parse(octets);
      for (const form of ['json', 'jsonb'] as const) {
        const written = outcome(() => wasm.dare.parse(envelope, { form }).bytes);
        if (written.code !== undefined) agree('writing what was read', written.code, 'nothing');
        else
          agree(
            `opening it as ${form}`,
            outcome(() => wasm.dare.open(written.value as Uint8Array, options)).code,
            read.open.code,
          );
      }
    }
    // Of several faults a stream meets another one first.
    const verdict = read.open.code === undefined ? read.open.value : 'refused';
    for (const once of [false, true]) {
      const stream = await streamed(wasm, octets, by, options, once);
      agree(`the stream${once ? ', read once' : ''}`, stream.code === undefined ? stream.value : 'refused', verdict);
    }
  },
};
