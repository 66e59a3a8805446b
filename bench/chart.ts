/**
 * Charts: one SVG for each family, drawn by ECharts on the server side.
 */
import { type EChartsOption, init } from 'echarts';
import { type FamilyResult, figureOf, ratio } from './result.ts';
import { namesOf } from './table.ts';

/** How a chart looks: for documents by default. */
export interface Look {
  width?: number;
  /** On a dark page, which shows through. */
  dark?: boolean;
  /** Of the peers in turn; those of ECharts by default. */
  colours?: string[];
}

const barHeight = 15;

interface Series {
  name: string;
  /** One value for each row, from the last to the first: ECharts draws upwards. */
  values: (number | undefined)[];
}

const round = (value: number | undefined) => (value === undefined ? undefined : Number(value.toPrecision(3)));

/** On a logarithmic axis bars begin at 1, and there must be room for those that go left. */
function leftEnd(series: Series[]): number {
  const values = series.flatMap((one) => one.values).filter((value) => value !== undefined);
  return Math.min(...values) < 0.5 ? 0.1 : 0.5;
}

/** Little more than the longest bar, so that bars fill their room. */
function rightEnd(series: Series[]): number {
  const most = Math.max(2, ...series.flatMap((one) => one.values).filter((value) => value !== undefined));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([2, 5, 10].find((step) => most <= step * power) as number);
}

function option(title: string, rows: string[], series: Series[], axis: 'log' | 'value', look: Look): EChartsOption {
  return {
    animation: false,
    ...(look.colours === undefined ? {} : { color: look.colours }),
    backgroundColor: look.dark === true ? 'transparent' : '#ffffff',
    title: { text: title, left: 12, top: 8, textStyle: { fontSize: 15 } },
    legend: { top: 32, left: 12 },
    grid: { left: 12, right: 48, top: 64, bottom: 12, containLabel: true },
    xAxis: {
      type: axis,
      axisLabel: { hideOverlap: true },
      ...(axis === 'log' ? { min: leftEnd(series), max: rightEnd(series) } : {}),
    },
    yAxis: { type: 'category', data: rows, axisTick: { show: false } },
    series: series.map(({ name, values }) => ({
      name,
      type: 'bar',
      data: values.map((value) => value ?? '-'),
      label: { show: true, position: 'right', fontSize: 10, textBorderWidth: 0 },
      ...(axis === 'log'
        ? { markLine: { symbol: 'none', silent: true, label: { show: false }, data: [{ xAxis: 1 }] } }
        : {}),
    })),
  };
}

function draw(title: string, rows: string[], series: Series[], axis: 'log' | 'value', look: Look): string {
  const { width = 860, dark = false } = look;
  const bars = series.reduce((sum, { values }) => sum + values.length, 0);
  const chart = init(null, dark ? 'dark' : null, {
    renderer: 'svg',
    ssr: true,
    width,
    height: 90 + rows.length * 12 + bars * barHeight,
  });
  chart.setOption(option(title, rows, series, axis, look));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

/** The chart of a family: ratios to the peers on a logarithmic axis, or for start-up the times themselves. */
export function chartOf(family: FamilyResult, look: Look = {}): string {
  const startup = family.name === 'startup';
  const rows = family.rows.filter(({ unit }) => unit === (startup ? 'ms' : 'us')).reverse();
  const titles = rows.map((row) => row.title);
  const names = namesOf({ ...family, rows }).filter((name) => startup || name !== 'wasm');
  const series = names.map((name) => ({
    name,
    values: rows.map((row) => round(startup ? figureOf(row, name)?.median : ratio(row, 'wasm', name)?.min)),
  }));
  return startup
    ? draw(`${family.title}: milliseconds (median)`, titles, series, 'value', look)
    : draw(`${family.title}: how many times faster than …`, titles, series, 'log', look);
}
