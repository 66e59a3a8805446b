/**
 * Two device keys combined: the public keys are added by anybody, the secret ones only by who has both, and the results belong together.
 */
import { ed448 } from '../../src/entry/ed448.ts';
import { overlay } from '../../src/entry/overlay.ts';
import { udf } from '../../src/entry/udf.ts';
import { byId, hex, make, say, value } from './dom.ts';

type Combined = ReturnType<typeof overlay.composeKey>;

function card(title: string, what: string, publicKey: Uint8Array): HTMLElement {
  return make(
    'li',
    {},
    make('h4', {}, title),
    make('p', { class: 'note' }, what),
    value('Fingerprint', udf.publicKey({ crv: 'Ed448', publicKey })),
    value('Public key', hex(publicKey)),
  );
}

export function keys(): void {
  const [button, cards, error] = [byId('make-keys'), byId('keys'), byId('keys-error')];
  const [signing, message, signed] = [byId('signing'), byId<HTMLInputElement>('message'), byId('signature')];
  const [verdict, sign, state] = [byId('verdict'), byId('sign'), byId('keys-state')];
  let key: Combined | undefined;
  let signature: Uint8Array | undefined;

  function verify(): void {
    if (key === undefined || signature === undefined) return;
    const valid = ed448.verify(signature, new TextEncoder().encode(message.value), key.publicKey);
    verdict.textContent = valid
      ? 'Valid under the combined key, for any Ed448 verifier.'
      : 'Not valid: this is not the message that was signed.';
    verdict.className = valid ? 'verdict good' : 'verdict bad';
  }

  button.addEventListener('click', () => {
    say(error, undefined);
    try {
      const [device, account] = [ed448.keygen(), ed448.keygen()];
      const sum = overlay.combinePublicKeys(device.publicKey, account.publicKey);
      key?.destroy();
      // Refused unless the secrets give the key that the public parts gave.
      key = overlay.composeKey(device.secretKey, account.secretKey, { publicKey: sum });
      device.secretKey.fill(0);
      account.secretKey.fill(0);
      cards.replaceChildren(
        card('The key of the device', 'Made in the device, before anybody knows it.', device.publicKey),
        card('The contribution', 'Made by the account for this device, and sent to it.', account.publicKey),
        card(
          'The combined key',
          'The sum of both public keys. The sum of the secrets gives the same one: checked.',
          sum,
        ),
      );
      signature = undefined;
      signed.replaceChildren();
      verdict.textContent = '';
      signing.hidden = false;
      state.textContent = 'Two new keys and their sum.';
    } catch (reason) {
      say(error, reason);
    }
  });

  sign.addEventListener('click', () => {
    say(error, undefined);
    if (key === undefined) return;
    try {
      signature = key.sign(new TextEncoder().encode(message.value));
      signed.replaceChildren(value('Signature', hex(signature)));
      verify();
    } catch (reason) {
      say(error, reason);
    }
  });
  message.addEventListener('input', verify);
}
