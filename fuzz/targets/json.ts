/**
 * JSON text, against the parser of the platform: what is read has the value that `JSON.parse` gives, and what is refused although `JSON.parse`
 * takes it is refused for one of the few reasons there are.
 */
import { jsonb } from '../../src/jsonb/index.ts';
import { fromHex, utf8 } from '../input.ts';
import { agree, Disagreement, expect, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';
import { inputsOf } from '../vectors.ts';

/** Whether a value is what the platform's parser gives, which rounds integers. */
function isSame(value: unknown, platform: unknown): boolean {
  if (typeof value === 'bigint') return Number(value) === platform;
  if (typeof value !== 'object' || value === null) return Object.is(value, platform) || (value === 0 && platform === 0);
  if (typeof platform !== 'object' || platform === null || Array.isArray(value) !== Array.isArray(platform))
    return false;
  const [names, theirs] = [Object.keys(value), Object.keys(platform)];
  return (
    names.length === theirs.length &&
    names.every(
      (name) => Object.hasOwn(platform, name) && isSame(Reflect.get(value, name), Reflect.get(platform, name)),
    )
  );
}

/** Whether `test` holds for a value in a value of the platform's parser. */
function some(value: unknown, test: (value: unknown) => boolean): boolean {
  if (test(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => test(name) || some(each, test));
}

const isLone = (value: unknown) => typeof value === 'string' && /\p{Surrogate}/u.test(value);
const tooDeep = (value: unknown, left = 65): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((each) => tooDeep(each, left - 1)));

/** Reasons to refuse what the platform's parser takes, and whether they apply; `true` where it does not show. */
const reasons: Readonly<Record<string, (platform: unknown, text: string) => boolean>> = {
  duplicate: () => true,
  depth: (platform) => tooDeep(platform),
  escape: (platform, text) => some(platform, isLone) || text.includes('\\u'),
  'number-range': (_, text) => /[0-9]/.test(text),
  limit: (_, text) => /[0-9]{2000}/.test(text),
};

function platformOf(input: Uint8Array): { text: string; value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
    return { text, value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export const json: Target = {
  name: 'json',
  about: 'JSON text, against JSON.parse',
  maxLength: 4096,
  words: ['\\ud800', '\\udc00', '\\u0000', '__proto__', '1e999', '-0', '18446744073709551616', 'true', 'null', 'false'],
  seeds: (vectors) => [
    ...inputsOf(vectors, 'dare-envelope').flatMap(({ envelope }) => (envelope === undefined ? [] : [utf8(envelope)])),
    ...inputsOf(vectors, 'jsonb-value').flatMap(({ document }) => (document === undefined ? [] : [fromHex(document)])),
    ...['{"a":[1,-0,1.5e3,"\\ud83d\\ude00"],"__proto__":null}', '[[[[]]]]', '[9007199254740993,1e400]'].map(utf8),
  ],
  run(input) {
    const strict = outcome(() => jsonb.parseJson(input));
    const lenient = outcome(() => jsonb.parseJson(input, { lenient: true }));
    const platform = platformOf(input);
    if (strict.code === undefined) {
      agree('lenient reading', lenient, strict);
      if (platform === undefined) throw new Disagreement('the platform refuses what is read');
      expect('the platform reads another value', isSame(strict.value, platform.value));
      agree('reading the text', jsonb.parseJson(platform.text), strict.value);
      agree('reading as level A', jsonb.decode(input, { level: 'A' }), strict.value);
      const written = jsonb.encode(strict.value, { level: 'A' });
      agree('reading what was written', jsonb.parseJson(written), strict.value);
      agree('writing what was read', jsonb.encode(jsonb.parseJson(written), { level: 'A' }), written);
    } else if (platform !== undefined) {
      const applies = reasons[strict.code]?.(platform.value, platform.text) ?? false;
      expect(`${strict.code} for what the platform reads`, applies);
    }
    if (lenient.code === undefined) {
      const bare = input.filter((octet) => octet !== 9 && octet !== 10 && octet !== 13);
      expect(
        'lenient reading is that of a text without line breaks',
        outcome(() => jsonb.parseJson(bare)).code !== 'control',
      );
    }
  },
};
