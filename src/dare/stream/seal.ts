/**
 * Sealing a payload of any length (DARE specification, section 3.2): header, the payload as chunks of a data item, and a trailer with the
 * digest of what went by. Header, keys and signatures are those of whole envelopes (../prepare.ts).
 */
import { streamAes } from '../../aes/stream.ts';
import type { Provider } from '../../backend/types.ts';
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import { writeObject } from '../json.ts';
import { prepareSeal, type SealOptions } from '../prepare.ts';
import { sealing, through } from './body.ts';
import { dataChunk, dataEnd } from './data.ts';
import { streamDigest } from './digest.ts';
import { output } from './output.ts';
import { Input, type StreamSource } from './source.ts';

/** Between header, payload and trailer, as files have always had it. */
const separator = ',\n  ';

/** `sealStream` of {@link DareStreams} over a backend. */
export function makeSealStream(p: Provider) {
  return (source: StreamSource, options?: SealOptions): ReadableStream<Uint8Array> => {
    const prepared = prepareSeal(p, options);
    const body = sealing(streamAes(), prepared.keys);
    const digest = streamDigest(p);
    let input: Input | undefined;
    const release = () => {
      body.destroy();
      prepared.destroy();
      digest.destroy();
    };

    async function* produce(): AsyncGenerator<Uint8Array> {
      try {
        input = await Input.open(source);
        yield concat(fromUtf8('['), prepared.header, fromUtf8(separator));
        for await (const pieces of through(body, input.chunks())) {
          for (const piece of pieces) digest.update(piece);
          if (pieces.some(({ length }) => length > 0)) yield dataChunk(...pieces);
        }
        const trailer = writeObject(prepared.finish(digest.digest()));
        yield concat(Uint8Array.from(dataEnd), fromUtf8(separator), trailer, fromUtf8(']'));
      } finally {
        release();
        await input?.cancel();
      }
    }

    return output(produce(), async (reason) => {
      release();
      await (input === undefined ? Input.discard(source, reason) : input.cancel(reason));
    });
  };
}
