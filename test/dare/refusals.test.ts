/**
 * What is not opened and not written, and what a stranger learns from it.
 */
import { describe, expect, it } from 'vitest';
import type { OpenOptions } from '../../src/dare/index.ts';
import type { MeshError } from '../../src/errors.ts';
import { hkdf, pairOf, publicPart, secretPart, subjects } from '../support/dare.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { pattern, utf8 } from '../support/octets.ts';

const symmetric = 'EAQN-I5LT-6YG6-RR5F-57CG-B755-RFUR-JVQQ-IW5N-X5FR-57BA-SJS6-X2PF-A';
const [alice, bella] = [pairOf('Ed448', 1), pairOf('Ed25519', 2)];
const bob = pairOf('X448', 3);
const keys = [secretPart(bob)];
const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');

type Json = Record<string, unknown>;

/** Somebody with Bob's public key and a wrong agreement, who counts how often it is asked for. */
function wrongHolder() {
  return {
    crv: 'X448' as const,
    publicKey: bob.publicKey,
    asked: 0,
    agree() {
      this.asked++;
      return pattern(56);
    },
  };
}

describe.each(subjects)('on $name', ({ dare }) => {
  const recipients = [publicPart(bob)];
  const cbc = () => dare.seal(utf8('hello'), { recipients, cipher: 'A256CBC', unsafeUnauthenticated: true });
  const gcm = () => dare.seal(utf8('hello'), { recipients });
  const signed = () => dare.seal(utf8('hello'), { recipients, signers: [bella] });
  const parsed = (envelope: { toString(): string }) => JSON.parse(envelope.toString()) as [Json, string, Json];

  /** Without its digest, so that changes reach the cipher. */
  function bare(envelope: { toString(): string }): [Json, Uint8Array] {
    const [header, payload] = parsed(envelope);
    return [header, new Uint8Array(Buffer.from(payload, 'base64url'))];
  }
  const flipped = (octets: Uint8Array, at: number) => octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
  const withEntry = (header: Json, change: Json) => ({
    ...header,
    recipients: [{ ...(header['recipients'] as Json[])[0], ...change }],
  });

  it('every failure of decryption has one code and one message, and says more only when it is asked to', () => {
    const [cbcHeader, cbcBody] = bare(cbc());
    const [gcmHeader, gcmBody] = bare(gcm());
    const [header, payload, trailer] = parsed(signed());
    const [entry] = trailer['signatures'] as Json[];
    const withoutKey = JSON.parse(JSON.stringify(withEntry(cbcHeader, { wmk: undefined })));
    const small = base64(new Uint8Array(57).fill(0, 1).fill(1, 0, 1));
    const failures: [string, unknown[]][] = [
      ['unwrap', [withEntry(cbcHeader, { wmk: base64(pattern(40)) }), cbcBody]],
      ['unwrap', [withEntry(cbcHeader, { wmk: 'pqampqampqY' }), cbcBody]],
      ['unwrap', [withEntry(cbcHeader, { wmk: base64(pattern(4000)) }), cbcBody]],
      ['unwrap', [withoutKey, cbcBody]],
      ['key-type', [withEntry(cbcHeader, { epk: { PublicKeyECDH: { crv: 'Ed448', Public: small } } }), cbcBody]],
      ['key-type', [withEntry(cbcHeader, { epk: { PublicKeyECDH: { crv: 'X448', Public: small } } }), cbcBody]],
      ['key-type', [withEntry(cbcHeader, { epk: { PublicKeyDH: { kid: 'x', Domain: '', Public: '' } } }), cbcBody]],
      ['ciphertext-length', [cbcHeader, cbcBody.subarray(0, 15)]],
      ['ciphertext-length', [cbcHeader, new Uint8Array(0)]],
      ['ciphertext-length', [gcmHeader, gcmBody.subarray(0, 15)]],
      ['padding', [cbcHeader, flipped(cbcBody, 3).fill(9, 8)]],
      ['authentication', [gcmHeader, flipped(gcmBody, 3)]],
      ['authentication', [gcmHeader, gcmBody.subarray(0, 20)]],
      ['authentication', [{ ...gcmHeader, cty: 'text/html' }, gcmBody]],
      ['key-commitment', [{ ...gcmHeader, KeyCommitment: base64(pattern(32)) }, gcmBody]],
      ['key-commitment', [{ ...gcmHeader, Salt: base64(pattern(16)) }, gcmBody]],
      ['key-commitment', [{ ...cbcHeader, enc: 'A256GCM' }, cbcBody]],
      ['witness', [header, payload, { ...trailer, signatures: [{ ...entry, witness: base64(pattern(32)) }] }]],
    ].map(([code, items]) => [
      code,
      (items as unknown[]).map((item) => (item instanceof Uint8Array ? base64(item) : item)),
    ]) as never;
    const messages = new Set<string>();
    for (const [code, envelope] of failures) {
      expect(codeOf(() => dare.open(envelope, { keys, unsafeDetail: true }))).toBe(code);
      try {
        dare.open(envelope, { keys });
      } catch (error) {
        const { code: outside, message, cause } = error as MeshError;
        expect([outside, cause]).toEqual(['decryption-failed', undefined]);
        messages.add(message);
      }
    }
    expect(messages.size).toBe(1);
  });

  it('a malformed annotation is refused before the payload is decrypted, so that it tells nothing about it', () => {
    const [header, body] = bare(dare.seal(utf8('x'), { recipients, cipher: 'A256CBC', unsafeUnauthenticated: true }));
    for (const payload of [body, flipped(body, 15), flipped(body, 0).fill(1)]) {
      expectCode('structure', () => dare.open([{ ...header, annotations: ['iAEA'] }, base64(payload)], { keys }));
      expectCode('algorithm', () =>
        dare.open([{ ...header, annotations: ['iAEAiACIAQE'] }, base64(payload)], { keys }),
      );
    }
  });

  it('a key that the envelope is not for, or none, is no recipient', () => {
    for (const other of [[], [secretPart(pairOf('X448', 9))], [secretPart(pairOf('Ed448', 3))], [symmetric]]) {
      expectCode('no-recipient', () => dare.open(gcm(), { keys: other }));
    }
    const [header, body] = bare(gcm());
    for (const change of [{ recipients: [] }, { recipients: undefined }]) {
      const items = JSON.parse(JSON.stringify([{ ...header, ...change }, base64(body)]));
      expectCode('no-recipient', () => dare.open(items, { keys }));
    }
  });

  it('of the entries that name a key no more than 64 are tried', () => {
    const holder = wrongHolder();
    const [header, body] = bare(cbc());
    const [entry] = header['recipients'] as Json[];
    const of = (recipients: unknown[]) => [{ ...header, recipients }, base64(body)];
    const items = of(Array.from({ length: 1000 }, () => entry));
    expectCode('decryption-failed', () => dare.open(items, { keys: [holder] }));
    expect(holder.asked).toBe(64);
    const broken = { ...entry, wmk: base64(pattern(40)) };
    const sound = of([...Array.from({ length: 63 }, () => broken), entry]);
    expect(dare.open(sound, { keys }).payload).toEqual(utf8('hello'));
  });

  it('without a valid signature by a trusted key nothing is decrypted', () => {
    const holder = wrongHolder();
    const [header, payload, trailer] = parsed(signed());
    const [entry] = trailer['signatures'] as Json[];
    const options: OpenOptions = { keys: [holder], trust: [publicPart(bella)] };
    const { PayloadDigest } = trailer;
    const otherEntry = (
      parsed(dare.seal(utf8('other'), { recipients, signers: [bella] }))[2]['signatures'] as Json[]
    )[0];
    for (const signatures of [undefined, [], [otherEntry], [{ ...entry, kid: dare.keyId(publicPart(alice)) }]]) {
      const items = JSON.parse(JSON.stringify([header, payload, { signatures, PayloadDigest }]));
      expectCode('signature', () => dare.open(items, options));
      expectCode('signature', () => dare.verify(items, { trust: [publicPart(bella)] }));
    }
    expectCode('signature', () => dare.open([header, payload], options));
    expectCode('signature', () => dare.open(signed(), { ...options, trust: [publicPart(alice)] }));
    expect(holder.asked).toBe(0);
  });

  it('a trusted signature without its witness does not count, and a strange one beside it does no harm', () => {
    const [header, payload, trailer] = parsed(signed());
    const [entry] = trailer['signatures'] as [Json];
    const trust = [publicPart(bella)];
    const { witness, ...without } = entry;
    const open = (signatures: unknown[], options: OpenOptions) =>
      dare.open([header, payload, { ...trailer, signatures }], { keys, unsafeDetail: true, ...options });
    expectCode('witness', () => open([without], { trust }));
    expect(open([without], {}).assurance).toMatchObject({ trusted: false, unauthenticated: true });
    expect(open([without], { known: trust }).assurance.signatures[0]).toMatchObject({
      verdict: 'valid',
      witness: 'absent',
    });
    const strange = { kid: dare.keyId(publicPart(alice)), signature: base64(pattern(114)) };
    const { signatures, trusted } = open([strange, entry], { trust }).assurance;
    expect(trusted).toBe(true);
    expect(signatures.map(({ verdict }) => verdict)).toEqual(['unknown-signer', 'valid']);
  });

  it('a key that is only known is reported and not believed', () => {
    const { assurance } = dare.open(signed(), { keys, known: [publicPart(bella)] });
    expect(assurance).toMatchObject({ trusted: false, unauthenticated: true });
    expect(assurance.signatures[0]).toMatchObject({ verdict: 'valid', trusted: false, witness: 'valid' });
  });

  it('another header opens under CBC, with or without a signature, and never under A256GCM', () => {
    const trust = [publicPart(bella)];
    const [header, payload, trailer] = parsed(signed());
    const changed = { ...header, cty: 'text/html', EnvelopeId: 'MAAA' };
    const { assurance, contentType } = dare.open([changed, payload, trailer], { keys, trust });
    expect(contentType).toBe('text/html');
    expect(assurance).toMatchObject({ trusted: true, headerCovered: false });
    for (const signers of [[], [bella]]) {
      const [from, body, end] = parsed(dare.seal(utf8('hello'), { recipients, signers, cipher: 'A256GCM' }));
      for (const swapped of [
        { ...from, cty: 'text/html' },
        { ...from, recipients: [...(from['recipients'] as Json[]), {}] },
      ]) {
        expectCode('decryption-failed', () => dare.open([swapped, body, end], { keys }));
      }
      const other = parsed(dare.seal(utf8('hello'), { recipients, signers, cipher: 'A256GCM' }))[0];
      expectCode('decryption-failed', () => dare.open([other, body, end], { keys }));
    }
  });

  it('a signature is not moved to another payload, nor a payload under another seed', () => {
    const [a, b] = [parsed(signed()), parsed(signed())];
    expectCode('payload-digest', () => dare.open([a[0], b[1], a[2]], { keys }));
    expectCode('decryption-failed', () => dare.open([a[0], b[1], b[2]], { keys }));
  });

  it('A256CBC alone is not written without saying so, and what it opens to is unauthenticated', () => {
    expectCode('bad_option', () => dare.seal(utf8('x'), { recipients, cipher: 'A256CBC' }));
    expectCode('bad_option', () => dare.seal(utf8('x'), { cipher: 'A256CBC', signers: [bella] }));
    expect(dare.open(cbc(), { keys }).assurance).toMatchObject({ digest: 'match', unauthenticated: true });
  });

  it('a signed ciphertext is not taken for a signed clear text as long as anything tells that it was one', () => {
    const trust = [publicPart(bella)];
    const [{ enc, ...header }, payload, trailer] = parsed(signed());
    const { recipients: entries, ...less } = header;
    const [{ witness, ...entry }] = trailer['signatures'] as [Json];
    const bareTrailer = { ...trailer, signatures: [entry] };
    expectCode('structure', () => dare.open([header, payload, bareTrailer], { trust }));
    expectCode('structure', () => dare.open([{ ...header, enc: 'none' }, payload, bareTrailer], { trust }));
    expectCode('structure', () => dare.open([less, payload, trailer], { trust }));
    // The drafts sign no header: what is left is a signature of these very octets, and the caller has to say what is expected.
    expect(dare.open([less, payload, bareTrailer], { trust }).assurance).toMatchObject({
      cipher: 'none',
      trusted: true,
    });
    expectCode('not-encrypted', () => dare.open([less, payload, bareTrailer], { trust, requireEncryption: true }));
    const [{ enc: _, ...clear }, body] = parsed(gcm());
    expectCode('structure', () => dare.open([clear, body], { keys }));
  });

  it('clear text is refused where encryption is required, also with recipients', () => {
    const clear = [{ enc: 'none', recipients: [{ wmk: 'pqampqampqY' }] }, 'AQID'];
    expect(dare.open(clear).payload).toEqual(Uint8Array.of(1, 2, 3));
    expectCode('not-encrypted', () => dare.open(clear, { keys, requireEncryption: true }));
    expectCode('not-encrypted', () => dare.open([{}, ''], { requireEncryption: true }));
  });

  it.each<[string, unknown]>([
    ['no array', '{}'],
    ['one item', '[{}]'],
    ['four items', '[{},"",{},{}]'],
    ['a header that is no object', '[[],""]'],
    ['a payload that is a number', '[{},5]'],
    ['a trailer that is no object', '[{},"",[]]'],
    ['an empty array', '[]'],
    ['a member beside the envelope', '{"DareEnvelope":[{},""],"x":1}'],
    ['another member', '{"Envelope":[{},""]}'],
    ['recipients that are no array', '[{"recipients":{}},""]'],
    ['a recipient that is no object', '[{"recipients":[1]},""]'],
    ['an epk that is text', '[{"recipients":[{"epk":"x"}]},""]'],
    ['a Salt that is a number', '[{"Salt":5},""]'],
    ['an enc that is a number', '[{"enc":5},""]'],
    ['a digest in two places', '[{"PayloadDigest":"AA"},"",{"PayloadDigest":"AQ"}]'],
    ['signatures in two places', '[{"signatures":[]},"",{"signatures":[]}]'],
    ['a short salt', '[{"enc":"A256CBC","Salt":"AAAA"},""]'],
    ['no salt', '[{"enc":"A256CBC"},""]'],
    ['null', null],
    ['a number', 5],
    ['an object', {}],
    ['a date', new Date()],
  ])('%s is no envelope', (_, value) => {
    expectCode('structure', () => dare.open(value as string, { keys }));
  });

  it.each<[string, string, string]>([
    ['duplicate', 'two members of one name', '[{"kid":"a","kid":"b"},""]'],
    ['trailing', 'something behind it', '[{},""]x'],
    ['truncated', 'the end is missing', '[{},""'],
    ['syntax', 'no JSON', 'hello'],
    ['base64', 'padding', '[{},"AA=="]'],
    ['base64', 'spare bits', '[{},"AB"]'],
    ['depth', 'a deep header', `[{"x":${'['.repeat(100)}${']'.repeat(100)}},""]`],
    ['structure', 'a million brackets', '['.repeat(1_000_000)],
    ['depth', 'half a million brackets in a header', `[{"x":${'['.repeat(500_000)}`],
    ['limit', 'a long header', `[{"x":"${'y'.repeat(1 << 20)}"},""]`],
    ['limit', '100,000 recipients', `[{"recipients":[${Array(100_000).fill('{}').join(',')}]},""]`],
    ['limit', '2,000 recipients', `[{"recipients":[${Array(2000).fill('{}').join(',')}]},""]`],
    ['limit', '65 signatures', `[{},"",{"signatures":[${Array(65).fill('{"signature":"AA"}').join(',')}]}]`],
    ['limit', '5,000 annotations', `[{"annotations":[${Array(5000).fill('""').join(',')}]},""]`],
    ['limit', 'a long salt', `[{"enc":"A256CBC","Salt":"${'A'.repeat(2000)}"},""]`],
    ['signature', 'a signature that is missing', '[{},"",{"signatures":[{}]}]'],
    ['algorithm', 'an unknown cipher', '[{"enc":"A128GCM"},""]'],
    ['algorithm', 'an unknown digest', '[{"dig":"S256"},""]'],
  ])('%s: %s', (code, _, text) => {
    const start = performance.now();
    expect(codeOf(() => dare.open(text, { keys }))).toBe(code);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('names that JavaScript gives a meaning are members like others', () => {
    const text =
      '[{"__proto__":{"enc":"A256CBC"},"constructor":1,"toString":2,"hasOwnProperty":3},"AQID",{"__proto__":{"signatures":[]}}]';
    const { assurance, header } = dare.open(text);
    expect(assurance.cipher).toBe('none');
    expect(Object.keys(header)).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(dare.parse(text).toString()).toBe(text);
    expect(({} as Json)['enc']).toBeUndefined();
    const meta = base64(utf8('{"__proto__":{"cty":"x"}}'));
    expect(dare.open(`[{"ContentMetaData":"${meta}"},""]`).contentType).toBeUndefined();
    expect(codeOf(() => dare.seal(utf8('x'), { header: JSON.parse('{"__proto__":{}}') }))).toBe('bad_option');
  });

  it('a polluted prototype adds nothing to an envelope', () => {
    const polluted = Object.prototype as unknown as Json;
    polluted['enc'] = 'A256CBC';
    polluted['recipients'] = [{}];
    polluted['trust'] = [];
    try {
      expect(dare.open('[{},"AQID"]').assurance.cipher).toBe('none');
      expect(dare.seal(utf8('x')).toString().startsWith('[{"dig":"S512"}')).toBe(true);
    } finally {
      for (const name of ['enc', 'recipients', 'trust']) delete polluted[name];
    }
  });

  it.each<[string, () => unknown]>([
    ['bad_option', () => dare.seal(utf8('x'), { recipients: 'x' as never })],
    ['bad_option', () => dare.seal(utf8('x'), { recipients: [5 as never] })],
    ['bad_option', () => dare.seal(utf8('x'), { form: 'text' as never })],
    ['bad_option', () => dare.seal(utf8('x'), { profile: 'E9' as never })],
    ['bad_option', () => dare.seal(utf8('x'), { cipher: 'A128CBC' as never, recipients: [symmetric] })],
    ['bad_option', () => dare.seal(utf8('x'), { header: { enc: 'none' } })],
    ['bad_option', () => dare.seal(utf8('x'), { contentType: 5 as never })],
    ['bad_option', () => dare.seal(utf8('x'), { contentType: 'a', contentMeta: { cty: 'b' } })],
    ['bad_option', () => dare.seal(utf8('x'), { signers: [{ crv: 'Ed448' } as never] })],
    ['not_bytes', () => dare.seal('x' as never)],
    ['not_bytes', () => dare.seal(utf8('x'), { annotations: ['x' as never] })],
    [
      'unsupported_algorithm',
      () => dare.seal(utf8('x'), { recipients: [{ crv: 'P-256' as never, publicKey: pattern(33) }] }),
    ],
    [
      'unsupported_algorithm',
      () => dare.seal(utf8('x'), { signers: [{ crv: 'X448' as never, secretKey: pattern(56) }] }),
    ],
    ['bad_private_length', () => dare.seal(utf8('x'), { signers: [{ crv: 'Ed448', secretKey: pattern(2000) }] })],
    ['bad_public_length', () => dare.seal(utf8('x'), { recipients: [{ crv: 'Ed448', publicKey: pattern(56) }] })],
    [
      'small_order_base',
      () => dare.seal(utf8('x'), { recipients: [{ crv: 'X25519', publicKey: new Uint8Array(32) }] }),
    ],
    [
      'sign_missing',
      () => dare.seal(utf8('x'), { recipients: [{ crv: 'X448', publicKey: bob.publicKey.slice(0, 56) }] }),
    ],
    ['wrong_type', () => dare.seal(utf8('x'), { recipients: ['NAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AA'] })],
    ['bad_length', () => dare.seal(utf8('x'), { recipients: ['EAAA-AAAA-AAAA'] })],
    ['limit', () => dare.seal(utf8('x'), { recipients: Array(1025).fill(symmetric) })],
    ['unsupported-value', () => dare.seal(utf8('x'), { header: { Mine: new Date() } })],
    ['bad_option', () => dare.open('[{},""]', { trust: [] })],
    ['bad_option', () => dare.open('[{},""]', { limits: { other: 5 } as never })],
    ['bad_option', () => dare.open('[{},""]', { limits: { header: -1 } })],
    ['bad_option', () => dare.open('[{},""]', { keys: [{ crv: 'Ed448', publicKey: pattern(57) } as never] })],
    ['bad_option', () => dare.verify('[{},""]', { keys: [] } as never)],
    ['limit', () => dare.open('[{},"AQID"]', { limits: { payload: 2 } })],
    ['bad_option', () => dare.keyId({ crv: 'Ed448', publicKey: alice.publicKey }, { rule: 'E4' as never })],
    ['bad_public_length', () => dare.keyId({ crv: 'Ed448', publicKey: pattern(5) })],
  ])('%s for wrong arguments (%#)', (code, call) => {
    expect(codeOf(call)).toBe(code);
  });

  it('an X448 key without its sign needs an identifier, and then serves', () => {
    const short = { crv: 'X448' as const, publicKey: bob.publicKey.slice(0, 56), kid: dare.keyId(publicPart(bob)) };
    expect(dare.open(dare.seal(utf8('hello'), { recipients: [short] }), { keys }).payload).toEqual(utf8('hello'));
  });

  it('what the caller does to octets afterwards changes nothing', () => {
    const payload = utf8('hello');
    const envelope = dare.seal(payload, {});
    const text = envelope.toString();
    payload.fill(0);
    envelope.payload.fill(0);
    envelope.header['dig'] = 'x';
    expect(envelope.toString()).toBe(text);
    const opened = dare.open(envelope);
    opened.payload.fill(0);
    expect(dare.open(envelope).payload).toEqual(utf8('hello'));
  });

  it('the identifier in the header is never used: another one opens all the same', () => {
    const [header, payload, trailer] = parsed(signed());
    const kid = 'EBQO-I7V7-SMIU-R5H6-T3E5-3QXK-T42M';
    expect(dare.open([{ ...header, kid }, payload, trailer], { keys }).payload).toEqual(utf8('hello'));
  });

  it('both infos of the key encryption key are read', () => {
    const shared = Buffer.from('20d47573f60de8c7a5efc460ffbd896914d61045badbf4b1efc209265ebe9e50', 'hex');
    expect(hkdf('sha512', shared, new Uint8Array(0), 'master', 32)).toHaveLength(32);
    const old = dare.seal(utf8('x'), { profile: 'schema-03', recipients: [symmetric], unsafeUnauthenticated: true });
    expect(dare.open(old, { keys: [symmetric] }).assurance.kekInfo).toBe('master');
  });
});
