/** Base32 over the module. */
import { fail } from '../../errors.ts';
import { BASE32_LIMIT, type Backend } from '../types.ts';
import type { Core } from './core.ts';

export function base32Operations(core: Core): Pick<Backend, 'base32Encode' | 'base32Decode'> {
  return {
    base32Encode: (data, characters, group) =>
      core.run(({ abi }) => {
        const source = core.put(data, BASE32_LIMIT);
        const out = core.reserve(4 * data.length + 8); // 8/5 characters an octet and a separator for each, at most
        return core.take(out, abi.base32_encode(out, source, data.length, characters, group));
      }),
    base32Decode: (text, lenient) =>
      core.run(({ abi }) => {
        const source = core.put(text, BASE32_LIMIT);
        const out = core.reserve(text.length + 1);
        const length = abi.base32_decode(out, source, text.length, Number(lenient));
        if (length < 0) fail('bad_character');
        return core.take(out, length);
      }),
  };
}
