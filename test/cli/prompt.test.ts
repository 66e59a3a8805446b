/**
 * Questions whose answers do not show: the keys that a person presses, and the built program on a pseudo-terminal.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPty, onTerminal } from './pty.ts';
import { escrow, key, published } from './published.ts';
import { runCli } from './run.ts';

const [first, second] = published;
const [other] = escrow;
// The first share with another value: one of another set with the same number.
const conflicting = first.replace(/M$/, 'E');

const recover = ['key', 'recover'];
const share = ['key', 'share', '--quorum', '2', '--shares', '2'];
const asked = (args: string[], ...input: string[]) => runCli(args, { input, asked: true });

describe('answers', () => {
  it.each([
    ['lines of a terminal', [`${first}\r`, `${second}\r`]],
    ['one piece', [`${first}\r\n${second}\r\n`]],
    ['single characters', [...`${first}\r${second}\r`]],
    ['empty lines between', [`\r\r${first}\r  \r\n\n${second}\r`]],
    ['spaces around', [` ${first} \r\t${second}\t\r`]],
    ['corrections', [`${first}XX\u007f\b\rwrong\u0015${second}\r`]],
    ['more corrections than characters', [`X\u007f\u007f\u007f${first}\r${second}\r`]],
    ['arrow keys and other special ones', [`\u001b[A${first}\u001b[3~\u001bOP\r\u001b[1;5C${second}\u0001\u0017\r`]],
    ['a special key in pieces', ['\u001b', '[', '1', '0~', `${first}\r${second}\r`]],
    ['marks around what is pasted', [`\u001b[200~${first}\u001b[201~\r${second}\r`]],
    ['end of input that is none, after a character', [`${first}\u0004\r${second}\r`]],
    ['more after the last', [`${first}\r${second}\r${other}\r`]],
  ])('are read with %s', async (_, input) => {
    expect(await asked(recover, ...input)).toMatchObject({
      code: 0,
      out: `${key}\n`,
      err: 'Share 1: \nShare 2 of 2: \n',
      raw: [true, false],
    });
  });

  it.each([
    ['no text', 'hello!', 'bad_character'],
    ['too little', 'Z', 'too_short'],
    ['a key', key, 'wrong_type'],
    ['a character outside ASCII', first.replace('B', '\u0392'), 'bad_character'],
    ['a character that folds to a letter', first.replace('S', '\u017f'), 'bad_character'],
    ['more than a line holds', 'A'.repeat(20_000), 'bad_length'],
    ['spare bits that are set', first.replace(/M$/, 'N'), 'noncanonical_text'],
    ['another set', other, 'mismatched_shares'],
    ['the same share', first.toLowerCase(), 'insufficient_shares'],
    ['the same number with another value', conflicting, 'conflicting_shares'],
  ])('are refused at once and asked for again: %s', async (_, wrong, code) => {
    const { err, ...result } = await asked(recover, `${first}\r${wrong}\r${second}\r`);
    expect(result).toMatchObject({ code: 0, out: `${key}\n`, raw: [true, false] });
    expect(err).toMatch(new RegExp(`^Share 1: \nShare 2 of 2: \nmathmesh: [^\n]+ \\(${code}\\)\nShare 2 of 2: \n$`));
    expect(err).not.toContain(wrong.slice(0, 8));
  });

  it.each([
    ['at the first question', ['\u0004'], 'none', 1],
    ['later', [`${first}\r\u0004`], '1 of 2', 1],
    ['because the terminal is gone', [`${first}\rSA`], '1 of 2', 1],
  ])('may end %s', async (_, input, message, status) => {
    const { code, out, err, raw } = await asked(recover, ...input);
    expect({ code, out, raw }).toEqual({ code: status, out: '', raw: [true, false] });
    expect(err).toContain(`${message} (insufficient_shares)`);
  });

  it('end with 130 on Ctrl-C, wherever that is', async () => {
    for (const input of ['\u0003', `${first}\r\u0003`, 'SA\u0003']) {
      const { code, out, raw } = await asked(recover, input);
      expect({ code, out, raw }).toEqual({ code: 130, out: '', raw: [true, false] });
    }
  });

  it('are asked for only as far as files do not have them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mathmesh-prompt-'));
    const one = join(folder, 'one');
    writeFileSync(one, `${first}\n${first}\n`);
    const result = await asked([...recover, '-', one], `${first}\r${second}\r`);
    expect(result).toMatchObject({ code: 0, out: `${key}\n` });
    expect(result.err).toMatch(/^Share 2 of 2: \nmathmesh: .*given before.*\nShare 2 of 2: \n$/);
    writeFileSync(one, published.join('\n'));
    expect(await asked([...recover, one, '-', '-'])).toMatchObject({ code: 0, out: `${key}\n`, err: '' });
    rmSync(folder, { recursive: true });
  });
});

describe('a secret', () => {
  it('is asked for twice', async () => {
    const { code, out, err, raw } = await asked(share, `${key}\r${key.toLowerCase()}\r`);
    expect({ code, err, raw }).toEqual({
      code: 0,
      err: 'Secret (E... or Z...): \nThe same again: \n',
      raw: [true, false],
    });
    expect((await runCli(recover, { input: [out] })).out).toBe(`${key}\n`);
  });

  it('is asked for again when the two differ, or when it is none', async () => {
    const typed = ['hello!', key, 'EAAA-AAAA', key, 'hello!', key].map((text) => `${text}\r`);
    const { code, out, err } = await asked(share, ...typed);
    expect(code).toBe(0);
    expect((await runCli(recover, { input: [out] })).out).toBe(`${key}\n`);
    expect(err.split('\n').filter((line) => /differ|bad_character/.test(line))).toHaveLength(3);
  });

  it('may be hexadecimal digits', async () => {
    const { out, err } = await asked([...share, '--hex'], '00ff\r00 FF\r');
    expect(err).toContain('Secret, hexadecimal: \n');
    expect((await runCli([...recover, '--hex'], { input: [out] })).out).toBe('00ff\n');
  });

  it.each([
    [['\u0004'], 2],
    [[`${key}\r\u0004`], 2],
    [[`${key}\r\u0003`], 130],
  ])('is none when the input ends: %#', async (input, status) => {
    const { code, out, raw } = await asked(share, ...input);
    expect({ code, out, raw }).toEqual({ code: status, out: '', raw: [true, false] });
  });

  it('is not asked for before the options are right, nor with --raw', async () => {
    for (const options of [['--raw'], ['--shares', '99']]) {
      const { code, raw } = await asked([...share, ...options], `${key}\r`);
      expect({ code, raw }).toEqual({ code: 2, raw: [] });
    }
  });
});

describe.skipIf(!hasPty)('on a terminal', () => {
  it('nothing that is typed or pasted shows, and the terminal echoes again afterwards', () => {
    const { shown, status, echo, echoAfter } = onTerminal(recover, [
      { wait: 'Share 1: ', send: `${first}\r` },
      { wait: 'Share 2 of 2: ', send: 'SAQD-HELLO\r' },
      { wait: 'Share 2 of 2: ', send: `${first}\r` },
      { wait: 'Share 2 of 2: ', send: `${second}\rleft over` },
    ]);
    expect({ status, echo, echoAfter }).toEqual({ status: 0, echo: [false, false, false, false], echoAfter: true });
    expect(shown.replace(/mathmesh: .*\r\n/g, '')).toBe(`Share 1: \r\n${'Share 2 of 2: \r\n'.repeat(3)}${key}\r\n`);
    for (const share of [...published, 'HELLO', 'left']) expect(shown).not.toContain(share);
  });

  it('a secret does not show, and the shares do', () => {
    const { shown, status, echo, echoAfter } = onTerminal(
      [...share, '--qr'],
      [
        { wait: 'Secret', send: `${key}\r` },
        { wait: 'again', send: `${key}\r` },
      ],
    );
    expect({ status, echo, echoAfter }).toEqual({ status: 0, echo: [false, false], echoAfter: true });
    expect(shown).not.toContain(key.slice(0, 9));
    expect(shown.match(/^SAQ[A-Z2-7](?:-[A-Z2-7]{1,4})+\r$/gm)).toHaveLength(2);
    expect(shown).toContain('\u001b[97;40m');
  });

  it('NO_COLOR is obeyed', () => {
    const { shown } = onTerminal([...share, '--new', '--qr'], [], { NO_COLOR: '1' });
    expect(shown).toContain('\u2588');
    expect(shown).not.toContain('\u001b');
  });

  it.each([
    ['Ctrl-C', { send: '\u0003' }, 130],
    ['Ctrl-C within the sequence of a special key', { send: '\u001b[\u0003' }, 130],
    ['Ctrl-D', { send: '\u0004' }, 1],
    ['SIGINT', { signal: constants.signals.SIGINT }, -constants.signals.SIGINT],
    ['SIGTERM', { signal: constants.signals.SIGTERM }, -constants.signals.SIGTERM],
  ])('%s at a question leaves it as it was', (_, action, expected) => {
    const { shown, status, echo, echoAfter } = onTerminal(recover, [
      { wait: 'Share 1: ', send: `${first}\r` },
      { wait: 'Share 2 of 2: ', ...action },
    ]);
    expect({ status, echo, echoAfter }).toEqual({ status: expected, echo: [false, false], echoAfter: true });
    expect(shown).not.toContain(first.slice(0, 9));
  });
});
