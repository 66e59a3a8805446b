/**
 * The parts of the documents that programs write, between `<!-- NAME -->` and `<!-- /NAME -->`, and what the benchmark writes into its own. Nothing
 * there is typed by hand.
 */
import { describe } from './machine.ts';
import { type FamilyResult, type Report, ratio, rowOf } from './result.ts';
import { markdown, ratioText, tableOf } from './table.ts';

/** A document with new text between the markers of a name. @throws Error without the markers */
export function replaced(document: string, text: string, name = 'bench'): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [document.indexOf(open), document.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`no ${open} ... ${close}`);
  return `${document.slice(0, start + open.length)}\n\n${text}\n\n${document.slice(end)}`;
}

/** Rows of the short table with the way of node:crypto that each is compared with. */
const headlines: readonly (readonly [string, string])[] = [
  ['ed448/keygen', 'node'],
  ['ed448/sign-prepared', 'node'],
  ['ed448/verify', 'node'],
  ['ed448/verify-prepared', 'node'],
  ['batch/distinct-keys', 'node'],
  ['batch/one-key', 'node'],
  ['x448/agreement', 'node'],
  ['hash/sha512/64 B', 'node'],
  ['hash/sha512/64 KiB', 'node'],
  ['hash/shake256/64 B', 'node'],
  ['hash/shake256/64 KiB', 'node'],
];

/** A few rows for the front page. */
function shortTable(report: Report): string {
  const rows = headlines.flatMap(([id, node]) => {
    const row = rowOf(report, id);
    const family = report.families.find(({ rows }) => row !== undefined && rows.includes(row));
    if (row === undefined || family === undefined) return [];
    return [
      [`${family.title}: ${row.title}`, ratioText(ratio(row, 'wasm', node)), ratioText(ratio(row, 'wasm', 'noble'))],
    ];
  });
  return markdown([['times faster than', 'node:crypto (OpenSSL)', '@noble'], ...rows]);
}

/** The charts of a report. `charts`: their folder as seen from the document. */
const chart = ({ name, title }: FamilyResult, charts: string) => `![${title}](${charts}/${name}.svg)`;

/** The front page: the short table with its source, every chart, and what starting costs. */
export function summary(report: Report, charts: string): string {
  const startup = report.families.filter(({ name }) => name === 'startup');
  return [
    shortTable(report),
    `Ratio of the minima (of the medians). ${describe(report.machine)}.`,
    ...report.families.filter((family) => !startup.includes(family)).map((family) => chart(family, charts)),
    ...startup.flatMap((family) => [
      'What starting costs, in fresh processes, and sizes; minima (medians):',
      tableOf(family),
      chart(family, charts),
    ]),
  ].join('\n\n');
}

/** Every table and chart. `charts` as in {@link summary}. */
export function fullTables(report: Report, charts: string): string {
  const parts = report.families.map(
    (family) => `### ${family.title}\n\n${tableOf(family)}\n\n${chart(family, charts)}`,
  );
  return [`${describe(report.machine)}.`, ...parts].join('\n\n');
}
