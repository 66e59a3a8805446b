/**
 * Temporary files of this process: removed however it ends, as far as a process can. Only SIGKILL and a power cut leave one behind.
 */
import { rmSync } from 'node:fs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const paths = new Set<string>();

function removeAll(): void {
  for (const path of paths) rmSync(path, { force: true });
  paths.clear();
}

/** Ends the process by the signal, as if nobody had listened. */
function onSignal(signal: NodeJS.Signals): void {
  removeAll();
  unwatch();
  process.kill(process.pid, signal);
}

function unwatch(): void {
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, onSignal);
}

/** Takes a file into care, before it exists. */
export function guard(path: string): void {
  if (paths.size === 0) {
    process.on('exit', removeAll);
    for (const signal of signals) process.on(signal, onSignal);
  }
  paths.add(path);
}

/** The file has another name by now, or is gone. */
export function release(path: string): void {
  if (paths.delete(path) && paths.size === 0) unwatch();
}
