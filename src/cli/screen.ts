/**
 * Octets of somebody else's making on a screen: text, and nothing that moves a cursor or renames a window.
 */
import { Failure } from './terminal.ts';

/** Control characters other than tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** The pieces as they are; for a screen, only as long as they are text. @throws Failure */
export async function* forScreen(pieces: AsyncIterable<Uint8Array>, isScreen: boolean): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (piece?: Uint8Array) => {
    try {
      if (!controls.test(decoder.decode(piece, { stream: piece !== undefined }))) return;
    } catch {
      // Not UTF-8.
    }
    throw new Failure('this is no text for a screen: --output or a pipe takes it');
  };
  for await (const piece of pieces) {
    if (isScreen) check(piece);
    yield piece;
  }
  if (isScreen) check();
}
