/**
 * Frames of sequences: both backends, both directions, and frame by frame.
 */
import { frameAt, readFrame, readFrameBackward } from '../../src/frame.ts';
import { js, wasm } from '../backends.ts';
import { fromHex } from '../input.ts';
import { agree, expect, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

export const frames: Target = {
  name: 'frames',
  about: 'frames and records, forwards and backwards',
  maxLength: 8192,
  seeds: (vectors) =>
    vectors
      .filter(({ kind }) => kind === 'frames' || kind === 'sequence-file')
      .flatMap(({ inputs: { octets } }) => (octets === undefined ? [] : [fromHex(octets)])),
  run(octets) {
    const tables = [false, true].map((backward) => {
      const table = wasm.backend.framesScan(octets, backward);
      agree('backends', js.backend.framesScan(octets, backward), table);
      agree('digests', js.backend.framesDigests(octets, table), wasm.backend.framesDigests(octets, table));
      return table;
    });
    const [forward, backward] = tables as [(typeof tables)[0], (typeof tables)[0]];
    let at = 0;
    for (let i = 0; i < forward.count; i++) {
      const frame = readFrame(octets, at);
      agree('a frame of the table', frameAt(forward, i), frame);
      agree('the frame backwards', readFrameBackward(octets, frame.end), frame);
      at = frame.end;
    }
    agree('where frames stop', forward.stop, at);
    agree(
      'what is wrong there',
      forward.damage,
      at === octets.length ? undefined : outcome(() => readFrame(octets, at)).code,
    );
    let end = octets.length;
    for (let i = 0; i < backward.count; i++) {
      const frame = readFrameBackward(octets, end);
      expect('frames backwards touch', frame.end === end);
      end = frame.start;
    }
    agree('where frames stop backwards', backward.stop, end);
    if (forward.damage === undefined && backward.damage === undefined && octets.length > 0) {
      expect('sound octets can be read from both ends', forward.count > 0 && backward.count > 0);
    }
  },
};
