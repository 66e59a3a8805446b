/**
 * UDF texts, URIs and names. Strict parsing is predicted by a regular expression, and nothing that is read is read in two ways.
 */
import { js, type Library, libraries, wasm } from '../backends.ts';
import { textOf, utf8 } from '../input.ts';
import { agree, expect, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

const key = 'EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J';
const digest = 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF';

/** Everything that reads a text, over one backend. */
function readings({ udf }: Library, text: string) {
  return {
    parse: outcome(() => udf.parse(text)),
    lenient: outcome(() => udf.parse(text, { lenient: true })),
    canonical: outcome(() => udf.parse(text, { canonical: true })),
    itself: outcome(() => udf.matches(text, text, { minBits: 8 })),
    matches: outcome(() => udf.matches(text, digest)),
    uri: outcome(() => udf.parseUri(text)),
    oid: outcome(() => udf.oidKey(text)),
    sin: outcome(() => udf.sin(text, 'example.com')),
    domain: outcome(() => udf.sin(digest, text)),
    plain: outcome(() => udf.plainAddress(text)),
    earl: outcome(() => udf.earl('example.com', text)),
    place: outcome(() => udf.earl(text, key)),
    endpoint: outcome(() => udf.earl('example.com', key, { endpoint: text })),
    secret: outcome(() => udf.secretId(text)),
    derived: outcome(() => udf.deriveKey(text, { form: 'info', algorithm: 'X448' })),
    named: outcome(() =>
      udf.deriveKey('ZAAA-IAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAA', { form: 'info', keyName: text, algorithm: 'Ed448' }),
    ),
    pin: outcome(() => udf.connectPin(text, 'alice@example.com')),
    authenticator: outcome(() => udf.authenticator('text/plain', utf8('x'), text)),
  };
}

/** What the grammar says of a text, without the code under test. */
function predicted(text: string): string | undefined {
  if (text.length > 12281) return 'bad_length';
  if (!/^[A-Za-z2-7\- \t\r\n]*$/.test(text)) return 'bad_character';
  const { length } = text.replace(/[^A-Za-z2-7]/g, '');
  // 6,140 octets are what 12,281 characters hold in groups of four.
  if (Math.floor((5 * length) / 8) > 6140) return 'bad_length';
  return length < 2 ? 'too_short' : undefined;
}

export const udf: Target = {
  name: 'udf',
  about: 'UDF texts, URIs, locators, Strong Internet Names',
  maxLength: 12400,
  words: ['udf:', 'udf://', 'mcu://', 'mm--', 'example.com', key, digest],
  seeds: (vectors) =>
    vectors
      .filter(({ kind }) => kind.startsWith('udf-'))
      .flatMap(({ inputs }) => ['text', 'udf', 'uri', 'a', 'b', 'domain', 'seed', 'key'].map((name) => inputs[name]))
      .filter((text) => text !== undefined)
      .map(utf8),
  run(input) {
    const text = textOf(input);
    const [read, other] = libraries.map((library) => readings(library, text)) as [
      ReturnType<typeof readings>,
      ReturnType<typeof readings>,
    ];
    for (const name of Object.keys(read) as (keyof typeof read)[])
      agree(`backends on ${name}`, read[name], other[name]);
    const { parse, lenient, canonical, itself, uri, oid } = read;
    agree('the grammar', parse.code, predicted(text));
    agree('comparing with itself', itself.code ?? itself.value, parse.code ?? true);
    if (parse.code === undefined) {
      const { type, data, text: shown } = parse.value;
      agree('lenient reading', lenient, parse);
      agree('reading the text shown', wasm.udf.parse(shown), parse.value);
      const written = wasm.udf.format(type, data);
      agree('reading what was written', js.udf.parse(written, { canonical: true }).data, data);
      agree('canonical reading', canonical.code, written === text ? undefined : 'noncanonical_text');
    }
    if (uri.code === undefined) agree('the UDF of a URI', wasm.udf.parse(uri.value.udf).data, uri.value.data);
    if (oid.code === undefined) {
      agree('the key of an OID sequence', wasm.udf.oidKey(wasm.udf.oid(oid.value)), oid.value);
      expect('an OID sequence is one text', wasm.udf.parse(text).data.length > 0);
    }
  },
};
