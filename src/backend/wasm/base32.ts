/** Base32 over the module, which leaves nothing in scratch. */
import { fail } from '../../errors.ts';
import { BASE32_LIMIT, type Backend } from '../types.ts';
import type { Core } from './core.ts';

export function base32Operations(core: Core): Pick<Backend, 'base32Encode' | 'base32Decode'> {
  return {
    base32Encode: (data, characters, group) =>
      core.runHash(({ abi }) => {
        const source = core.put(data, BASE32_LIMIT);
        const out = core.reserve(4 * data.length + 8); // 8/5 characters an octet and a separator for each, at most
        return core.takeText(out, abi.base32_encode(out, source, data.length, characters, group));
      }),
    base32Decode: (text, lenient) =>
      core.runHash(({ abi }) => {
        const source = core.putText(text, BASE32_LIMIT);
        const out = core.reserve(text.length + 1);
        if (abi.base32_read(source, text.length) !== 0 && !lenient) fail('bad_character');
        const bits = 5 * abi.base32_pack(out, source, text.length);
        return { octets: core.take(out, Math.ceil(bits / 8)), bits };
      }),
  };
}
