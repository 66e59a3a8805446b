/**
 * `npm run memscan`: copies of secrets that are left in the memory of a process after it has worked with them and destroyed what held them, for each backend. Linux only.
 *
 *     npm run memscan -- [--json] [--all] [--flag FLAG ..]
 *
 * `--all` lists what has no copies, too; each `--flag` goes to the process that is looked at. Exit status: 0 when none is left on the WASM backend and every control
 * was found, 1 when not, 2 for a wrong command line, 3 where the system does not show memory.
 */
import { parseArgs } from 'node:util';
import { type Look, look, subjects } from './look.ts';

interface Options {
  json: boolean;
  all: boolean;
  flags: string[];
}

/** @throws Error for what is not an option */
function parse(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      flag: { type: 'string', multiple: true, default: [] },
    },
  });
  return { json: values.json, all: values.all, flags: values.flag };
}

const copiesOf = ({ findings }: Look) => findings.reduce((sum, { copies }) => sum + copies, 0);

function print(looks: readonly Look[], all: boolean): void {
  for (const { subject, octets, findings, texts, control, ...rest } of looks) {
    const title = subject === '-' ? 'no work' : subject;
    const total = copiesOf({ subject, octets, findings, texts, control, ...rest });
    console.log(
      `${title}: ${total} copies of ${findings.length} kinds of secrets in ${Math.round(octets / 2 ** 20)} MiB`,
    );
    for (const { name, copies } of findings)
      if (all || copies > 0) console.log(`  ${String(copies).padStart(6)}  ${name}`);
    if (subject !== '-')
      console.log(`  ${String(texts).padStart(6)}  texts of shares, which are the caller's (not counted)`);
    console.log(`  ${String(control).padStart(6)}  control, kept on purpose`);
  }
}

async function main({ json, all, flags }: Options): Promise<number> {
  if (process.platform !== 'linux') {
    console.error('the memory of other processes is looked at through /proc, which only Linux has');
    return 3;
  }
  const looks: Look[] = [];
  for (const subject of subjects) looks.push(await look(subject, flags));
  if (json) console.log(JSON.stringify(looks, null, 2));
  else print(looks, all);
  const clean = looks.every((one) => one.subject === 'mathmesh/js' || copiesOf(one) === 0);
  return clean && looks.every(({ control }) => control > 0) ? 0 : 1;
}

try {
  process.exitCode = await main(parse(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
