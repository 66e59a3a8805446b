/**
 * A task for a worker, from the page's side: one at a time for each button, and it can be stopped.
 */
import type { FromWorker } from '../messages.ts';

/** A task that runs. */
export interface Job {
  stop(): void;
}

/**
 * Starts a worker with a task. `ended` is called once: with what went wrong, if anything did. Not after `stop`.
 */
export function start<Report>(
  script: 'tasks' | 'bench',
  task: object,
  report: (report: Report) => void,
  ended: (error?: string) => void,
): Job {
  const worker = new Worker(`worker/${script}.js`, { type: 'module' });
  const end = (error?: string) => {
    worker.terminate();
    ended(error);
  };
  worker.onmessage = ({ data }: MessageEvent<FromWorker<Report>>) => {
    if ('report' in data) report(data.report);
    else end('failed' in data ? data.failed : undefined);
  };
  worker.onerror = () => end('the worker could not be started');
  worker.postMessage(task);
  return { stop: () => worker.terminate() };
}

/** A button that starts a job and, while it runs, stops it. */
export function startStop(button: HTMLButtonElement, startJob: (ended: () => void) => Job, stopped: () => void): void {
  const label = button.textContent;
  let job: Job | undefined;
  const rest = () => {
    job = undefined;
    button.textContent = label;
    button.classList.remove('stop');
  };
  button.addEventListener('click', () => {
    if (job !== undefined) {
      job.stop();
      rest();
      stopped();
      return;
    }
    button.textContent = 'Stop';
    button.classList.add('stop');
    job = startJob(rest);
  });
}
