import { describe, expect, test } from 'vitest';
import { fromBase64, publishedFiles, refusal, subjects } from './support.ts';

const published = publishedFiles();

/** Rules as the independent program lists them: those that as many frames satisfy as there are frames with a digest. */
function rulesOf(checks: { chainRule?: string; treeRule?: string }): string[] {
  return (checks.chainRule ?? checks.treeRule ?? 'none').replace(/ \(.*/, '').split('|');
}

/** What the reference implementation wrote with operands missing without a rule, and what is not JSON. */
const partial = 'ContainerMerkle100-13-27-100@6491a1c6';
const notJson = 'JBCD1@a065258c';

test.skipIf(published !== undefined)(
  'ABSENT: files of the reference implementation are not here, so that nothing is compared with them',
  () => {},
);

describe.skipIf(published === undefined)('files of the reference implementation, 2017 to 2023', () => {
  describe.each(subjects)('on $name', ({ sequences }) => {
    const open = (base64: string, given: object) => sequences.open(sequences.bytes(fromBase64(base64)), given);

    test.each((published?.files ?? []).filter(({ id }) => id !== notJson))(
      '$id is read and classified',
      async (file) => {
        const { checks, frames, base64, id } = file;
        const indexBase = checks.index.other > 0 ? 0 : 1;
        const sequence = await open(base64, { indexBase });
        expect(sequence.torn).toBeUndefined();
        const report = await sequence.verify({ partial: id === partial });
        expect(report.frames).toBe(checks.frameCount);
        expect(report.payloadDigests).toBe(checks.payloadDigests.verified);
        if (checks.containerType !== null) expect(report.type).toBe(checks.containerType);
        const rules = id === partial ? ['partial'] : rulesOf(checks);
        // In a single frame, null and null+1 have the same two forms.
        if (checks.frameCount === 1 && report.type === 'Merkle')
          expect(report.rules).toEqual(expect.arrayContaining(rules));
        else expect(report.rules).toEqual(rules);
        expect(report.protects).toBe(
          report.rule === 'linked' ? 'sequence' : checks.payloadDigests.verified > 0 ? 'payloads' : 'nothing',
        );
        const [forwards, backwards]: [number[], number[]] = [[], []];
        for await (const { position, size } of sequence) forwards.push(position, position + size);
        const again = await open(base64, { indexBase });
        for await (const { position, size } of again.frames({ reverse: true }))
          backwards.unshift(position, position + size);
        expect(forwards).toEqual(frames.flatMap(({ start, end }) => [start, end]));
        expect(backwards).toEqual(forwards);
      },
    );

    test.each((published?.files ?? []).filter(({ randomAccess }) => randomAccess))(
      '$id is sought in by TreePositions: every frame is where an independent program found it',
      async ({ base64, randomAccess = [] }) => {
        for (const { target, positionOfTarget } of randomAccess) {
          const sequence = await open(base64, {});
          expect((await sequence.frame(target)).position).toBe(positionOfTarget);
        }
      },
    );

    test('a partly linked tree is refused unless it is asked for', async () => {
      const file = published?.files.find(({ id }) => id === partial);
      expect(await refusal(open(file?.base64 ?? '', {}).then((sequence) => sequence.verify()))).toBe('tree-digest');
    });

    test('a frame without JSON is no sequence', async () => {
      const file = published?.files.find(({ id }) => id === notJson);
      expect(await refusal(open(file?.base64 ?? '', {}))).toBe('json');
    });

    test.each(published?.negative ?? [])('negative case $id gives $error', async ({ base64, error }) => {
      const verified = open(base64, {}).then((sequence) => sequence.verify());
      if (error === null) await verified;
      else expect(await refusal(verified)).toBe(error.replace('frame:', '').replaceAll(' ', '-'));
    });

    test('nothing is appended to digests that are not linked', async () => {
      for (const { id, base64, checks } of published?.files ?? []) {
        const rules = rulesOf(checks);
        if (id === notJson || rules[0] === 'none' || rules.includes('linked')) continue;
        const storage = sequences.memory(fromBase64(base64));
        const sequence = await sequences.open(storage);
        expect([id, await refusal(sequence.append(Uint8Array.of(1)))]).toEqual([id, 'not-linked']);
        expect(storage.bytes()).toEqual(fromBase64(base64));
      }
    });

    test('all of them are copied to sequences with linked digests', async () => {
      for (const { id, base64, checks } of published?.files ?? []) {
        if (id === notJson) continue;
        const source = await open(base64, { indexBase: checks.index.other > 0 ? 0 : 1 });
        const copy = await sequences.copy(source, sequences.memory(), { type: 'Merkle', policy: {} });
        const report = await copy.verify({ requireLinked: true });
        expect([id, report.frames]).toEqual([id, checks.frameCount]);
      }
    });
  });
});
