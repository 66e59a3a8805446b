/**
 * A secret in shares, each with a QR code, and back.
 */
import { qrCode, qrPath } from '../../src/cli/qr.ts';
import { shamir } from '../../src/entry/shamir.ts';
import { byId, copyButton, hex, make, say, value } from './dom.ts';

const svg = 'http://www.w3.org/2000/svg';

/** A QR code as a picture, dark on light whatever the page is. */
async function picture(text: string, label: string): Promise<SVGSVGElement> {
  const code = await qrCode(text);
  const image = document.createElementNS(svg, 'svg');
  image.setAttribute('viewBox', `0 0 ${code.length} ${code.length}`);
  image.setAttribute('role', 'img');
  image.setAttribute('aria-label', label);
  image.setAttribute('shape-rendering', 'crispEdges');
  image.classList.add('qr');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', qrPath(code));
  image.append(path);
  return image;
}

/** Octets as text when they are that, else as digits. */
function readable(octets: Uint8Array): { name: string; text: string } {
  try {
    return { name: 'Secret', text: new TextDecoder('utf-8', { fatal: true }).decode(octets) };
  } catch {
    return { name: 'Secret, not a text: in hexadecimal', text: hex(octets) };
  }
}

export function shares(): void {
  const [form, error, cards] = [byId<HTMLFormElement>('split'), byId('split-error'), byId('shares')];
  const [secret, number, quorum] = ['secret', 'share-count', 'quorum'].map((id) => byId<HTMLInputElement>(id)) as [
    HTMLInputElement,
    HTMLInputElement,
    HTMLInputElement,
  ];
  const state = byId('split-state');
  const [list, join] = [byId<HTMLTextAreaElement>('share-list'), byId<HTMLFormElement>('combine')];
  const [joinError, result] = [byId('combine-error'), byId('combine-result')];

  /** Puts a share below, or takes it away. */
  function chooser(text: string, label: string): HTMLLabelElement {
    const box = make('input', { type: 'checkbox' });
    box.addEventListener('change', () => {
      const others = list.value.split('\n').filter((line) => line.trim() !== '' && line.trim() !== text);
      list.value = [...others, ...(box.checked ? [text] : [])].join('\n');
      result.replaceChildren();
      say(joinError, undefined);
    });
    return make('label', { class: 'choose' }, box, 'Use', make('span', { class: 'hidden' }, ` ${label}`));
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say(error, undefined);
    try {
      const octets = new TextEncoder().encode(secret.value);
      const texts = shamir.split(octets, { shares: number.valueAsNumber, quorum: quorum.valueAsNumber });
      octets.fill(0);
      list.value = '';
      result.replaceChildren();
      const made = texts.map(async (text, i) => {
        const label = `share ${i + 1}`;
        return make(
          'li',
          {},
          await picture(text, `QR code of ${label}`),
          make('h4', {}, `Share ${i + 1} of ${texts.length}`),
          make('code', {}, text),
          make('div', { class: 'row' }, copyButton(label, text), chooser(text, label)),
        );
      });
      cards.replaceChildren(...(await Promise.all(made)));
      state.textContent = `${texts.length} shares, any ${quorum.value} of which give the secret. Fewer tell nothing but its length.`;
    } catch (reason) {
      cards.replaceChildren();
      state.textContent = '';
      say(error, reason);
    }
  });

  join.addEventListener('submit', (event) => {
    event.preventDefault();
    say(joinError, undefined);
    result.replaceChildren();
    try {
      const lines = list.value.split('\n').filter((line) => line.trim() !== '');
      const { name, text } = readable(shamir.combine(lines));
      result.append(value(name, text));
    } catch (reason) {
      say(joinError, reason);
    }
  });
}
