/**
 * Fingerprints of a file: it is read once, in a worker; the UDF follows from the digest, so that another media type needs no second reading.
 */
import { contentUdf } from '../../src/cli/hashof.ts';
import type { BackendName, FileReport, FileTask } from '../messages.ts';
import { byId, hex, make, say, value } from './dom.ts';
import { type Job, start } from './job.ts';

/** Bits of the fingerprint: the least that the drafts use, and nearly all of the digest. */
const precisions = [140, 440] as const;

/** A number of octets for people. */
function size(octets: number): string {
  if (octets < 1000) return `${octets} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const at = Math.min(Math.floor(Math.log10(octets) / 3), units.length);
  return `${(octets / 1000 ** at).toFixed(1)} ${units[at - 1]}`;
}

export function fingerprints(backend: BackendName): void {
  const [input, drop] = [byId<HTMLInputElement>('file'), byId('drop')];
  const [bar, state, error] = [byId<HTMLProgressElement>('file-progress'), byId('file-state'), byId('file-error')];
  const [type, result] = [byId<HTMLInputElement>('content-type'), byId('file-result')];
  let job: Job | undefined;
  let digests: { sha512: Uint8Array; shake256: Uint8Array } | undefined;

  function show(): void {
    if (digests === undefined) return;
    const { sha512, shake256 } = digests;
    say(error, undefined);
    try {
      const [short, long] = precisions.map((bits) => contentUdf(type.value, sha512, bits)) as [string, string];
      result.replaceChildren(
        value(
          'UDF',
          short,
          `${precisions[0]} bits, the fingerprint that people compare. It depends on the media type.`,
        ),
        value('UDF, long', long),
        value('SHA-512', hex(sha512)),
        value('SHAKE256, 64 octets', hex(shake256)),
      );
    } catch (reason) {
      result.replaceChildren();
      say(error, reason);
    }
  }

  function read(file: File): void {
    job?.stop();
    digests = undefined;
    say(error, undefined);
    result.replaceChildren();
    type.value = file.type || 'application/octet-stream';
    bar.hidden = false;
    bar.value = 0;
    state.textContent = `Reading ${file.name}, ${size(file.size)} …`;
    const task: FileTask = { task: 'file', backend, file };
    job = start<FileReport>(
      'tasks',
      task,
      (report) => {
        if ('done' in report) {
          bar.value = file.size === 0 ? 1 : report.done / file.size;
          return;
        }
        digests = report;
        bar.value = 1;
        const rate = file.size / 1e6 / (report.milliseconds / 1000);
        state.textContent = `${file.name}: ${size(file.size)} in ${report.milliseconds.toFixed(0)} ms, both hashes${
          file.size > 1e6 ? `, ${rate.toFixed(0)} MB/s` : ''
        }.`;
        show();
      },
      (reason) => {
        bar.hidden = true;
        if (reason === undefined) return;
        state.textContent = '';
        say(error, reason);
      },
    );
  }

  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) read(file);
  });
  type.addEventListener('input', show);
  // A file that misses would be shown in place of the page.
  for (const kind of ['dragover', 'drop']) addEventListener(kind, (event) => event.preventDefault());
  drop.addEventListener('dragover', () => drop.classList.add('over'));
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    drop.classList.remove('over');
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) read(file);
  });
  result.append(make('p', { class: 'note empty' }, 'Fingerprints appear here.'));
}
