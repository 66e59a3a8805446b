/**
 * `mathmesh dare`: envelopes from files and pipes into files and pipes, what is refused, and what is left behind: nothing.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { current } from '../../src/backend/select.ts';
import { makeDare } from '../../src/dare/index.ts';
import { makePeople } from './people.ts';
import { makeFolder } from './program.ts';
import { runCli } from './run.ts';

const folder = makeFolder('dare');
afterAll(() => folder.remove());

const dare = makeDare(current);
const letter = 'Dear Bob,\n\tall is well. \u{1f600}\n';
const { at } = folder;

beforeAll(async () => {
  await makePeople(folder);
  await runCli(['key', 'new', '--symmetric', '-o', at('shared.key')]);
  folder.file('letter', letter);
});

const seal = (args: string[], input: string | Uint8Array = letter) =>
  runCli(['dare', 'seal', ...args], { input: [input] });
const open = (args: string[], input: Uint8Array | string) => runCli(['dare', 'open', ...args], { input: [input] });
const toBob = ['--to', at('bob.pub')];
const byAlice = ['--sign', at('alice.key')];
const asBob = ['--key', at('bob.key')];
const fromAlice = ['--trust', at('alice.pub')];
const temporary = () => readdirSync(tmpdir()).filter((name) => /^mathmesh-.*\.tmp$/.test(name));

/** The envelope on standard output. */
async function sealed(args: string[], input?: string | Uint8Array): Promise<Uint8Array> {
  const { code, err, out, octets } = await seal(args, input);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return octets.length > 0 ? octets : Buffer.from(out);
}

describe('mathmesh dare seal and open', () => {
  it.each([
    ['encrypted', toBob, asBob],
    ['encrypted and signed', [...toBob, ...byAlice], [...asBob, ...fromAlice]],
    ['encrypted and signed, with A256GCM', [...toBob, ...byAlice, '--cipher', 'A256GCM'], [...asBob, ...fromAlice]],
    [
      'encrypted and signed, nobody asking by whom, with A256GCM',
      [...toBob, ...byAlice, '--cipher', 'A256GCM'],
      [...asBob, '-q'],
    ],
    ['signed', byAlice, fromAlice],
    ['in the form of August 2019', [...toBob, ...byAlice, '--profile', 'schema-03'], [...asBob, ...fromAlice]],
    ['with a key that both have', ['--to', at('shared.key')], ['--key', at('shared.key')]],
    ['to somebody and oneself', [...toBob, '--to', at('alice.key')], ['--key', at('alice.key')]],
  ])('give back what was sealed, %s, by files and pipes, as JSON-B and JSON', async (_, sealing, opening) => {
    for (const payload of [new Uint8Array(0), Buffer.from(letter), randomBytes(200_000)]) {
      const path = folder.file('payload', payload);
      for (const armor of [[], ['--armor']]) {
        const envelope = await sealed([...sealing, ...armor], payload);
        const before = temporary();
        const piped = await open(opening, envelope);
        expect({ code: piped.code, err: piped.err }).toEqual({ code: 0, err: '' });
        expect(piped.octets.equals(payload)).toBe(true);
        expect(temporary()).toEqual(before);
        const out = at('sealed');
        expect(await runCli(['dare', 'seal', '--force', '-o', out, ...sealing, ...armor, path])).toMatchObject({
          code: 0,
        });
        expect(await runCli(['dare', 'open', '--force', '-o', at('opened'), ...opening, out])).toMatchObject({
          code: 0,
        });
        expect(readFileSync(at('opened')).equals(payload)).toBe(true);
      }
    }
  });

  it('write what the library reads, and read what it writes', async () => {
    const envelope = await sealed([...byAlice, '--content-type', 'text/plain', '--name', 'letter.txt', '-a']);
    const { publicKey } = JSON.parse((await runCli(['key', 'public', '--json', at('alice.pub')])).out)
      .filter(({ use }: { use: string }) => use === 'signatures')
      .map(({ PublicKeyECDH }: { PublicKeyECDH: { Public: string } }) => ({
        publicKey: Buffer.from(PublicKeyECDH.Public, 'base64url'),
      }))[0];
    const opened = dare.open(Buffer.from(envelope).toString(), { trust: [{ crv: 'Ed448', publicKey }] });
    expect(Buffer.from(opened.payload).toString()).toBe(letter);
    expect({ ...opened.contentMeta }).toEqual({ cty: 'text/plain', Filename: 'letter.txt' });
    expect(opened.assurance.trusted).toBe(true);
    const symmetric = readFileSync(at('shared.key'), 'utf8').trim().split('\n').at(-1) as string;
    const written = dare.seal(Buffer.from(letter), { recipients: [symmetric] });
    expect((await open(['-k', at('shared.key')], written.toString())).octets.toString()).toBe(letter);
  });

  it('take a public key as text and many people', async () => {
    const text = readFileSync(at('bob.pub'), 'utf8').split('\n')[1] as string;
    const envelope = await sealed(['-r', text, '-r', at('alice.pub'), '-s', at('alice.key'), '-s', at('eve.key')]);
    for (const [key, trust] of [
      ['bob', 'alice'],
      ['alice', 'eve'],
    ]) {
      const { code } = await open(['-k', at(`${key}.key`), '--trust', at(`${trust}.pub`)], envelope);
      expect(code).toBe(0);
    }
    const nobody = await open(['-k', at('eve.key'), ...fromAlice], envelope);
    expect(nobody).toMatchObject({ code: 1, out: '' });
    expect(nobody.octets).toHaveLength(0);
    expect(nobody.err).toContain('(no-recipient)');
  });

  it('open for the owner only, and seal for everybody', async () => {
    await runCli(['dare', 'seal', ...toBob, '-o', at('modes.dare'), at('letter')]);
    await runCli(['dare', 'open', ...asBob, '-o', at('modes'), at('modes.dare')]);
    expect(folder.mode('modes')).toBe('600');
    expect(folder.mode('modes.dare')).toBe((0o666 & ~process.umask()).toString(8));
  });

  it('say as JSON what was written and what was checked', async () => {
    const path = at('json.dare');
    const sealing = await runCli(['dare', 'seal', ...toBob, ...byAlice, '--json', '-o', path, at('letter')]);
    const octets = Buffer.byteLength(letter);
    expect(JSON.parse(sealing.out)).toEqual({ output: path, octets });
    const opening = await runCli(['dare', 'open', ...asBob, ...fromAlice, '--json', '-o', at('json'), path]);
    const { assurance, ...rest } = JSON.parse(opening.out);
    expect(rest).toEqual({ output: at('json'), octets });
    expect(assurance).toMatchObject({ cipher: 'A256CBC', trusted: true, unauthenticated: false });
    expect(assurance.signatures).toMatchObject([{ verdict: 'valid', witness: 'valid', crv: 'Ed448' }]);
  });

  it('use locked keys with the passphrase of a file', async () => {
    const words = folder.file('words', 'correct horse battery');
    const locked = await runCli(['key', 'new', '--passphrase-file', words, '-o', at('locked.key')]);
    const pub = folder.file('locked.pub', locked.out);
    const envelope = await sealed(['-r', pub, '-s', at('locked.key'), '--passphrase-file', words]);
    const opened = await open(['-k', at('locked.key'), '--trust', pub, '--passphrase-file', words], envelope);
    expect(opened.octets.toString()).toBe(letter);
  });
});

describe('what is refused', () => {
  it.each([
    ['in clear', byAlice, []],
    ['under A256CBC', [...toBob, ...byAlice], asBob],
  ])('is a payload %s that nothing authenticates, unless it is asked for', async (_, sealing, opening) => {
    const envelope = await sealed(sealing);
    for (const path of [folder.file('clear', envelope), '-']) {
      const refused = await open([...opening, path], envelope);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.octets).toHaveLength(0);
      expect(refused.err).toMatch(/^mathmesh: nothing shows that nobody has changed this: --trust KEY /);
      const taken = await open([...opening, '--unauthenticated', path], envelope);
      expect(taken.code).toBe(0);
      expect(taken.octets.toString()).toBe(letter);
      expect(taken.err).toContain('note: it is signed, and nobody was asked to check that');
    }
  });

  it.each([
    ['somebody else has signed', [...toBob, '--sign', at('eve.key')], [...asBob, ...fromAlice], 'signature'],
    ['nobody has signed', toBob, [...asBob, ...fromAlice], 'signature'],
    ['it is in clear and should be decrypted', byAlice, [...asBob, ...fromAlice], 'not-encrypted'],
    ['the key is another', toBob, ['-k', at('eve.key')], 'no-recipient'],
    ['there is no key', toBob, [], 'no-recipient'],
  ])('is an envelope when %s', async (_, sealing, opening, code) => {
    const envelope = await sealed(sealing);
    const path = folder.file('refused', envelope);
    for (const args of [opening, [...opening, path], [...opening, '-o', at('never'), path]]) {
      const result = await open(args, envelope);
      expect(result).toMatchObject({ code: 1, out: '' });
      expect(result.octets).toHaveLength(0);
      expect(result.err).toContain(`(${code})`);
    }
    expect(existsSync(at('never'))).toBe(false);
  });

  it('is every envelope that was changed or cut off; no file appears, and a pipe gets authentic pieces only', async () => {
    mkdirSync(at('damaged'));
    const payload = randomBytes(150_000);
    for (const [sealing, opening] of [
      [toBob, asBob],
      [
        [...toBob, ...byAlice],
        [...asBob, ...fromAlice],
      ],
      [byAlice, fromAlice],
    ] as const) {
      const envelope = Buffer.from(await sealed([...sealing], payload));
      const flips = [envelope.indexOf('Salt') + 9, 1000, 70_000, 149_000, envelope.length - 40].map((i) => {
        const flipped = Buffer.from(envelope);
        flipped[i] = (flipped[i] as number) ^ 1;
        return flipped;
      });
      const cuts = [0, 1, 100, 1000, 70_000, envelope.length - 200, envelope.length - 1].map((n) =>
        envelope.subarray(0, n),
      );
      for (const damaged of [...flips, ...cuts, Buffer.concat([envelope, Buffer.from('x')])]) {
        if (damaged.equals(envelope)) continue;
        const path = folder.file('damaged.dare', damaged);
        const toFile = await runCli(['dare', 'open', ...opening, '-o', at('damaged/out'), path]);
        expect(toFile).toMatchObject({ code: 1, out: '' });
        const piped = await open([...opening], damaged);
        expect(piped.code).toBe(1);
        expect(payload.subarray(0, piped.octets.length).equals(piped.octets)).toBe(true);
        if (opening.length > 2 || sealing === byAlice) expect(piped.octets).toHaveLength(0);
      }
    }
    expect(readdirSync(at('damaged'))).toEqual([]);
  });

  it('keeps the file that exists', async () => {
    folder.file('precious', 'precious');
    const envelope = await sealed(toBob);
    expect(await open([...asBob, '-o', at('precious')], envelope)).toMatchObject({ code: 2 });
    const truncated = envelope.slice(0, -1);
    expect(await open([...asBob, '--force', '-o', at('precious')], truncated)).toMatchObject({ code: 1 });
    expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
    expect(await open([...asBob, '--force', '-o', at('precious')], envelope)).toMatchObject({ code: 0 });
    expect(readFileSync(at('precious'), 'utf8')).toBe(letter);
  });
});

describe('a screen', () => {
  it('shows text, and nothing that would do something to it', async () => {
    const shown = await runCli(['dare', 'open', ...asBob], { tty: true, input: [await sealed(toBob)] });
    expect(shown.code).toBe(0);
    expect(shown.octets.toString()).toBe(letter);
    for (const bad of ['\u001b[2J', '\u009b2J', '\u0007', Uint8Array.of(0xff), Uint8Array.of(0xc3)]) {
      const result = await runCli(['dare', 'open', ...asBob], { tty: true, input: [await sealed(toBob, bad)] });
      expect(result.code).toBe(1);
      expect(result.err).toContain('no text for a screen');
    }
  });

  it('gets no octets of an envelope', async () => {
    const { code, err } = await runCli(['dare', 'seal', ...toBob], { tty: true, input: [letter] });
    expect(code).toBe(2);
    expect(err).toContain('--output or --armor');
    expect((await runCli(['dare', 'seal', ...toBob, '-a'], { tty: true, input: [letter] })).code).toBe(0);
  });
});

describe('mathmesh dare inspect', () => {
  it('shows what an envelope says about itself, with or without armor', async () => {
    for (const armor of [[], ['-a']]) {
      const envelope = await sealed([...toBob, ...byAlice, '-t', 'text/plain', '--name', '\u001b[2Jletter', ...armor]);
      const { code, out } = await runCli(['dare', 'inspect'], { input: [envelope] });
      expect(code).toBe(0);
      expect(out).toMatch(
        /^cipher: {8}A256CBC\npayload: {7}32 B as carried, digest match\nencrypted to: {2}M\S+ \(X448\)\n/,
      );
      expect(out).toMatch(
        /\nsigned by: {5}M\S+ \(Ed448\), not checked\ncontent type: {2}text\/plain\nFilename: {6}\ufffd\[2Jletter\n$/,
      );
      const json = await runCli(['dare', 'inspect', '--json'], { input: [envelope] });
      const inspected = dare.inspect(envelope);
      expect(JSON.parse(json.out)).toMatchObject({
        enc: 'A256CBC',
        digest: 'match',
        payloadLength: 32,
        contentType: 'text/plain',
        recipients: JSON.parse(JSON.stringify(inspected.recipients)),
        signatures: JSON.parse(JSON.stringify(inspected.signatures)),
      });
    }
  });

  it('exits with 1 for a wrong digest and for anything that is no envelope', async () => {
    const envelope = Buffer.from(await sealed(byAlice));
    envelope[envelope.indexOf('Dear')] = 0x64;
    const wrong = await runCli(['dare', 'inspect'], { input: [envelope] });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('digest mismatch');
    for (const input of ['', '[]', 'hello', '{}', '[{}', letter]) {
      expect(await runCli(['dare', 'inspect'], { input: [input] })).toMatchObject({ code: 1, out: '' });
      const json = await runCli(['dare', 'inspect', '--json'], { input: [input] });
      expect({ code: json.code, err: json.err }).toEqual({ code: 1, err: '' });
      const { ok, code, message, ...others } = JSON.parse(json.out);
      expect([ok, typeof code, typeof message, others]).toEqual([false, 'string', 'string', {}]);
    }
  });
});

describe('mathmesh dare verify', () => {
  it('says who has signed, whether or not the envelope is encrypted', async () => {
    for (const args of [byAlice, [...byAlice, ...toBob], [...byAlice, '-a']]) {
      const envelope = await sealed(args);
      const { code, out } = await runCli(['dare', 'verify', ...fromAlice], { input: [envelope] });
      expect(code).toBe(0);
      const signer = JSON.parse((await runCli(['key', 'public', '--json', at('alice.pub')])).out)[1].fingerprint;
      expect(out).toBe(`ok signed by ${signer} (Ed448)\n`);
      expect(await runCli(['dare', 'verify', '-q', ...fromAlice], { input: [envelope] })).toMatchObject({
        code: 0,
        out: '',
        err: '',
      });
      const json = await runCli(['dare', 'verify', '--json', ...fromAlice], { input: [envelope] });
      expect(JSON.parse(json.out)).toMatchObject({
        ok: true,
        signatures: [
          {
            verdict: 'valid',
            trusted: true,
            fingerprint: signer,
            witness: args === byAlice || args.includes('-a') ? 'none' : 'unchecked',
          },
        ],
      });
    }
  });

  it('exits with 1 for another signer, none, or another payload', async () => {
    const envelope = Buffer.from(await sealed(byAlice));
    const changed = Buffer.from(envelope);
    changed[envelope.indexOf('Dear')] = 0x64;
    for (const [trust, input, code] of [
      ['eve', envelope, 'signature'],
      ['alice', await sealed(toBob), 'signature'],
      ['alice', changed, 'payload-digest'],
      ['alice', envelope.subarray(0, -1), 'truncated'],
    ] as const) {
      const result = await runCli(['dare', 'verify', '--trust', at(`${trust}.pub`)], { input: [input] });
      expect(result).toMatchObject({ code: 1, out: '' });
      expect(result.err).toContain(`(${code})`);
      const json = await runCli(['dare', 'verify', '--json', '--trust', at(`${trust}.pub`)], { input: [input] });
      expect(json.code).toBe(1);
      expect(JSON.parse(json.out)).toMatchObject({ ok: false, code });
    }
  });
});

describe('wrong usage of mathmesh dare', () => {
  it.each([
    [['dare'], 'no command'],
    [['dare', 'close'], 'unknown command: seal, open, inspect or verify'],
    [['dare', 'seal'], 'nobody to encrypt to and nobody who signs'],
    [['dare', 'seal', ...toBob, 'a', 'b'], 'one FILE at most'],
    [['dare', 'seal', ...toBob, '--cipher', 'ROT13'], '--cipher must be'],
    [['dare', 'seal', ...byAlice, '--cipher', 'A256GCM'], '--cipher is for --to'],
    [['dare', 'seal', ...toBob, '--cipher', 'A256CBC'], 'A256CBC does not protect from changes'],
    [['dare', 'seal', ...toBob, '--profile', 'x'], '--profile must be'],
    [['dare', 'seal', ...toBob, '--force'], '--force is for --output'],
    [['dare', 'seal', ...toBob, '--json'], '--json is for --output'],
    [['dare', 'seal', ...toBob, '--sign', '-'], 'standard input can be read once only'],
    [['dare', 'seal', '--to', at('missing')], 'cannot be read (ENOENT)'],
    [['dare', 'seal', '--sign', at('bob.pub')], 'no secret key for signatures'],
    [['dare', 'seal', '--to', 'EDHU-YN7V-M2WI-5NZS-3FKF-CBFR-YFJA'], 'a secret does not belong on the command line'],
    [['dare', 'seal', ...toBob, at('missing')], 'cannot be read (ENOENT)'],
    [['dare', 'open', '--force'], '--force is for --output'],
    [['dare', 'open', '--json'], '--json is for --output'],
    [['dare', 'open', '-k', '-', '-'], 'standard input can be read once only'],
    [['dare', 'open', '-k', at('bob.pub')], 'no secret key'],
    [['dare', 'open', '--trust', at('shared.key')], 'no key for signatures'],
    [['dare', 'open', 'a', 'b'], 'one FILE at most'],
    [['dare', 'inspect', 'a', 'b'], 'one FILE at most'],
    [['dare', 'verify'], '--trust KEY is missing'],
    [['dare', 'verify', '--trust', '-'], 'standard input can be read once only'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCli(args, { input: [letter] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('EDHU');
  });

  it('explains each command', async () => {
    for (const args of [['help'], ['seal', '-h'], ['open', '-h'], ['inspect', '-h'], ['verify', '--help']]) {
      const { code, out } = await runCli(['dare', ...args]);
      expect(code).toBe(0);
      expect(out.startsWith('mathmesh dare ')).toBe(true);
      expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(95);
    }
  });
});
