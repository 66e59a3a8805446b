/**
 * Texts of somebody else's making (errors, names, values of an implementation under test), fit for a terminal and a report.
 * Not for texts of this package.
 */

/** The text without control, format and line-breaking characters: it can neither move a cursor nor forge a line. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** What was thrown, as a printable text. Anything can be thrown, `null` and objects without a text too. */
export function thrown(value: unknown): string {
  try {
    return printable(String(value));
  } catch {
    return 'something without a text';
  }
}
