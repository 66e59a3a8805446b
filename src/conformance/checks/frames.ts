/**
 * Frames and records of sequences: tags F0 to F7 of draft-hallambaker-jsonbcd, section 3 of draft-hallambaker-mesh-dare. Not what records hold.
 */
import { agrees, type Checks } from '../check.ts';
import type { FrameSpans } from '../implementation.ts';

const text = (frames: readonly FrameSpans[]): string =>
  frames
    .map(({ start, end, records }) => `${start}-${end}:${records.map((span) => `${span.start}-${span.end}`).join()}`)
    .join(' ');

/** Octets of a member of a list, where `-` stands for none. */
const octetsOf = (member: string): Uint8Array =>
  Uint8Array.from(member === '-' ? [] : (member.match(/../g) ?? []), (pair) => Number.parseInt(pair, 16));

/** Kinds of vectors about frames. */
export const frameChecks: Checks = {
  frames(api, inputs) {
    const octets = inputs.bytes('octets');
    const forward = text(api.frames(octets));
    return { frames: agrees('from the end', forward, text([...api.framesBackward(octets)].reverse())) };
  },

  'frames-build': (api, inputs) => ({ octets: api.framesBuild(inputs.text('records').split(' ').map(octetsOf)) }),
};
