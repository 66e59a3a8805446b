/**
 * Fingerprints. No library has them, so the peer is `plain`: the same texts in plain JavaScript on @noble/hashes, without checks.
 */
import { type Cast, type Family, ours } from '../contender.ts';
import { octets } from '../inputs.ts';
import { digest, format, parse } from '../peers/plain-udf.ts';

const contentType = 'application/octet-stream';

/** The rows of fingerprints. */
export function udfFamily(cast: Cast): Family {
  const key = octets('fingerprinted', 64);
  const page = octets('fingerprinted', 4096);
  const data = octets('UDF', 16);
  const text = digest(contentType, key);
  return {
    name: 'udf',
    title: 'UDF',
    rows: [
      {
        id: 'udf/digest/64 B',
        title: 'fingerprint of 64 B',
        contenders: [
          ...ours(
            cast,
            ({ udf }) =>
              () =>
                udf.digest(contentType, key),
          ),
          { name: 'plain', call: () => digest(contentType, key) },
        ],
      },
      {
        id: 'udf/digest/4 KiB',
        title: 'fingerprint of 4 KiB',
        contenders: [
          ...ours(
            cast,
            ({ udf }) =>
              () =>
                udf.digest(contentType, page),
          ),
          { name: 'plain', call: () => digest(contentType, page) },
        ],
      },
      {
        id: 'udf/format',
        title: 'format 16 B',
        contenders: [
          ...ours(
            cast,
            ({ udf }) =>
              () =>
                udf.format(104, data),
          ),
          { name: 'plain', call: () => format(104, data) },
        ],
      },
      {
        id: 'udf/parse',
        title: 'parse 28 characters',
        contenders: [
          ...ours(
            cast,
            ({ udf }) =>
              () =>
                udf.parse(text),
          ),
          { name: 'plain', call: () => parse(text) },
        ],
      },
    ],
  };
}
