/**
 * Elements of the page: finding them, making them. Text is never read as markup.
 */

/** An element that the page has. */
export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no element ${id}`);
  return element as T;
}

/** A new element with attributes, and with texts and elements in it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that puts a text on the clipboard, and says so. */
export function copyButton(what: string, text: string): HTMLButtonElement {
  const button = make(
    'button',
    { type: 'button', class: 'quiet' },
    'Copy',
    make('span', { class: 'hidden' }, ` ${what}`),
  );
  button.addEventListener('click', async () => {
    const label = button.firstChild as Text;
    try {
      await navigator.clipboard.writeText(text);
      label.data = 'Copied';
    } catch {
      label.data = 'Not allowed';
    }
    setTimeout(() => {
      label.data = 'Copy';
    }, 1500);
  });
  return button;
}

/** A named value that can be copied. */
export function value(name: string, text: string, note?: string): HTMLDivElement {
  return make(
    'div',
    { class: 'value' },
    make('div', { class: 'name' }, make('span', {}, name), copyButton(name, text)),
    make('code', {}, text),
    ...(note === undefined ? [] : [make('p', { class: 'note' }, note)]),
  );
}

/** Digits of octets. */
export function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** What went wrong, in an element for it; nothing takes it away. */
export function say(element: HTMLElement, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error ?? '');
  element.textContent = text;
  element.hidden = text === '';
}
