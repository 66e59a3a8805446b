/**
 * The benchmark: a chart for each family, which grows with every row.
 */
import { type Benchmark, type BenchReport, type BenchTask, benchmarks } from '../messages.ts';
import { byId, make, say } from './dom.ts';
import { start, startStop } from './job.ts';

/** The chart of a family, for light and dark pages, and its figures. */
interface Figure {
  show(light: string, dark: string, table: string): void;
}

function figure(name: Benchmark, list: HTMLElement): Figure {
  const [source, image] = [make('source', { media: '(prefers-color-scheme: dark)' }), make('img', { alt: '' })];
  const figures = make('pre', { tabindex: '0', 'aria-label': `Figures: ${benchmarks[name]}` });
  list.append(
    make(
      'figure',
      { id: `chart-${name}` },
      make('picture', {}, source, image),
      make('details', {}, make('summary', {}, 'Figures'), figures),
    ),
  );
  let used: string[] = [];
  return {
    show(light, dark, table) {
      const urls = [light, dark].map((text) => URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })));
      [image.src, source.srcset] = urls as [string, string];
      image.alt = `${benchmarks[name]}: how many times faster than the others. The figures below say the same.`;
      figures.textContent = table;
      for (const url of used) URL.revokeObjectURL(url);
      used = urls;
    },
  };
}

export function benchmark(): void {
  const [choice, list] = [byId('families'), byId('charts')];
  const [bar, state, error] = [byId<HTMLProgressElement>('bench-progress'), byId('bench-state'), byId('bench-error')];
  const time = byId<HTMLSelectElement>('bench-time');
  for (const [name, title] of Object.entries(benchmarks)) {
    const box = make('input', { type: 'checkbox', value: name, ...(name === 'ed448' ? { checked: '' } : {}) });
    choice.append(make('label', {}, box, title));
  }

  startStop(
    byId<HTMLButtonElement>('run-bench'),
    (ended) => {
      const boxes = [...choice.querySelectorAll<HTMLInputElement>('input:checked')];
      const families = boxes.map(({ value }) => value as Benchmark);
      list.replaceChildren();
      say(error, undefined);
      const shown = new Map(families.map((name) => [name, figure(name, list)]));
      bar.hidden = false;
      bar.removeAttribute('value');
      state.textContent = 'Starting …';
      const task: BenchTask = { task: 'bench', families, time: Number(time.value), width: list.clientWidth };
      return start<BenchReport>(
        'bench',
        task,
        (report) => {
          if ('family' in report) shown.get(report.family)?.show(report.light, report.dark, report.table);
          else {
            if (report.total > 0) bar.value = report.done / report.total;
            state.textContent = report.row;
          }
        },
        (reason) => {
          bar.hidden = true;
          ended();
          state.textContent = reason === undefined ? 'Done.' : '';
          say(error, reason);
        },
      );
    },
    () => {
      bar.hidden = true;
      state.textContent = 'Stopped.';
    },
  );
}
