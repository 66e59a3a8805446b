/**
 * Tables of ratios, in Markdown that reads well on a terminal too.
 */
import { type FamilyResult, figureOf, type Ratio, type RowResult, ratio } from './result.ts';

const none = '-';

/** Three digits or more. */
function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** The ratio of the minima, and that of the medians in parentheses. */
export function ratioText(value: Ratio | undefined): string {
  return value === undefined ? none : `${digits(value.min)} (${digits(value.median)})`;
}

/** A Markdown table, its columns padded. The first row is the heading; all columns but the first are right-aligned. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(3, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const pad = (row: readonly string[]) =>
    line(widths.map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width))));
  const rule = line(widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  const [heading = [], ...body] = rows;
  return [pad(heading), rule, ...body.map(pad)].join('\n');
}

/** Every name in the rows, in order of appearance. */
export function namesOf({ rows }: FamilyResult): string[] {
  return [...new Set(rows.flatMap(({ figures }) => figures.map(({ name }) => name)))];
}

/** Times of `own` and how many times faster it is than each peer. */
function ratioTable(family: FamilyResult, own: string): string {
  const peers = namesOf(family).filter((name) => name !== own);
  const cells = (row: RowResult) => {
    const figure = figureOf(row, own);
    const time = figure ? `${digits(figure.min)} (${digits(figure.median)})` : none;
    return [row.title, time, ...peers.map((peer) => ratioText(ratio(row, own, peer)))];
  };
  return markdown([[family.title, `${own}, µs`, ...peers.map((peer) => `× ${peer}`)], ...family.rows.map(cells)]);
}

/** Plain values, for families where every contender is of interest by itself. */
function valueTable(family: FamilyResult): string {
  const names = namesOf(family);
  const cells = (row: RowResult) => [
    `${row.title}, ${row.unit}`,
    ...names.map((name) => {
      const figure = figureOf(row, name);
      if (figure === undefined) return none;
      return figure.samples === 1 ? digits(figure.min) : `${digits(figure.min)} (${digits(figure.median)})`;
    }),
  ];
  return markdown([[family.title, ...names], ...family.rows.map(cells)]);
}

/** The table that suits a family. */
export function tableOf(family: FamilyResult): string {
  return family.name === 'startup' ? valueTable(family) : ratioTable(family, 'wasm');
}
