/**
 * What a program is told that asked for JSON, also of what is refused: one value on standard output. Wrong usage is for people, here too.
 */
import { MeshError } from '../errors.ts';
import { jsonOf } from './dareshow.ts';
import { Failure, type Terminal } from './terminal.ts';

function refusalOf(error: unknown): { code: string; message: string } | undefined {
  if (error instanceof MeshError) return { code: error.code, message: error.message };
  return error instanceof Failure ? { code: 'failure', message: error.message } : undefined;
}

/**
 * Runs a command that writes its JSON at the end. With `json` a refusal is `{ ok: false, code, message }` on standard output, where `code` is that of the
 * library, or `failure` for what only the command refuses. Gives the exit status.
 */
export async function answered(json: boolean, terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const refusal = json ? refusalOf(error) : undefined;
    if (refusal === undefined) throw error;
    terminal.write(jsonOf({ ok: false, ...refusal }));
    return 1;
  }
}
