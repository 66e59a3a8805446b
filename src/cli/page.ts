/**
 * A share on paper: one page of A4 as an SVG, and a document of such pages. Everything is in the file: no script, no font, no address.
 * Nothing is printed that the share or the caller does not say, so no date and no name.
 */
import { printable } from '../conformance/printable.ts';
import { type QrCode, qrPath } from './qr.ts';

/** What a page shows. */
export interface Page {
  /** The text of the share. */
  share: string;
  /** Number of the share, from 1. */
  index: number;
  shares: number;
  quorum: number;
  code: QrCode;
  /** Lines of the caller: whose secret it is, the date. */
  notes: readonly string[];
  /** The command that recovers the secret. */
  command: string;
}

/** Groups of four in a line. */
const groupsInLine = 4;

/** Side of the QR code, in millimetres. */
const side = 95;

/** A text for XML. */
function escaped(text: string): string {
  // XML knows no noncharacters.
  return printable(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The share in lines of whole groups, each with the separator that follows. */
function lines(share: string): string[] {
  return share.match(new RegExp(`(?:[^-]+-?){1,${groupsInLine}}`, 'g')) ?? [];
}

/** What the shares are good for. */
function ruleOf(quorum: number, shares: number): string {
  if (quorum === 1) return 'This share alone gives the secret.';
  const which = quorum === shares ? `All ${shares} shares` : `Any ${quorum} of the ${shares} shares`;
  return `${which} give the secret. Fewer tell nothing about it.`;
}

/** A page; its unit is the millimetre. */
export function pageSvg({ share, index, shares, quorum, code, notes, command }: Page): string {
  const text = (y: number, size: number, content: string, family = 'sans-serif') =>
    `<text x="105" y="${y}" font-family="${family}" font-size="${size}" text-anchor="middle">${escaped(content)}</text>`;
  const rule = ruleOf(quorum, shares);
  const title = `Share ${index} of ${shares}`;
  const scale = side / code.length;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297">',
    `<title>${title}</title>`,
    '<rect width="210" height="297" fill="#fff"/>',
    text(30, 10, title),
    text(41, 5, rule),
    ...notes.map((note, i) => text(52 + 8 * i, 5, note)),
    `<path transform="translate(${105 - side / 2} 70) scale(${scale})" d="${qrPath(code)}"/>`,
    ...lines(share).map((line, i) => text(184 + 10 * i, 7, line, 'monospace')),
    text(262, 4, 'Keep this page secret, and apart from the other shares.'),
    text(269, 4, 'To recover, type the letters or scan the code for the prompts of'),
    text(276, 4, command, 'monospace'),
    '</svg>\n',
  ].join('\n');
}

/** A document that prints one page a share. The browser's own header and footer have no room in it. */
export function pagesHtml(pages: readonly Page[]): string {
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>Shares</title>
<style>
@page { margin: 0; }
body { margin: 0; background: #fff; }
section { height: 100vh; break-after: page; }
section:last-child { break-after: auto; }
svg { display: block; width: 100%; height: 100%; }
</style>
</head>
<body>
${pages.map((page) => `<section>\n${pageSvg(page)}</section>\n`).join('')}</body>
</html>
`;
}
