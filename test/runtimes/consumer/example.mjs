/** What an application does with the library, for bundlers: signatures, an envelope, workers. */
import { backend, dare, ed448, overlay } from 'mathmesh';
import { createPool } from 'mathmesh/pool';

globalThis.answer = async () => {
  const { secretKey, publicKey } = ed448.keygen();
  const message = new TextEncoder().encode('attack at dawn');
  const item = { signature: ed448.sign(message, secretKey), message, publicKey };
  const pool = createPool({ size: 2 });
  const verdicts = await pool.verifyBatch(Array(200).fill(item));
  const { workers } = pool;
  await pool.close();

  const bob = { crv: 'X448', secretKey: crypto.getRandomValues(new Uint8Array(56)) };
  const envelope = dare.seal(message, {
    recipients: [{ crv: 'X448', publicKey: overlay.seedKey(bob.secretKey, { crv: 'X448' }).publicKey }],
    signers: [{ crv: 'Ed448', secretKey }],
  });
  const { payload } = dare.open(envelope.toString(), { keys: [bob], trust: [{ crv: 'Ed448', publicKey }] });
  const right = verdicts.every(Boolean) && payload.every((octet, i) => octet === message[i]);
  return { backend: backend().name, reason: backend().reason, right, workers };
};
