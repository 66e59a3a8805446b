/** Keys of one holder: key generation, signatures, agreement, scalars and points. */
import type { Backend, SigningKey } from '../../src/backend/types.ts';
import { type Cases, context, octets, type Setting, same, seed, shortSeed, text } from './setting.ts';

const zero = new Uint8Array(56);

/** The code of the error that an action ends with. */
function codeOf(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

export function keys({ backend, mesh, jsBackend, js }: Setting): Cases {
  const scalar = (number: number) => js.group448.scalarFromWide(octets(number, 114));
  return {
    'Ed448 key generation'() {
      for (const key of [seed, shortSeed]) {
        same('the public key', backend.ed448PublicKey(key), jsBackend.ed448PublicKey(key));
      }
      mesh.ed448.keygen();
    },
    Ed448() {
      const ofShort = (api: Backend) => api.ed448Sign(text, shortSeed, context, 0);
      same('the signature', ofShort(backend), ofShort(jsBackend));
      for (const message of [new Uint8Array(0), text, octets(20, 70000)]) {
        same('the signature', mesh.ed448.sign(message, seed), js.ed448.sign(message, seed));
      }
    },
    Ed448ph() {
      same('the signature', mesh.ed448ph.sign(text, seed, { context }), js.ed448ph.sign(text, seed, { context }));
    },
    'Ed448 with a prepared key'() {
      const signer = mesh.ed448.prepareSigner(seed);
      same('the signature', signer.sign(text), js.ed448.sign(text, seed));
      signer.destroy();
    },
    'Ed448 with a prefix'() {
      const s = scalar(21);
      const publicKey = jsBackend.edwardsBaseMultiply(s);
      const sign = (api: Backend, key: SigningKey) => api.ed448SignKey(text, key, context, 0);
      for (const length of [1, 57, 114, 128]) {
        const key = { scalar: s, prefix: octets(22, length), publicKey };
        same('the signature', sign(backend, key), sign(jsBackend, key));
      }
    },
    X448() {
      const peer = js.x448.getPublicKey(octets(23, 56));
      same('the public key', mesh.x448.getPublicKey(shortSeed), js.x448.getPublicKey(shortSeed));
      same('the result', mesh.x448.getSharedSecret(shortSeed, peer), js.x448.getSharedSecret(shortSeed, peer));
      mesh.x448.keygen();
    },
    'scalars modulo L'() {
      const [a, b] = [scalar(24), scalar(25)];
      const results = ({ group448 }: typeof mesh) => [
        group448.scalarAdd(a, b),
        group448.scalarMul(a, b),
        group448.scalarNegate(a),
        group448.scalarInvert(a),
        group448.scalarFromSeed(seed),
        ...[1, 56, 57, 114].map((n) => group448.scalarFromWide(octets(26, n))),
      ];
      same('a result', results(mesh), results(js));
    },
    'points of edwards448'() {
      const [a, b] = [scalar(27), scalar(28)];
      const P = jsBackend.edwardsBaseMultiply(b);
      const results = (api: Backend) => [
        api.edwardsBaseMultiply(a),
        api.edwardsBaseMultiply(zero),
        api.edwardsMultiply(a, P),
        api.edwardsMultiply(zero, P),
        api.edwardsCombination([scalar(29), scalar(30)], [P, P], a),
      ];
      same('a result', results(backend), results(jsBackend));
    },
    'points of curve448'() {
      const [a, b] = [scalar(31), scalar(32)];
      const P = jsBackend.montgomeryBaseMultiply(b);
      const results = (api: Backend) => [
        api.montgomeryBaseMultiply(a),
        api.montgomeryMultiply(a, P),
        codeOf(() => api.montgomeryBaseMultiply(zero)),
        codeOf(() => api.montgomeryMultiply(zero, P)),
      ];
      same('a result', results(backend), results(jsBackend));
    },
  };
}
