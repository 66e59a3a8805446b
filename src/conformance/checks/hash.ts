/**
 * Hashes, HMAC and HKDF: FIPS 180-4, FIPS 202, RFC 2104, RFC 5869.
 */
import type { Checks } from '../check.ts';
import { type Inputs, toHex } from '../fields.ts';

function message(inputs: Inputs): Uint8Array {
  const unit = inputs.bytes('message');
  const repeat = inputs.has('repeat') ? inputs.number('repeat') : 1;
  const out = new Uint8Array(unit.length * repeat);
  for (let i = 0; i < repeat; i++) out.set(unit, i * unit.length);
  return out;
}

/** Kinds of hash vectors. */
export const hashChecks: Checks = {
  sha512: (api, inputs) => ({ digest: api.sha512(message(inputs)) }),
  'sha3-512': (api, inputs) => ({ digest: api.sha3_512(message(inputs)) }),
  shake256: (api, inputs) => ({ output: api.shake256(message(inputs), inputs.number('length')) }),

  'hmac-sha512'(api, inputs) {
    const tag = api.hmacSha512(inputs.bytes('key'), inputs.bytes('message'));
    return { tag, tagStart: toHex(tag).slice(0, 32) };
  },

  hkdf(api, inputs) {
    const sha256 = inputs.text('hash') === 'SHA-256';
    const [ikm, salt, info] = [inputs.bytes('ikm'), inputs.maybeBytes('salt'), inputs.maybeBytes('info')];
    const length = inputs.number('length');
    return { okm: sha256 ? api.hkdfSha256(ikm, salt, info, length) : api.hkdfSha512(ikm, salt, info, length) };
  },
};
