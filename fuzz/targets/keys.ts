/**
 * Keys as DER and JSON, against OpenSSL: what is read it reads too, to the same octets.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Key } from '../../src/key/index.ts';
import { type Library, libraries, wasm } from '../backends.ts';
import { textOf, utf8, withChoices } from '../input.ts';
import { agree, Disagreement, expect, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The forms, by the first octet of an input. */
const readers = [
  ({ key }: Library, octets: Uint8Array): unknown => key.fromSpki(octets),
  ({ key }: Library, octets: Uint8Array): unknown => key.fromPkcs8(octets),
  ({ key }: Library, octets: Uint8Array): unknown => key.fromJwk(parsed(textOf(octets))),
  ({ key }: Library, octets: Uint8Array): unknown => key.thumbprint(parsed(textOf(octets))),
  ({ udf }: Library, octets: Uint8Array): unknown => udf.oidKey(udf.format(112, octets)),
];

/** What OpenSSL makes of DER. */
function openssl(octets: Uint8Array, type: 'spki' | 'pkcs8'): KeyObject | undefined {
  try {
    const given = { key: Buffer.from(octets), format: 'der' } as const;
    return type === 'spki' ? createPublicKey({ ...given, type }) : createPrivateKey({ ...given, type });
  } catch {
    return undefined;
  }
}

const curves: Readonly<Record<string, string>> = { ed448: 'Ed448', x448: 'X448' };

/** Codes that OpenSSL has no check for: it looks at points only when it uses them. */
const points: readonly (string | undefined)[] = ['noncanonical_encoding', 'not_on_curve', 'small_order_base'];

function checkDer(octets: Uint8Array, type: 'spki' | 'pkcs8', read: ReturnType<typeof outcome>): void {
  const theirs = openssl(octets, type);
  if (read.code === undefined) {
    if (theirs === undefined) throw new Disagreement(`OpenSSL refuses a ${type} that is read`);
    const { crv, publicKey, secretKey } = read.value as Key;
    agree('the curve', crv, curves[theirs.asymmetricKeyType ?? '']);
    const { x, d } = theirs.export({ format: 'jwk' });
    agree('the public key', Buffer.from(publicKey).toString('base64url'), x);
    agree('the secret key', secretKey && Buffer.from(secretKey).toString('base64url'), d);
    if (type === 'spki') agree('writing what was read', wasm.key.toSpki(read.value as Key), octets);
    else agree('a key written', wasm.key.fromPkcs8(wasm.key.toPkcs8(read.value as Key)), read.value);
    return;
  }
  // What is in OpenSSL's own form must be read, unless the point is none.
  if (theirs === undefined || curves[theirs.asymmetricKeyType ?? ''] === undefined || points.includes(read.code))
    return;
  const written = theirs.export(type === 'spki' ? { format: 'der', type: 'spki' } : { format: 'der', type: 'pkcs8' });
  expect(`${read.code} for what OpenSSL writes`, !written.equals(octets));
}

const samples: Key[] = [
  {
    crv: 'Ed448',
    secretKey: new Uint8Array(57).fill(3),
    publicKey: wasm.ed448.getPublicKey(new Uint8Array(57).fill(3)),
  },
  { crv: 'X448', secretKey: new Uint8Array(56).fill(3), publicKey: wasm.x448.getPublicKey(new Uint8Array(56).fill(3)) },
];

export const keys: Target = {
  name: 'keys',
  about: 'SubjectPublicKeyInfo, PKCS#8, JWK, OID sequences',
  maxLength: 1024,
  words: ['"kty"', '"OKP"', '"crv"', '"x"', '"d"', '"RSA"', '"EC"', '"e"', '"n"', '"y"'],
  seeds: () =>
    samples.flatMap((key) => {
      const { secretKey, ...open } = key;
      const jwk = utf8(JSON.stringify(wasm.key.toJwk(key)));
      const info = wasm.udf.keyInfo({ crv: 'Ed448', publicKey: new Uint8Array(57) }, { generation: 'G4' });
      return [
        withChoices([0], wasm.key.toSpki(open)),
        withChoices([1], wasm.key.toPkcs8(key)),
        withChoices([2], jwk),
        withChoices([3], jwk),
        withChoices([4], info),
      ];
    }),
  run(input) {
    const choice = (input[0] ?? 0) % readers.length;
    const octets = input.subarray(1);
    const [read, other] = libraries.map((library) => outcome(() => readers[choice]?.(library, octets)));
    agree('backends', read, other);
    if (read === undefined) return;
    if (choice < 2) checkDer(octets, choice === 0 ? 'spki' : 'pkcs8', read);
    if (choice === 2 && read.code === undefined)
      agree('a key written', wasm.key.fromJwk(wasm.key.toJwk(read.value as Key)), read.value);
    if (choice === 3 && read.code === undefined)
      expect('a thumbprint has 43 characters', String(read.value).length === 43);
  },
};
