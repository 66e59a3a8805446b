/**
 * The report as text: one table per implementation, one row per source document. Not the numbers themselves: see driver.ts.
 */
import type { Report, Run, Totals } from './driver.ts';

const columns: readonly { title: string; of: keyof Totals }[] = [
  { title: 'reproduced', of: 'reproduced' },
  { title: 'errata proven', of: 'proven' },
  { title: 'unverifiable', of: 'unverifiable' },
  { title: 'failed', of: 'failed' },
  { title: 'not provided', of: 'notProvided' },
];

function table(run: Run): string[] {
  const always: readonly (keyof Totals)[] = ['reproduced', 'proven', 'failed'];
  const shown = columns.filter(({ of }) => always.includes(of) || run.totals[of] > 0);
  const rows = [
    { document: 'source document', cells: shown.map(({ title }) => title) },
    ...run.documents.map((row) => ({ document: row.document, cells: shown.map(({ of }) => String(row[of])) })),
    { document: 'total', cells: shown.map(({ of }) => String(run.totals[of])) },
  ];
  const first = Math.max(...rows.map(({ document }) => document.length));
  const widths = shown.map((_, i) => Math.max(...rows.map(({ cells }) => (cells[i] as string).length)));
  const line = '-'.repeat(first + widths.reduce((sum, width) => sum + width + 2, 0));
  const lines = rows.map(
    ({ document, cells }) =>
      document.padEnd(first) + cells.map((cell, i) => `  ${cell.padStart(widths[i] as number)}`).join(''),
  );
  return [lines[0] as string, line, ...lines.slice(1, -1), line, lines.at(-1) as string];
}

function section(run: Run): string[] {
  const { totals, failures, missing } = run;
  return [
    `implementation: ${run.implementation}`,
    '',
    ...table(run),
    ...(totals.slow > 0 ? ['', `${totals.slow} slow vector${totals.slow > 1 ? 's' : ''} not run: --slow`] : []),
    ...(missing.length > 0 ? ['', `not provided: ${missing.join(', ')}`] : []),
    ...failures.flatMap(({ file, id, comment, flags, reason }) => [
      '',
      `FAILED ${file} ${id}${comment === undefined ? '' : ` (${comment})`}${flags.length ? ` [${flags.join(' ')}]` : ''}`,
      `  ${reason}`,
    ]),
    '',
  ];
}

/** The last line: `ok` alone only when every vector was put to the test. */
function verdict({ ok, runs }: Report): string {
  if (ok) {
    const notProvided = runs.reduce((sum, { totals }) => sum + totals.notProvided, 0);
    return notProvided === 0 ? 'ok' : `ok as far as it goes: ${notProvided} not provided`;
  }
  const idle = runs.filter(({ totals }) => totals.reproduced + totals.proven + totals.failed === 0);
  if (runs.length === 0) return 'not ok: nothing was run';
  return idle.length === 0
    ? 'not ok'
    : `not ok: ${idle.map((run) => run.implementation).join(', ')} reproduced nothing`;
}

/**
 * The report for people: tables, then failures with what they catch, then the verdict.
 *
 * @param report - the result of `runConformance`
 * @returns text of several lines
 * @example
 * ```ts
 * import { formatReport, runConformance } from 'mathmesh/conformance';
 * const text = formatReport(runConformance({ backends: ['js'], suite: 'group448' }));
 * console.log(text.trimEnd().split('\n').at(-1)); // ok
 * ```
 * Constant time: no, because everything in it is public.
 */
export function formatReport(report: Report): string {
  const lines = report.runs.flatMap(section);
  const problems = report.problems.map((problem) => `PROBLEM ${problem}`);
  return [...lines, ...problems, verdict(report), ''].join('\n');
}
