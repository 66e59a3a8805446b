/**
 * Strings to UTF-8. A string with a lone surrogate has no UTF-8 form and is refused: TextEncoder would write U+FFFD in its place.
 */
import { fail } from '../errors.ts';

/** Newer than the language version that the project is written in. */
const native = /* @__PURE__ */ (() =>
  (String.prototype as { isWellFormed?: (this: string) => boolean }).isWellFormed)();

function isWellFormed(text: string): boolean {
  if (native !== undefined) return native.call(text);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const low = unit < 0xdc00 ? text.charCodeAt(++i) : 0;
    if (!(low >= 0xdc00 && low <= 0xdfff)) return false;
  }
  return true;
}

/** Refuses a string that has no UTF-8 form. @throws MeshError `utf8` */
export function requireWellFormed(text: string): void {
  if (!isWellFormed(text)) fail('utf8', 'a lone surrogate');
}
