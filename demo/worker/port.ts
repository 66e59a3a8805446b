/**
 * The worker's side of a task.
 */
import type { FromWorker } from '../messages.ts';

/** The side of a channel that a worker holds. */
interface Port {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: unknown): void;
}

/** Answers the one message that the worker is sent: with reports, and with how it ended. */
export function answer<Task, Report>(work: (task: Task, report: (report: Report) => void) => Promise<void>): void {
  const port = globalThis as unknown as Port;
  const post = (message: FromWorker<Report>) => port.postMessage(message);
  port.onmessage = async ({ data }) => {
    try {
      await work(data as Task, (report) => post({ report }));
      post({ finished: true });
    } catch (error) {
      post({ failed: error instanceof Error ? error.message : String(error) });
    }
  };
}
