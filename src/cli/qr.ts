/**
 * A text as a QR code (ISO/IEC 18004), for a screen and for paper. The library is loaded when the first code is drawn, and only by
 * the command line. It is not constant time, which for a code that is about to be shown to a camera is no loss.
 */

/** Rows of modules, `true` where dark, with the light margin of four that scanners expect. */
export type QrCode = readonly (readonly boolean[])[];

/** The code of a text. */
export async function qrCode(text: string): Promise<QrCode> {
  const { encodeQR } = await import('qr');
  // A quarter of the code may be damaged: paper is folded.
  return encodeQR(text, 'raw', { ecc: 'quartile', border: 4 });
}

/** By whether the upper and the lower module are light. */
const halves = { none: ' ', upper: '\u2580', lower: '\u2584', both: '\u2588' } as const;

/** Lines that a QR code in a text consists of, and nothing else does. */
export const qrLine = /^[ \u2580\u2584\u2588]+$/;

/**
 * Lines of a terminal, two modules high each. Light modules are drawn: without colour the terminal has to be darker than its text.
 */
export function qrLines(code: QrCode, coloured: boolean): string {
  let text = '';
  for (let y = 0; y < code.length; y += 2) {
    const [upper, lower] = [code[y] as readonly boolean[], code[y + 1]];
    const line = upper
      .map((dark, x) => {
        const below = lower?.[x] === false;
        if (dark) return below ? halves.lower : halves.none;
        return below ? halves.both : halves.upper;
      })
      .join('');
    text += coloured ? `\u001b[97;40m${line}\u001b[0m\n` : `${line}\n`;
  }
  return text;
}

/** The dark modules as the path of an SVG, one unit each: a rectangle for every run of them. */
export function qrPath(code: QrCode): string {
  const runs = code.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`),
  );
  return runs.join('');
}
