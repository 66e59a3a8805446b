/**
 * The conformance suite: a row for each of its parts, a bar for each backend.
 */
import type { Totals } from '../../src/conformance/driver.ts';
import { type Suite, suites } from '../../src/conformance/vectors.ts';
import type { BackendName, SuiteReport, SuiteTask } from '../messages.ts';
import { byId, make, say } from './dom.ts';
import { start, startStop } from './job.ts';

const names: Readonly<Record<BackendName, string>> = { wasm: 'WebAssembly', js: 'JavaScript' };

const passed = ({ reproduced, proven, unverifiable }: Totals) => reproduced + proven + unverifiable;
const put = (totals: Totals) => passed(totals) + totals.failed + totals.notProvided;

/** What became of the vectors of a backend, over all parts. */
interface Sum {
  totals: Totals;
  milliseconds: number;
}

function add({ totals, milliseconds }: Sum, more: Sum): Sum {
  const both = Object.entries(totals).map(([name, count]) => [name, count + more.totals[name as keyof Totals]]);
  return { totals: Object.fromEntries(both), milliseconds: milliseconds + more.milliseconds };
}

function inWords(backend: BackendName, { totals, milliseconds }: Sum): string {
  const { reproduced, proven, unverifiable, failed, notProvided } = totals;
  return (
    `${names[backend]}, ${(milliseconds / 1000).toFixed(1)} s: ${reproduced} values reproduced, ${proven} published ones proved wrong, ` +
    `${unverifiable} that nobody can check, ${failed + notProvided} failed.`
  );
}

export function conformance(backends: readonly BackendName[]): void {
  const [table, state, error] = [byId('suite-table'), byId('suite-state'), byId('suite-error')];
  const [bar, failed] = [byId<HTMLProgressElement>('suite-progress'), byId('suite-failures')];
  const cells = new Map<string, HTMLTableCellElement>();
  const cell = (suite: Suite, backend: BackendName) => cells.get(`${suite} ${backend}`) as HTMLTableCellElement;

  function clear(): void {
    cells.clear();
    const head = make('tr', {}, make('th', { scope: 'col' }, 'Part'));
    for (const backend of backends) head.append(make('th', { scope: 'col' }, names[backend]));
    const rows = suites.map((suite) => {
      const row = make('tr', {}, make('th', { scope: 'row' }, suite));
      for (const backend of backends) {
        const empty = make('td', {}, make('span', { class: 'waiting' }, '–'));
        cells.set(`${suite} ${backend}`, empty);
        row.append(empty);
      }
      return row;
    });
    table.replaceChildren(make('thead', {}, head), make('tbody', {}, ...rows));
    failed.replaceChildren();
    say(error, undefined);
  }

  function fill(suite: Suite, backend: BackendName, totals: Totals, milliseconds: number): void {
    const [good, all] = [passed(totals), put(totals)];
    const meter = make('progress', { max: String(all), value: String(good), 'aria-hidden': 'true' });
    cell(suite, backend).replaceChildren(
      meter,
      make(
        'div',
        { class: 'figures' },
        make('span', { class: good === all ? 'good' : 'bad' }, `${good} of ${all}`),
        make('span', { class: 'time' }, `${milliseconds.toFixed(0)} ms`),
      ),
    );
  }

  const rest = (words: string) => {
    bar.hidden = true;
    state.textContent = words;
  };
  clear();
  startStop(
    byId<HTMLButtonElement>('run-suite'),
    (ended) => {
      clear();
      let total = 1;
      const sums = new Map<BackendName, Sum>();
      bar.hidden = false;
      bar.removeAttribute('value');
      state.textContent = 'Running …';

      function show(report: SuiteReport): void {
        if ('total' in report) {
          total = report.total;
          return;
        }
        if ('at' in report) {
          bar.value = report.at.done / total;
          cell(report.at.suite, report.at.backend).replaceChildren(make('span', { class: 'waiting' }, 'running …'));
          return;
        }
        const { suite, backend, totals, failures, milliseconds } = report;
        fill(suite, backend, totals, milliseconds);
        for (const { file, id, reason } of failures) {
          failed.append(make('li', {}, `${names[backend]}: ${file} ${id}: ${reason}`));
        }
        const before = sums.get(backend);
        sums.set(backend, before === undefined ? report : add(before, report));
      }

      const task: SuiteTask = { task: 'suite', backends };
      return start<SuiteReport>('tasks', task, show, (reason) => {
        rest(reason === undefined ? [...sums].map(([backend, sum]) => inWords(backend, sum)).join(' ') : '');
        say(error, reason);
        ended();
      });
    },
    () => rest('Stopped.'),
  );
}
