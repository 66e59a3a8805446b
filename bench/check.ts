/**
 * Checking a run against the floors. Times vary from run to run, hence an allowance; sizes do not.
 */
import type { Floor, Limit } from './floors.ts';
import { figureOf, type Report, ratio, rowOf } from './result.ts';

/** A ratio may be this part below its floor. */
const allowance = 0.15;

/** What became of a floor or limit. */
export interface Verdict {
  /** `absent`: the run had no such row or contender. */
  state: 'reached' | 'within allowance' | 'missed' | 'absent';
  text: string;
}

function checkFloor(report: Report, { row, own, peer, ratio: least }: Floor): Verdict {
  const found = rowOf(report, row);
  const value = found && ratio(found, own, peer)?.min;
  const what = `${row}: ${own} against ${peer}`;
  const goal = `floor ${least.toFixed(2)}`;
  if (value === undefined) return { state: 'absent', text: `${what}, ${goal}` };
  const state = value >= least ? 'reached' : value >= least * (1 - allowance) ? 'within allowance' : 'missed';
  return { state, text: `${what} ${value.toFixed(2)}, ${goal}` };
}

function checkLimit(report: Report, { row, own, most }: Limit): Verdict {
  const found = rowOf(report, row);
  const value = found && figureOf(found, own)?.min;
  const what = `${row}: ${own}`;
  if (found === undefined || value === undefined) return { state: 'absent', text: `${what}, limit ${most}` };
  return {
    state: value <= most ? 'reached' : 'missed',
    text: `${what} ${value.toFixed(1)}, limit ${most} ${found.unit}`,
  };
}

/** A verdict on every floor and limit, in their order. */
export function check(report: Report, floors: readonly Floor[], limits: readonly Limit[]): Verdict[] {
  return [...floors.map((floor) => checkFloor(report, floor)), ...limits.map((limit) => checkLimit(report, limit))];
}
