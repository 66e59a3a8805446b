/**
 * The published examples of draft-hallambaker-threshold-sigs, run through the scheme itself. The checks of the conformance suite compute the
 * Ed448 ones from group operations.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeUnsafeThresholdSignatures } from '../../src/unsafe-signatures/index.ts';
import { backends } from '../support/backends.ts';
import { hex, unhex } from '../support/octets.ts';

interface Test {
  id: string;
  kind: string;
  inputs: Record<string, string>;
  expected: Record<string, string | boolean>;
}

interface VectorFile {
  groups: { kind: string; tests: Test[] }[];
}

const folder = new URL('../../vectors/', import.meta.url);
const tests = [
  ...readdirSync(folder).filter((name) => name.startsWith('draft-hallambaker-threshold-sigs-')),
  'computed',
]
  .flatMap((name) => {
    try {
      return [new URL(`${name}/threshold.json`, folder)].map((file) => readFileSync(file, 'utf8'));
    } catch {
      return [];
    }
  })
  .flatMap((text) => (JSON.parse(text) as VectorFile).groups)
  .flatMap(({ kind, tests }) => tests.map((test): Test => ({ ...test, kind })))
  .filter(({ kind, expected }) => /^threshold-(direct|shamir)/.test(kind) && expected['signature'] !== undefined);

/** The names of the two signers in a kind of vectors. */
const signersOf = (kind: string) => (kind.includes('direct') ? (['A', 'B'] as const) : (['A', 'C'] as const));

describe.each(backends)('the scheme of the drafts on $name', ({ backend }) => {
  const unsafe = makeUnsafeThresholdSignatures(() => backend);

  it('has examples', () => {
    expect(tests.length).toBe(25);
  });

  it.each(tests)('reproduces $id', ({ kind, inputs, expected }) => {
    const crv = kind.endsWith('25519') ? 'Ed25519' : 'Ed448';
    const encoded = (name: string, values: Record<string, unknown>) =>
      unhex(`${String(values[name])}${crv === 'Ed448' ? '00' : ''}`);
    const shamir = kind.includes('shamir');
    // The pure vector has its shares from the published one of the same keys.
    const keys = tests.find(
      ({ inputs: other, expected: key }) => other['seedA'] === inputs['seedA'] && 'scalarA' in key,
    );
    const shares = { ...(shamir ? expected : (keys?.expected ?? {})) };
    const publicKey = unhex(expected['publicKey'] as string);
    const message = unhex(inputs['message'] as string);
    const common = {
      ...(shamir ? { indexes: [1, 3] } : {}),
      ...(crv === 'Ed25519' && !('pure' in inputs) ? { context: new Uint8Array(0) } : {}),
    };
    const signers = signersOf(kind).map((name, i) => {
      const scalar = encoded(shamir ? `share${name}` : `scalar${name}`, shares);
      const share = unsafe.share({ crv, publicKey, scalar, ...(shamir ? { index: 2 * i + 1 } : {}) });
      return { name, session: unsafe.testing.openWithNonce(share, encoded(`nonce${name}`, inputs)) };
    });
    const noncePoints = signers.map(({ session }) => session.noncePoint);
    const responses = signers.map(({ name, session }) => {
      const response = session.sign(message, { ...common, noncePoints });
      expect(hex(response)).toBe(`${expected[`response${name}`]}${crv === 'Ed448' ? '00' : ''}`);
      return response;
    });
    const signature = unsafe.combine({ publicKey, message, noncePoints, responses, ...common });
    expect(hex(signature)).toBe(expected['signature']);
  });
});
