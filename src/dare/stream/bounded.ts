/**
 * Octets that go by, counted: more than a bound are refused. Not what they are.
 */
import { fail } from '../../errors.ts';

/** The octets, counted. @throws MeshError `limit` */
export async function* bounded(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of chunks) {
    count += chunk.length;
    if (count > most) fail('limit', `a payload of more than ${most} octets`);
    yield chunk;
  }
}
