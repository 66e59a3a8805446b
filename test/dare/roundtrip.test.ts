/**
 * What is sealed opens again: every form, profile, cipher, kind of recipient and signer, on both backends and between them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairOf, publicPart, secretPart, subjects, textOf } from '../support/dare.ts';
import { expectCode } from '../support/errors.ts';
import { pattern, utf8 } from '../support/octets.ts';

const curves = ['Ed448', 'X448', 'Ed25519', 'X25519'] as const;
const symmetric = 'EAQN-I5LT-6YG6-RR5F-57CG-B755-RFUR-JVQQ-IW5N-X5FR-57BA-SJS6-X2PF-A';
const [alice, bella] = [pairOf('Ed448', 1), pairOf('Ed25519', 2)];
const lengths = [0, 1, 15, 16, 17, 65535, 65536, 65537, 131072];

describe.each(subjects)('on $name', ({ name, dare }) => {
  const other = subjects.find((subject) => subject.name !== name)!.dare;

  describe.each(['json', 'jsonb'] as const)('as %s', (form) => {
    it.each(curves)('an envelope to a key on %s opens on both backends, by text and by octets', (crv) => {
      const key = pairOf(crv);
      const envelope = dare.seal(utf8('hello'), { form, recipients: [publicPart(key)] });
      for (const each of [dare, other]) {
        for (const input of [envelope, envelope.bytes, envelope.toString(), JSON.parse(JSON.stringify(envelope))]) {
          const { payload, assurance } = each.open(input, { keys: [secretPart(key)] });
          expect(textOf(payload)).toBe('hello');
          expect(assurance).toEqual({
            cipher: 'A256GCM',
            digest: 'match',
            signatures: [],
            trusted: false,
            headerCovered: true,
            unauthenticated: false,
            kekInfo: '',
            recipient: dare.keyId(publicPart(key)),
          });
        }
      }
    });

    it.each([alice, bella])('a signature on $crv over a ciphertext is trusted, with its witness', (signer) => {
      const key = pairOf('X448');
      const options = { form, recipients: [publicPart(key)], signers: [secretPart(signer) as typeof signer] };
      const envelope = dare.seal(utf8('hello'), options);
      const { payload, assurance } = other.open(envelope.bytes, {
        keys: [secretPart(key)],
        trust: [publicPart(signer)],
      });
      expect(textOf(payload)).toBe('hello');
      expect(assurance).toMatchObject({
        cipher: 'A256CBC',
        trusted: true,
        headerCovered: false,
        unauthenticated: false,
      });
      expect(assurance.signatures).toEqual([
        {
          kid: dare.keyId(publicPart(signer)),
          crv: signer.crv,
          key: signer.publicKey,
          mode: signer.crv === 'Ed448' ? 'ed448' : 'ed25519ctx',
          verdict: 'valid',
          trusted: true,
          publicNonce: false,
          witness: 'valid',
        },
      ]);
    });

    it('content type, annotations and members of its own come back, and of A256GCM they are covered', () => {
      const envelope = dare.seal(utf8('hello'), {
        form,
        recipients: [symmetric],
        contentType: 'text/plain',
        contentMeta: { UniqueId: 'a', Filename: 'b.txt' },
        annotations: [utf8('first'), new Uint8Array(0), pattern(70_000)],
        envelopeId: 'MAAA',
        header: { policy: { Sealed: true }, Mine: [1, 'two', null] },
      });
      const opened = dare.open(envelope.bytes, { keys: [symmetric] });
      expect(opened.annotations).toEqual([utf8('first'), new Uint8Array(0), pattern(70_000)]);
      expect(opened.contentType).toBe('text/plain');
      expect({ ...opened.contentMeta }).toEqual({ UniqueId: 'a', Filename: 'b.txt', cty: 'text/plain' });
      expect(opened.header['Mine']).toEqual([1, 'two', null]);
      expect(opened.header['EnvelopeId']).toBe('MAAA');
      expect(dare.inspect(envelope)).toMatchObject({
        form,
        annotations: 3,
        envelopeId: 'MAAA',
        policy: { Sealed: true },
      });
    });

    it('the other form has the same octets of the header, and opens', () => {
      const key = pairOf('X25519');
      const envelope = dare.seal(pattern(100), { form, recipients: [publicPart(key)] });
      const turned = dare.parse(envelope, { form: form === 'json' ? 'jsonb' : 'json' });
      expect(turned.form).not.toBe(form);
      expect(turned.toString()).toBe(envelope.toString());
      expect(dare.open(turned.bytes, { keys: [secretPart(key)] }).payload).toEqual(pattern(100));
    });
  });

  it.each(lengths)('a payload of %i octets comes back under each cipher, and in clear', (length) => {
    const payload = pattern(length);
    const signers = [secretPart(bella) as typeof bella];
    const trust = [publicPart(bella)];
    for (const options of [
      { recipients: [symmetric] },
      { recipients: [symmetric], signers },
      { recipients: [symmetric], signers, cipher: 'A256GCM' as const },
      { recipients: [symmetric], cipher: 'A256CBC' as const, unsafeUnauthenticated: true },
      { signers },
      {},
    ]) {
      const envelope = dare.seal(payload, { ...options, form: 'jsonb' });
      const trusted = 'signers' in options;
      const opened = dare.open(envelope.bytes, { keys: [symmetric], ...(trusted ? { trust } : {}) });
      expect(Buffer.compare(opened.payload, payload)).toBe(0);
      const covered = opened.assurance.cipher === 'A256GCM';
      expect(opened.assurance).toMatchObject({
        trusted,
        headerCovered: covered,
        unauthenticated: !trusted && !covered,
      });
    }
  });

  it('every one of several recipients and signers is served', () => {
    const keys = curves.map((crv, i) => pairOf(crv, 10 + i));
    const recipients = [...keys.map(publicPart), symmetric];
    const envelope = dare.seal(utf8('all'), { recipients, signers: [alice, bella] });
    for (const key of [...keys.map(secretPart), symmetric]) {
      for (const trust of [[publicPart(alice)], [publicPart(bella)], [publicPart(bella), publicPart(alice)]]) {
        expect(textOf(dare.open(envelope, { keys: [key], trust }).payload)).toBe('all');
      }
    }
    expect(dare.inspect(envelope).recipients.map(({ crv }) => crv)).toEqual([...curves, undefined]);
  });

  it('schema-03 writes the names and rules of 2019, with Ed448 only and never A256GCM', () => {
    const key = pairOf('Ed25519');
    const envelope = dare.seal(utf8('then'), {
      profile: 'schema-03',
      recipients: [publicPart(key)],
      signers: [secretPart(alice) as typeof alice],
      contentType: 'text/plain',
      contentMeta: { UniqueId: 'a', Created: '2019-08-01T00:00:00Z' },
      annotations: [utf8('note')],
      envelopeId: 'MAAA',
    });
    const { header, trailer } = envelope;
    expect(Object.keys(header)).toEqual([
      ...['EnvelopeID', 'enc', 'dig', 'Salt', 'Annotations', 'recipients', 'UniqueID', 'cty', 'ContentMeta'],
    ]);
    expect(Object.keys((trailer!['signatures'] as object[])[0]!)).toEqual(['signature', 'witness']);
    expect(dare.inspect(envelope).recipients[0]?.kid).toBe(dare.keyId(publicPart(key), { rule: 'E2' }));
    const opened = dare.open(envelope.toString(), { keys: [secretPart(key)], trust: [publicPart(alice)] });
    expect(opened).toMatchObject({ contentType: 'text/plain', assurance: { kekInfo: 'master', trusted: true } });
    expect({ ...opened.contentMeta }).toEqual({ UniqueId: 'a', cty: 'text/plain', Created: '2019-08-01T00:00:00Z' });
    expect(opened.annotations).toEqual([utf8('note')]);
    expect(dare.open(dare.seal(utf8('x'), { profile: 'schema-03', annotations: [utf8('clear')] })).annotations).toEqual(
      [utf8('clear')],
    );
    const old = { profile: 'schema-03', recipients: [publicPart(key)] } as const;
    expectCode('bad_option', () => dare.seal(utf8('x'), old));
    expectCode('bad_option', () => dare.seal(utf8('x'), { ...old, cipher: 'A256GCM' }));
    expectCode('bad_option', () => dare.seal(utf8('x'), { profile: 'schema-03', signers: [bella] }));
  });

  it('no two envelopes of one payload are alike', () => {
    const seal = () => dare.seal(utf8('same'), { recipients: [symmetric] }).toString();
    expect(new Set([seal(), seal(), seal()]).size).toBe(3);
  });

  it('members that nobody knows are kept to the octet', () => {
    const text = '[{"Unknown":{"b":1,"a":[1.50,"\\u00e9"]},"zz":null},"AQID",{"Other":"x"}]';
    expect(dare.parse(text).toString()).toBe(text);
    expect(textOf(dare.parse(text).bytes)).toBe(text);
    expect(dare.parse(dare.parse(text, { form: 'jsonb' }).bytes).toString()).toBe(text);
    expect(dare.open(`{"DareEnvelope":${text}}`).payload).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('any payload, annotation and content type comes back (property)', () => {
    const data = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(
        data,
        fc.array(data, { maxLength: 3 }),
        fc.string(),
        fc.constantFrom('json', 'jsonb'),
        (payload, annotations, contentType, form) => {
          const envelope = dare.seal(payload, {
            recipients: [symmetric],
            annotations,
            contentType,
            form: form as 'json',
          });
          const opened = dare.open(envelope.bytes, { keys: [symmetric] });
          expect(opened).toMatchObject({ payload, annotations, contentType });
        },
      ),
      { numRuns: 50 },
    );
  });
});
