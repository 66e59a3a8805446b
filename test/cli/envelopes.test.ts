/**
 * Envelopes that were published, opened by the commands with key files made of the published keys. Their vectors are in vectors/.
 */
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { vectorFolder } from '../../src/conformance/files.ts';
import { makeFolder } from './program.ts';
import { runCli } from './run.ts';

const folder = makeFolder('published');
afterAll(() => folder.remove());

interface Vector {
  id: string;
  result: string;
  inputs: {
    envelope?: string;
    octets?: string;
    crv?: string;
    secretKey?: string;
    symmetricKey?: string;
    signerCrv?: string;
    signerKey?: string;
    trust?: boolean;
  };
  expected: { plaintext?: string; mode?: string; enc?: string; payloadLength?: number };
}

/** All vectors of a kind. */
const vectors = (kind: string): Vector[] =>
  readdirSync(vectorFolder(), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('dare.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(vectorFolder(), name), 'utf8')).groups)
    .filter((group: { kind: string }) => group.kind === kind)
    .flatMap(({ tests }: { tests: Vector[] }) => tests);

const envelopes = vectors('dare-envelope');
const b64u = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** A file for its owner only. */
function secretFile(name: string, text: string): string {
  const path = folder.file(name, text);
  chmodSync(path, 0o600);
  return path;
}

/** Options that name the keys of a vector, in files. */
function keysOf({ inputs }: Vector): string[] {
  const { crv, secretKey, symmetricKey } = inputs;
  const key = symmetricKey ?? (secretKey && JSON.stringify({ PrivateKeyECDH: { crv, Private: b64u(secretKey) } }));
  return key === undefined ? [] : ['--key', secretFile('key', key)];
}

function signerOf({ inputs: { signerCrv, signerKey } }: Vector): string[] {
  if (signerKey === undefined) return [];
  const key = JSON.stringify({ PublicKeyECDH: { crv: signerCrv, Public: b64u(signerKey) } });
  return ['--trust', folder.file('signer', key)];
}

const run = (name: string, args: string[], envelope: string | Uint8Array) =>
  runCli(['dare', name, ...args], { input: [envelope] });

describe('published envelopes', () => {
  const opened = envelopes.filter(({ result, expected }) => result === 'valid' && 'plaintext' in expected);
  const signed = envelopes.filter(({ result, expected }) => result === 'valid' && 'mode' in expected);
  const broken = envelopes.filter(({ result }) => result === 'invalid');

  it('are many', () => {
    expect(opened.length).toBeGreaterThan(25);
    expect(signed.length).toBeGreaterThan(60);
    expect(broken.length).toBeGreaterThan(15);
  });

  it.each(opened.map((vector) => [vector.id, vector] as const))('are opened: %s', async (_, vector) => {
    const { envelope = '' } = vector.inputs;
    const { plaintext } = vector.expected;
    const taken = await run('open', [...keysOf(vector), '--unauthenticated', '-q'], envelope);
    expect({ code: taken.code, err: taken.err }).toEqual({ code: 0, err: '' });
    expect(taken.octets.toString()).toBe(plaintext);
    const refused = await run('open', keysOf(vector), envelope);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.octets).toHaveLength(0);
    if (vector.expected.mode === undefined) return;
    const trusted = await run('open', [...keysOf(vector), ...signerOf(vector)], envelope);
    expect(trusted.octets.toString()).toBe(plaintext);
  });

  it('are verified where the key of the signer is known, but for signatures that give their key away', async () => {
    let good = 0;
    for (const vector of signed) {
      const { envelope = '' } = vector.inputs;
      const { code, out, err } = await run('verify', ['-q', ...signerOf(vector)], envelope);
      if (code === 0) good++;
      else expect(err).toBe('mathmesh: the signature discloses its key, so that it shows nothing (public-nonce)\n');
      expect(out).toBe('');
    }
    expect(good).toBeGreaterThan(50);
    expect(good).toBeLessThan(signed.length);
  });

  it.each(broken.map((vector) => [vector.id, vector] as const))(
    'are refused when they are damaged: %s',
    async (_, vector) => {
      const { envelope = '', trust } = vector.inputs;
      const demanded = trust ? signerOf(vector) : ['--unauthenticated'];
      const { code, octets } = await run('open', [...keysOf(vector), ...demanded], envelope);
      expect(code).toBe(1);
      expect(octets).toHaveLength(0);
    },
  );

  it('of files are inspected', async () => {
    const files = vectors('dare-binary');
    expect(files.length).toBeGreaterThan(5);
    for (const { result, inputs, expected } of files) {
      const { code, out } = await run('inspect', ['--json'], Buffer.from(inputs.octets ?? '', 'hex'));
      expect(code).toBe(result === 'valid' ? 0 : 1);
      if (result !== 'valid') continue;
      const { enc, payloadLength } = expected;
      expect(JSON.parse(out)).toMatchObject({ enc, payloadLength });
    }
  });
});
