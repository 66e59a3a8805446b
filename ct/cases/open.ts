/** Public data alone, so that every export runs and shows that it sees no secret. */
import { type Cases, octets, type Setting, same, seed, text } from './setting.ts';

export function open({ backend, mesh, js }: Setting): Cases {
  return {
    'verification (nothing secret)'() {
      const publicKey = js.ed448.getPublicKey(seed);
      const signature = js.ed448.sign(text, seed);
      same('the verdict', mesh.ed448.verify(signature, text, publicKey), true);
      same('the verdict', mesh.ed448.prepare(publicKey).verify(signature, text), true);
      const item = { signature, message: text, publicKey };
      same('a verdict', mesh.ed448.verifyBatch([item, item, item, item]), [true, true, true, true]);
    },
    'logs (nothing secret)'() {
      const frames = new Uint8Array(5000);
      backend.framesDigests(frames, backend.framesScan(frames));
      backend.chainDigests('linked', octets(60, 64), octets(61, 128));
      backend.treeDigests('linked', octets(62, 128), 0, new Uint8Array(0));
    },
  };
}
