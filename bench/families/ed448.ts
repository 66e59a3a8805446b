/**
 * Ed448 one at a time. `node` has key objects that were made once; `node, DER in` and `node, JWK in` make them from the octets each
 * time, by the usual form and by the fastest.
 */
import { ed448 as noble } from '@noble/curves/ed448.js';
import { type Cast, type Contender, cycle, type Family, type Library, native, ours } from '../contender.ts';
import { type Signed, signedByMany } from '../inputs.ts';

type Verify = (signature: Uint8Array, message: Uint8Array) => boolean;

const prepared = (items: readonly Signed[], prepare: (publicKey: Uint8Array) => { verify: Verify }) =>
  cycle(
    items.map((item) => ({ ...item, key: prepare(item.publicKey) })),
    ({ signature, message, key }) => key.verify(signature, message),
  );

const signers = (items: readonly Signed[], { ed448 }: Library) =>
  cycle(
    items.map((item) => ({ ...item, signer: ed448.prepareSigner(item.secretKey) })),
    ({ message, signer }) => signer.sign(message),
  );

/** The rows of Ed448. */
export function ed448Family(cast: Cast): Family {
  const items = signedByMany(16);
  // Made anew for each row: all contenders of a row begin with the first item.
  const withKeys = () =>
    native(cast, 'node', (crypto) =>
      cycle(
        items.map((item) => ({ ...item, key: crypto.ed448.publicFromDer(item.publicKey) })),
        ({ signature, message, key }) => crypto.verify(signature, message, key),
      ),
    );
  const signWithKeys = () =>
    native(cast, 'node', (crypto) =>
      cycle(
        items.map((item) => ({ ...item, key: crypto.ed448.privateFromDer(item.secretKey) })),
        ({ message, key }) => crypto.sign(message, key),
      ),
    );
  const nobleSign = (): Contender => ({
    name: 'noble',
    call: cycle(items, ({ message, secretKey }) => noble.sign(message, secretKey)),
  });
  const nobleVerify = (): Contender => ({
    name: 'noble',
    call: cycle(items, ({ signature, message, publicKey }) => noble.verify(signature, message, publicKey)),
  });
  return {
    name: 'ed448',
    title: 'Ed448',
    rows: [
      {
        id: 'ed448/public-key',
        title: 'public key from seed',
        contenders: [
          ...ours(cast, ({ ed448 }) => cycle(items, ({ secretKey }) => ed448.getPublicKey(secretKey))),
          ...native(cast, 'node, DER in', ({ ed448 }) =>
            cycle(items, ({ secretKey }) => ed448.publicToDer(ed448.privateFromDer(secretKey))),
          ),
          ...native(cast, 'node, JWK in', ({ ed448 }) =>
            cycle(items, ({ secretKey }) => ed448.publicToJwk(ed448.privateFromJwk(secretKey))),
          ),
          { name: 'noble', call: cycle(items, ({ secretKey }) => noble.getPublicKey(secretKey)) },
        ],
      },
      {
        id: 'ed448/keygen',
        title: 'new key pair',
        random: true,
        contenders: [
          ...ours(cast, ({ ed448 }) => ed448.keygen),
          ...native(cast, 'node', (crypto) => crypto.ed448.generate),
          { name: 'noble', call: () => noble.keygen() },
        ],
      },
      {
        id: 'ed448/sign',
        title: 'sign, from 57 octets',
        contenders: [
          ...ours(cast, ({ ed448 }) => cycle(items, ({ message, secretKey }) => ed448.sign(message, secretKey))),
          ...signWithKeys(),
          ...native(cast, 'node, DER in', ({ ed448, sign }) =>
            cycle(items, ({ message, secretKey }) => sign(message, ed448.privateFromDer(secretKey))),
          ),
          ...native(cast, 'node, JWK in', ({ ed448, sign }) =>
            cycle(items, ({ message, secretKey }) => sign(message, ed448.privateFromJwk(secretKey))),
          ),
          nobleSign(),
        ],
      },
      {
        id: 'ed448/sign-prepared',
        title: 'sign, prepared key',
        contenders: [...ours(cast, (library) => signers(items, library)), ...signWithKeys(), nobleSign()],
      },
      {
        id: 'ed448/verify',
        title: 'verify, from 57 octets',
        contenders: [
          ...ours(cast, ({ ed448 }) =>
            cycle(items, ({ signature, message, publicKey }) => ed448.verify(signature, message, publicKey)),
          ),
          ...withKeys(),
          ...native(cast, 'node, DER in', ({ ed448, verify }) =>
            cycle(items, ({ signature, message, publicKey }) =>
              verify(signature, message, ed448.publicFromDer(publicKey)),
            ),
          ),
          ...native(cast, 'node, JWK in', ({ ed448, verify }) =>
            cycle(items, ({ signature, message, publicKey }) =>
              verify(signature, message, ed448.publicFromJwk(publicKey)),
            ),
          ),
          nobleVerify(),
        ],
      },
      {
        id: 'ed448/verify-prepared',
        title: 'verify, prepared key',
        contenders: [
          ...ours(cast, ({ ed448 }) => prepared(items, (publicKey) => ed448.prepare(publicKey))),
          ...withKeys(),
          nobleVerify(),
        ],
      },
    ],
  };
}
