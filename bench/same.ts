/**
 * Sameness of results across libraries: a Buffer and a Uint8Array with the same octets are the same.
 */

/** JSON.stringify turns Buffers into objects before a replacer sees them. */
interface BufferJson {
  type: 'Buffer';
  data: number[];
}

const isBufferJson = (value: unknown): value is BufferJson => (value as BufferJson | null)?.type === 'Buffer';

/** A text that is equal for equal results. */
export function fingerprint(result: unknown): string | undefined {
  return JSON.stringify(result, (_, value: unknown) => {
    if (isBufferJson(value)) return value.data;
    return value instanceof Uint8Array ? Array.from(value) : value;
  });
}
