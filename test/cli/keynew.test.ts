/**
 * `mathmesh key new` and `mathmesh key public`: files, permissions, passphrases, and keys computed by other software.
 */
import { createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { ed448 as nobleEd448, x448 as nobleX448 } from '@noble/curves/ed448.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { afterAll, describe, expect, it } from 'vitest';
import { udf } from '../../src/entry/udf.ts';
import { makeFolder } from './program.ts';
import { hasPty, onTerminal } from './pty.ts';
import { base32, escrow, key } from './published.ts';
import { runCli } from './run.ts';

const folder = makeFolder('keynew');
afterAll(() => folder.remove());

const make = ['key', 'new'];
const show = ['key', 'public'];
const b64u = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
const isSecretLine = (line: string) => /^[ZE][A-Z2-7-]+$/.test(line);
const secretOf = (text: string) => text.split('\n').filter(isSecretLine)[0] as string;

interface Listed {
  use: string;
  fingerprint: string;
  public: string;
  PublicKeyECDH: { crv: string; Public: string };
}

/** The public keys of a key file. */
async function publicOf(text: string): Promise<Listed[]> {
  const { code, out, err } = await runCli([...show, '--json'], { input: [text] });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

/** The secret key of a seed: HKDF-SHA-512, info form, no key name (draft-hallambaker-mesh-udf section 4.4). */
function derived(seed: string, code: number): Uint8Array {
  const ikm = base32(seed).subarray(1);
  const stored = ((ikm[0] as number) << 8) | (ikm[1] as number);
  const specifier = stored === 0 ? code : stored;
  return hkdf(sha512, ikm, undefined, Uint8Array.of(specifier >> 8, specifier), 56);
}

describe('mathmesh key new', () => {
  it('makes one seed for an X448 and an Ed448 key (derived again by @noble)', async () => {
    const { code, out, err } = await runCli(make);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const seed = secretOf(out);
    expect(base32(seed)).toHaveLength(35);
    const [forEncryption, forSignatures] = (await publicOf(out)) as [Listed, Listed];
    expect(forEncryption).toMatchObject({ use: 'encryption', PublicKeyECDH: { crv: 'X448' } });
    const u = Buffer.from(forEncryption.PublicKeyECDH.Public, 'base64url');
    expect(u).toHaveLength(57);
    expect(b64u(u.subarray(0, 56))).toBe(b64u(nobleX448.getPublicKey(derived(seed, 2))));
    expect(forSignatures).toMatchObject({ use: 'signatures', PublicKeyECDH: { crv: 'Ed448' } });
    // @noble has no Mesh seeds of 56 octets; the library's own derivation of their public keys is tested against the drafts elsewhere.
    expect(Buffer.from(forSignatures.PublicKeyECDH.Public, 'base64url')).toHaveLength(57);
    for (const { public: text, fingerprint, PublicKeyECDH } of [forEncryption, forSignatures]) {
      const { crv, publicKey } = udf.oidKey(text);
      expect({ crv, Public: b64u(publicKey) }).toEqual(PublicKeyECDH);
      expect(out).toContain(`${crv}, fingerprint ${fingerprint}\n`);
      expect(udf.publicKey({ crv, publicKey }, { generation: 'G4' })).toBe(fingerprint);
    }
  });

  it('makes keys for one use, and symmetric ones', async () => {
    const encrypt = await runCli([...make, '--encrypt']);
    expect((await publicOf(encrypt.out)).map(({ use }) => use)).toEqual(['encryption']);
    const sign = await runCli([...make, '--sign']);
    expect((await publicOf(sign.out)).map(({ use }) => use)).toEqual(['signatures']);
    const symmetric = await runCli([...make, '--symmetric']);
    expect(base32(secretOf(symmetric.out))).toHaveLength(33);
    expect(await runCli(show, { input: [symmetric.out] })).toMatchObject({ code: 2, out: '' });
  });

  it('makes another key each time', async () => {
    const secrets = new Set<string>();
    for (let i = 0; i < 4; i++) secrets.add(secretOf((await runCli(make)).out));
    expect(secrets.size).toBe(4);
  });

  it('writes the secret to a file for its owner only, and the public file to standard output', async () => {
    const path = folder.at('me.key');
    const { code, out, err } = await runCli([...make, '-o', path]);
    expect({ code, err }).toEqual({ code: 0, err: `written: ${path}\n` });
    expect(folder.mode('me.key')).toBe('600');
    const text = readFileSync(path, 'utf8');
    const secret = secretOf(text);
    expect(out).not.toContain(secret);
    expect(await runCli([...show, path])).toMatchObject({ code: 0, out, err: '' });
    // The public file gives itself.
    expect((await runCli(show, { input: [out] })).out).toBe(out);
    expect(text.split('\n')[0]).toMatch(/^# mathmesh key of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: keep it secret$/);
  });

  it('keeps a key that exists, unless it is forced, and never follows a link', async () => {
    const path = folder.file('taken', 'precious');
    symlinkSync(path, folder.at('link'));
    for (const name of ['taken', 'link']) {
      const { code, out, err } = await runCli([...make, '-o', folder.at(name)]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('exists; --force replaces it');
    }
    expect(await runCli([...make, '--force', '-o', folder.at('link')])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect(folder.mode('link')).toBe('600');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says as JSON what it made, with the secret only when that went to no file', async () => {
    const path = folder.at('json.key');
    const toFile = await runCli([...make, '--json', '-o', path]);
    expect(Object.keys(JSON.parse(toFile.out))).toEqual(['public']);
    const { key: text, public: listed } = JSON.parse((await runCli([...make, '--json'])).out);
    expect(await publicOf(text)).toEqual(listed);
  });

  it('notes what a terminal keeps', async () => {
    const { err } = await runCli(make, { tty: true });
    expect(err).toBe('mathmesh: note: the terminal keeps this key until it is cleared\n');
  });

  it('makes files that mathmesh key share takes and mathmesh key recover gives back', () => {
    const { status, stdout, stderr } = folder.shell(`
      umask 077; mathmesh key new -o shared.key > shared.pub 2> /dev/null
      mathmesh key share --quorum 2 --shares 3 shared.key | tail -n 2 | mathmesh key recover > again.key
      mathmesh key public again.key | cmp - shared.pub && grep -v '^#' shared.key | cmp - again.key`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('mathmesh key public', () => {
  it.each([
    ['Ed448', 57, nobleEd448],
    ['X448', 56, nobleX448],
    ['X25519', 32, x25519],
    ['Ed25519', 32, ed25519],
  ] as const)('reads PrivateKeyECDH and PublicKeyECDH of %s (public key by @noble)', async (crv, length, curve) => {
    const secret = randomBytes(length);
    const text = JSON.stringify({ PrivateKeyECDH: { crv, Private: b64u(secret) } });
    const [listed] = (await publicOf(text)) as [Listed];
    const octets = Buffer.from(listed.PublicKeyECDH.Public, 'base64url');
    const expected = curve.getPublicKey(secret);
    expect(b64u(octets.subarray(0, expected.length))).toBe(b64u(expected));
    expect(await publicOf(JSON.stringify({ PublicKeyECDH: listed.PublicKeyECDH }))).toEqual([listed]);
  });

  it('notes that others can read a file of secrets, and only then', async () => {
    const { out } = await runCli([...make, '-o', folder.at('seen.key')]);
    expect((await runCli([...show, folder.at('seen.key')])).err).toBe('');
    chmodSync(folder.at('seen.key'), 0o640);
    const { code, err } = await runCli([...show, folder.at('seen.key')]);
    expect({ code, err }).toEqual({
      code: 0,
      err: `mathmesh: note: ${folder.at('seen.key')}: others can use this key file: chmod 600\n`,
    });
    expect((await runCli([...show, folder.file('seen.pub', out)])).err).toBe('');
  });

  it('gives the public keys that docs/key-files.md prints', async () => {
    const [, example = ''] = readFileSync('docs/key-files.md', 'utf8').split(
      'A seed of the octets 0 to 31, and its public keys:',
    );
    const lines = example.split('\n').filter((line) => line.startsWith('    '));
    const [seed = '', ...keys] = lines.slice(0, 5).map((line) => line.slice(4));
    expect([...base32(seed)]).toEqual([0xc8, 0, 0, ...Array(32).keys()]);
    expect((await runCli(show, { input: [seed] })).out).toBe(`${keys.join('\n')}\n`);
  });

  it('writes to a file that all may read', async () => {
    const { out } = await runCli(make);
    const path = folder.at('all.pub');
    expect(await runCli([...show, '-o', path], { input: [out] })).toMatchObject({ code: 0, out: '' });
    expect((0o666 & ~process.umask()).toString(8)).toBe(folder.mode('all.pub'));
    expect(await runCli([...show, '-o', path], { input: [out] })).toMatchObject({ code: 2 });
    expect(await runCli([...show, '-o', path, '--force'], { input: [out] })).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe((await runCli(show, { input: [out] })).out);
  });

  it.each([
    ['hello!', 'bad_character'],
    [escrow[0], 'wrong_type'],
    ['ZAAQ-E6EI-PAX5-XBEI-P2GY-ZFOC', 'unsupported_algorithm'],
    ['{', 'begins like JSON, but is none'],
    ['{}', 'PublicKeyECDH must be an object'],
    ['{"PrivateKeyECDH": {"crv": "P-256", "Private": ""}}', 'crv must be'],
    ['{"PrivateKeyECDH": {"crv": "X448"}}', 'Private must be a text'],
    ['{"PrivateKeyECDH": {"crv": "X448", "Private": "a+b/"}}', 'Private must be base64url'],
    ['{"PrivateKeyECDH": {"crv": "X448", "Private": "AAAA"}}', 'bad_private_length'],
    ['{"PublicKeyECDH": {"crv": "X448", "Public": "AAAA"}}', 'bad_public_length'],
    ['{"__proto__": {"PublicKeyECDH": {}}}', 'PublicKeyECDH must be an object'],
    ['{"EncryptedKey": 1}', 'EncryptedKey must be an object'],
    ['{"EncryptedKey": {"kdf": "scrypt", "enc": "none"}}', 'unsupported_algorithm'],
  ])('exits with 1 for %s, and does not repeat it', async (text, message) => {
    const { code, out, err } = await runCli(show, { input: [text] });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('mathmesh: standard input: ');
    expect(err).toContain(message);
    if (text.length > 30) expect(err).not.toContain(text.slice(0, 20));
  });
});

describe('passphrases', () => {
  const passphrase = 'correct horse battery';
  const words = folder.file('words', `${passphrase}\n`);
  const locked = async () => (await runCli([...make, '--sign', '--passphrase-file', words])).out;

  it('lock a key as documented (opened by scrypt of @noble and AES-256-GCM of node:crypto)', async () => {
    const text = await locked();
    const { EncryptedKey: form, ...rest } = JSON.parse(text.replace(/^#.*$/gm, ''));
    expect(rest).toEqual({});
    const { salt, data, ...known } = form;
    expect(known).toEqual({ kdf: 'scrypt', N: 131_072, r: 8, p: 1, enc: 'A256GCM' });
    const secret = scrypt(passphrase, Buffer.from(salt, 'base64url'), { N: 131_072, r: 8, p: 1, dkLen: 32 });
    const octets = Buffer.from(data, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', secret, new Uint8Array(12));
    decipher.setAuthTag(octets.subarray(-16));
    const seed = Buffer.concat([decipher.update(octets.subarray(0, -16)), decipher.final()]).toString();
    const { out } = await runCli(show, { input: [text], ...{} });
    expect(out).toBe('');
    const opened = await runCli([...show, '--passphrase-file', words], { input: [text] });
    expect(opened.out).toBe((await runCli(show, { input: [seed] })).out);
    // What people read in the file is true.
    expect(text).toContain(opened.out.split('\n')[0]);
  });

  it('that are wrong, and files that are damaged, give no key', async () => {
    const text = await locked();
    const wrong = folder.file('wrong', 'incorrect horse battery');
    const { code, out, err } = await runCli([...show, '--passphrase-file', wrong], { input: [text] });
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'mathmesh: standard input: wrong passphrase, or a damaged file\n',
    });
    const damaged = text.replace(/"data": "(.)/, (_, first) => `"data": "${first === 'A' ? 'B' : 'A'}`);
    expect(await runCli([...show, '--passphrase-file', words], { input: [damaged] })).toMatchObject({
      code: 1,
      out: '',
    });
    for (const [from, to] of [
      ['131072', '131073'],
      ['131072', '1024'],
      ['131072', '1073741824'],
      ['"r": 8', '"r": 9'],
      ['"salt": "', '"salt": "AAAA'],
      ['"data": "', '"data": "AAAA", "x": "'],
    ] as const) {
      const changed = await runCli([...show, '--passphrase-file', words], { input: [text.replace(from, to)] });
      expect(changed).toMatchObject({ code: 1, out: '' });
    }
  });

  it.each([
    ['short', 'too_short'],
    ['tägliche Worte', 'bad_character'],
    ['x'.repeat(1025), 'bad_length'],
  ])('of the form %s are refused', async (text, code) => {
    const path = folder.file('refused', text);
    const result = await runCli([...make, '--passphrase-file', path]);
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toContain(`(${code})`);
  });

  it('of several lines, and questions without a terminal, are wrong usage', async () => {
    const path = folder.file('lines', 'one line\nand another');
    expect(await runCli([...make, '--passphrase-file', path])).toMatchObject({ code: 2, out: '' });
    const { code, err } = await runCli([...make, '--passphrase']);
    expect(code).toBe(2);
    expect(err).toContain('no terminal to ask for a passphrase; use --passphrase-file');
  });

  it('are asked for twice, until they agree, and never shown', async () => {
    const path = folder.at('asked.key');
    const input = [
      'short\r',
      'tägliche Worte\r',
      `${passphrase}\r`,
      'another one\r',
      `${passphrase}\r`,
      `${passphrase}\r`,
    ];
    const { code, err, raw } = await runCli([...make, '--passphrase', '-o', path], { input, asked: true });
    expect({ code, raw }).toEqual({ code: 0, raw: [true, false] });
    expect(err).not.toContain(passphrase);
    expect(err.match(/New passphrase: /g)).toHaveLength(4);
    expect(err).toContain('mathmesh: the two differ\n');
    const { out } = await runCli([...show, path], { input: [`${passphrase}\r`], asked: true });
    expect(out).toBe((await runCli([...show, path, '--passphrase-file', words])).out);
    const nothing = await runCli([...show, path], { input: ['\u0004'], asked: true });
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toContain('no passphrase');
  });

  it.skipIf(!hasPty)('are asked for at the terminal of the process when standard input is a pipe', () => {
    const path = folder.at('pty.key');
    const { status, shown, echo, echoAfter } = onTerminal(
      [...make, '--passphrase', '-o', path],
      [
        { wait: 'New passphrase: ', send: `${passphrase}\r` },
        { wait: 'again: ', send: `${passphrase}\r` },
      ],
    );
    expect({ status, echo, echoAfter }).toEqual({ status: 0, echo: [false, false], echoAfter: true });
    expect(shown).not.toContain(passphrase);
    // `script` would do, but every system has another one: the shell takes standard input away instead.
    const piped = onTerminal([...show, path], [{ wait: 'Passphrase of ', send: `${passphrase}\r` }], {}, 'empty input');
    expect(piped.status).toBe(0);
    expect(piped.shown).toContain('# encryption, X448');
  });

  it('come from a descriptor, too', () => {
    const { status, stdout } = folder.shell(
      `mathmesh key new -o fd.key --passphrase-file /dev/fd/3 3< words > fd.pub 2> /dev/null; mathmesh key public --passphrase-file /dev/fd/3 fd.key 3< words | cmp - fd.pub`,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

describe('wrong usage', () => {
  const none = folder.file('none', '# only words\n\n');
  it.each([
    [[...make, 'extra'], 'extra'],
    [[...make, '--sign', '--encrypt'], 'choose one of --encrypt, --sign, --symmetric'],
    [[...make, '--force'], '--force is for --output'],
    [[...make, '-o', folder.path], 'exists; --force replaces it'],
    [[...make, '--force', '-o', folder.path], 'cannot be written (EISDIR)'],
    [[...make, '-o', folder.at('no/folder')], 'cannot be written (ENOENT)'],
    [[...make, '--passphrase-file', folder.at('missing')], 'cannot be read (ENOENT)'],
    [[...show, none, none], 'one FILE at most'],
    [[...show, none], 'no key'],
    [[...show, '--force', none], '--force is for --output'],
    [[...show, key], 'a secret does not belong on the command line'],
    [[...show, folder.at('missing')], 'cannot be read (ENOENT)'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.endsWith(`\nTry: mathmesh key ${args[1]} --help\n`)).toBe(true);
  });

  it('leaves nothing behind in a folder that cannot be written', () => {
    writeFileSync(folder.at('full.sh'), '');
    const { status, stdout, stderr } = folder.shell('mathmesh key new -o /dev/full');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('exists; --force replaces it');
  });

  it('explains each command', async () => {
    for (const args of [
      [...make, '-h'],
      [...show, '--help'],
    ]) {
      const { code, out } = await runCli(args);
      expect(code).toBe(0);
      expect(out.startsWith(`mathmesh key ${args[1]} `)).toBe(true);
      expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(90);
    }
  });
});
