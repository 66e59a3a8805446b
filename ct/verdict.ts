/** What a run under memcheck has to show, judged from its lines. Not for running it (memcheck.ts). */
import { exempt } from './policy.ts';

/** A line that the child writes. */
export type Line =
  | { control: string; reports: number }
  | { case: string; reports: number; residue: number; error?: string }
  | { exports: string[]; reached: string[]; ran: string[] };

/** Everything that is wrong with a run; nothing for a good one. */
export function faultsOf(lines: readonly Line[], exempted: Readonly<Record<string, string>> = exempt): string[] {
  const faults: string[] = [];
  for (const line of lines) {
    if ('control' in line) {
      const clean = line.control.startsWith('clean_');
      if (clean && line.reports > 0) faults.push(`the clean control ${line.control} has ${line.reports} reports`);
      if (!clean && line.reports === 0) faults.push(`the leaky control ${line.control} was not reported`);
    } else if ('case' in line) {
      if (line.error !== undefined) faults.push(`${line.case}: ${line.error}`);
      if (line.reports > 0) faults.push(`${line.case}: ${line.reports} reports`);
      if (line.residue > 0) faults.push(`${line.case}: ${line.residue} octets that depend on secrets left in memory`);
    } else {
      for (const name of line.exports) {
        const [reached, ran, listed] = [line.reached.includes(name), line.ran.includes(name), name in exempted];
        if (reached && listed) faults.push(`${name} is listed as seeing no secret, but does`);
        if (!reached && !listed) faults.push(`${name} is ${ran ? 'not reached with a secret' : 'never called'}`);
      }
      for (const name of Object.keys(exempted)) {
        if (!line.exports.includes(name)) faults.push(`${name} is listed, but is no export`);
      }
    }
  }
  if (!lines.some((line) => 'control' in line)) faults.push('no controls');
  if (!lines.some((line) => 'exports' in line)) faults.push('the run did not come to its end');
  return faults;
}
