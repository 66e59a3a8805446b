/** Secrets in shares and in text. */
import type { Backend } from '../../src/backend/types.ts';
import { type Cases, octets, type Setting, same } from './setting.ts';

export function texts({ backend, mesh, jsBackend, js }: Setting): Cases {
  return {
    Shamir() {
      for (const length of [1, 2, 3, 4, 15, 16, 32, 63, 64]) {
        const secret = octets(length, length);
        const shares = mesh.shamir.split(secret, { shares: 5, quorum: 3 });
        // The quorum, and more than it.
        for (const chosen of [shares.slice(1, 4), shares]) {
          same('the secret', mesh.shamir.combine(chosen).slice(0, length), secret);
        }
      }
      const secret = octets(50, 32);
      same('the secret', mesh.shamir.combine(mesh.shamir.split(secret, { shares: 15, quorum: 15 })), secret);
    },
    'Base32 of secrets'() {
      for (const length of [1, 2, 3, 4, 5, 17, 33, 300]) {
        const secret = octets(length, length);
        const written = (api: Backend) => api.base32Encode(secret, 8 * length, 4);
        same('the text', written(backend), written(jsBackend));
        for (const lenient of [false, true]) {
          const { octets: read } = backend.base32Decode(written(jsBackend), lenient);
          same('the secret', read.slice(0, length), secret);
        }
      }
    },
    'seeds of fingerprints'() {
      const results = ({ udf, overlay }: typeof mesh) => {
        const seed = udf.seed('ProfileDevice', octets(51, 32));
        return [seed, overlay.deriveSeed(seed, { keyType: 'Base', operation: 'Sign' })];
      };
      same('a result', results(mesh), results(js));
    },
  };
}
