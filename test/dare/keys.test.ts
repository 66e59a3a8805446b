/**
 * Keys that are more than a secret: composite keys of the overlay, shared keys, recryption, functions that answer wrongly, and identifiers.
 */
import { describe, expect, it, vi } from 'vitest';
import { loadVectors } from '../../src/conformance/files.ts';
import { agree } from '../../src/dare/agreement.ts';
import { prepareSeal } from '../../src/dare/prepare.ts';
import { MeshError } from '../../src/errors.ts';
import { makeFrost } from '../../src/frost/index.ts';
import { makeRecryption } from '../../src/recryption/index.ts';
import { makeThreshold } from '../../src/threshold/index.ts';
import { pairOf, publicPart, secretPart, sha512, subjects, textOf } from '../support/dare.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { pattern, unhex, utf8 } from '../support/octets.ts';

const curves = ['Ed448', 'X448', 'Ed25519', 'X25519'] as const;

/** The signed envelopes that are published with their keys. */
const published = loadVectors()
  .files.filter(({ path }) => path.endsWith('/dare.json'))
  .flatMap(({ content }) => content.groups)
  .filter(({ kind }) => kind === 'dare-envelope')
  .flatMap(({ tests }) => tests)
  .filter(
    ({ result, inputs, expected }) => result === 'valid' && inputs?.['signerKey'] && expected?.['verdict'] === 'valid',
  );

describe.each(subjects)('on $name', ({ dare, mesh, backend }) => {
  const { overlay } = mesh;
  const threshold = makeThreshold(() => backend);
  const recryption = makeRecryption(() => backend);
  const frost = makeFrost(() => backend);

  it.each(['Ed448', 'X448'] as const)('a composite key on %s decrypts as it is', (crv) => {
    const key = overlay.composeKey(pattern(56, 1), pattern(56, 2), { crv });
    const envelope = dare.seal(utf8('combined'), { recipients: [{ crv, publicKey: key.publicKey }] });
    const { payload, assurance } = dare.open(envelope, { keys: [key] });
    expect(textOf(payload)).toBe('combined');
    expect(assurance.recipient).toBe(dare.keyId({ crv, publicKey: key.publicKey }));
    key.destroy();
    expectCode('destroyed', () => dare.open(envelope, { keys: [key] }));
  });

  it('a composite key signs as it is', () => {
    const key = overlay.composeKey(pattern(56, 1), pattern(56, 2));
    const signer = {
      crv: 'Ed448',
      publicKey: key.publicKey,
      sign: (message: Uint8Array) => key.sign(message),
    } as const;
    const trust = [{ crv: 'Ed448', publicKey: key.publicKey }] as const;
    for (const each of [signer, key as typeof signer]) {
      expect(dare.verify(dare.seal(utf8('x'), { signers: [each] }), { trust }).trusted).toBe(true);
    }
  });

  it.each(curves)('two of three shares of a key on %s decrypt', (crv) => {
    const group = pairOf(crv, 5);
    const { shares } = threshold.share(secretPart(group), { shares: 3, quorum: 2 });
    const indexes = [1, 3];
    const key = {
      ...publicPart(group),
      agree(ephemeral: Uint8Array) {
        // Without its sign an X25519 key stands for either; all shares must take the same one.
        const peer = crv === 'X25519' ? Uint8Array.of(...ephemeral, 0) : ephemeral;
        return threshold.complete(
          [shares[0]!, shares[2]!].map((share) => threshold.contribute(share, peer, { indexes })),
        );
      },
    };
    const envelope = dare.seal(utf8('quorum'), { recipients: [publicPart(group)] });
    expect(textOf(dare.open(envelope, { keys: [key] }).payload)).toBe('quorum');
  });

  it('a member decrypts with its recryption service, and not without it', () => {
    const group = recryption.createGroup();
    const { member, service: share, servicePublicKey } = recryption.addMember(group);
    const service = recryption.service();
    service.add('alice', share);
    const key = {
      crv: 'X448',
      publicKey: group.publicKey,
      agree: (peer: Uint8Array) =>
        recryption.complete(member, service.contribute('alice', peer, { prove: true }), peer, { servicePublicKey }),
    } as const;
    const envelope = dare.seal(utf8('group'), { recipients: [{ crv: 'X448', publicKey: group.publicKey }] });
    expect(textOf(dare.open(envelope, { keys: [key] }).payload)).toBe('group');
    const alone = { crv: 'X448', secretKey: member.secretKey, kid: dare.keyId(key) } as const;
    expectCode('decryption-failed', () => dare.open(envelope, { keys: [alone] }));
    service.remove('alice');
    expectCode('unknown_member', () => dare.open(envelope, { keys: [key] }));
    service.destroy();
  });

  it.each(['Ed448', 'Ed25519'] as const)('a quorum signs on %s, in the plain form of FROST', (crv) => {
    const { publicKey, shares, commitments: _ } = frost.deal(crv, { shares: 3, quorum: 2 });
    const sign = (message: Uint8Array) => {
      const rounds = shares.slice(0, 2).map((share) => frost.commit(share));
      const commitments = rounds.map((round) => round.commitment);
      const responses = rounds.map((round) => round.sign(message, commitments));
      const verifyingShares = shares.map(({ index, verifyingShare }) => ({ index, verifyingShare }));
      return frost.aggregate({ publicKey, message, commitments, responses, verifyingShares });
    };
    const envelope = dare.seal(utf8('quorum'), { signers: [{ crv, publicKey, sign }] });
    const { signatures } = dare.verify(envelope, { trust: [{ crv, publicKey }] });
    expect(signatures[0]?.mode).toBe(crv === 'Ed448' ? 'ed448' : 'ed25519');
  });

  it('a platform without randomness is no fault of the key', () => {
    const [alice, bob] = [pairOf('X448', 3), pairOf('X448', 4)];
    vi.stubGlobal('crypto', undefined);
    try {
      // JavaScript blinds the multiplication, WASM does not need to.
      const expected = backend.name === 'js' ? 'random_failed' : 'returned';
      expect(codeOf(() => agree(() => backend, secretPart(bob), alice.publicKey))).toBe(expected);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('memory that has changed by itself is no fault of the key', () => {
    const [alice, bob] = [pairOf('X448', 3), pairOf('X448', 4)];
    const faulty = {
      ...backend,
      montgomeryMultiply: () => {
        throw new MeshError('fault_detected');
      },
    };
    expect(codeOf(() => agree(() => faulty, secretPart(bob), alice.publicKey))).toBe('fault_detected');
  });

  it('functions that answer wrongly are found out', () => {
    const [bob, alice] = [pairOf('X448', 3), pairOf('Ed448', 4)];
    const envelope = dare.seal(utf8('x'), { recipients: [publicPart(bob)] });
    const answers: [string, unknown][] = [
      ['key-type', new Uint8Array(56)],
      ['key-type', pattern(55)],
      ['unwrap', pattern(56)],
      ['not_bytes', 'text'],
    ];
    for (const [code, answer] of answers) {
      const key = { ...publicPart(bob), agree: () => answer as Uint8Array };
      expect(codeOf(() => dare.open(envelope, { keys: [key], unsafeDetail: true }))).toBe(code);
    }
    const neutral = Uint8Array.from({ length: 57 }, (_, i) => Number(i === 0));
    const edwards = dare.seal(utf8('x'), { recipients: [publicPart(alice)] });
    const key = { ...publicPart(alice), agree: () => neutral };
    expectCode('key-type', () => dare.open(edwards, { keys: [key], unsafeDetail: true }));
    for (const signature of [pattern(114), pattern(3), new Uint8Array(114)]) {
      const signer = { ...publicPart(alice), sign: () => signature };
      expectCode('signature', () => dare.seal(utf8('x'), { signers: [signer] }));
    }
  });

  it('a function is asked for the octets as carried, and cannot change them', () => {
    const bob = pairOf('X448', 3);
    const envelope = dare.seal(utf8('x'), { recipients: [publicPart(bob)] });
    const key = {
      ...publicPart(bob),
      agree(ephemeral: Uint8Array) {
        expect(ephemeral).toHaveLength(57);
        const shared = overlay.seedKey(bob.secretKey, { crv: 'X448' }).agree(ephemeral);
        ephemeral.fill(0);
        return shared;
      },
    };
    expect(dare.open(envelope, { keys: [key, secretPart(bob)] }).payload).toEqual(utf8('x'));
  });

  it.each(['E2', 'E3', 'E5', 'E6'] as const)('a recipient and a signer named by the rule %s are found', (rule) => {
    const [bob, bella] = [pairOf('X448', 3), pairOf('Ed25519', 2)];
    const kid = dare.keyId(publicPart(bob), { rule });
    const envelope = dare.seal(utf8('x'), { recipients: [{ ...publicPart(bob), kid }], signers: [bella] });
    const [header, payload, trailer] = envelope.toJSON() as [object, string, { signatures: object[] }];
    const signatures = [{ ...trailer.signatures[0], kid: dare.keyId(publicPart(bella), { rule }) }];
    const trust = [publicPart(bella)];
    expect(
      dare.open([header, payload, { ...trailer, signatures }], { keys: [secretPart(bob)], trust }).payload,
    ).toEqual(utf8('x'));
    // Files of 2017 and 2018: groups of five, and a tail of one character.
    const old = kid.replaceAll('-', '').slice(0, 26).replace(/.{5}/g, '$&-');
    const again = dare.seal(utf8('y'), { recipients: [{ ...publicPart(bob), kid: old }] });
    expect(dare.open(again, { keys: [secretPart(bob)] }).payload).toEqual(utf8('y'));
    const short = dare.seal(utf8('y'), { recipients: [{ ...publicPart(bob), kid: kid.slice(0, 24) }] });
    expectCode('no-recipient', () => dare.open(short, { keys: [secretPart(bob)] }));
  });

  it('a header without identifiers is tried with every key', () => {
    const [bob, eve] = [pairOf('X448', 3), pairOf('X448', 4)];
    const options = { recipients: [publicPart(eve), publicPart(bob)], signers: [pairOf('Ed448', 1)] };
    const [header, payload, trailer] = dare.seal(utf8('x'), options).toJSON() as [
      { recipients: { kid?: string }[] },
      string,
      { signatures: { kid?: string }[] },
    ];
    for (const entry of [...header.recipients, ...trailer.signatures]) delete entry.kid;
    const trust = [publicPart(pairOf('Ed448', 9)), publicPart(pairOf('Ed448', 1))];
    const { assurance } = dare.open([header, payload, trailer], { keys: [secretPart(pairOf('Ed25519')), bob], trust });
    expect(assurance).toMatchObject({ trusted: true });
    expect(assurance.recipient).toBeUndefined();
  });

  it('published signatures are trusted, but for those that disclose their key', () => {
    let disclosed = 0;
    for (const { inputs } of published) {
      const {
        envelope,
        signerCrv: crv,
        signerKey,
      } = inputs as { envelope: string; signerCrv: 'Ed448'; signerKey: string };
      const trust = [{ crv, publicKey: unhex(signerKey) }];
      const { signatures } = dare.verify(envelope, { known: trust });
      if (signatures[0]?.publicNonce) {
        disclosed++;
        expectCode('public-nonce', () => dare.verify(envelope, { trust }));
        expect(dare.verify(envelope, { trust, unsafePublicNonce: true }).trusted).toBe(true);
      } else {
        expect(dare.verify(envelope, { trust }).trusted).toBe(true);
      }
    }
    expect(published.length).toBeGreaterThan(60);
    expect(disclosed).toBe(5);
  });

  it('a signature on Ed25519 whose nonce is public is found out', () => {
    const { crv, secretKey, publicKey } = pairOf('Ed25519', 2);
    const payload = utf8('hello');
    const M = sha512(payload);
    const dom2 = utf8('SigEd25519 no Ed25519 collisions\0\0');
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    const number = (octets: Uint8Array) => octets.reduceRight((n, octet) => (n << 8n) | BigInt(octet), 0n);
    const hash = (...parts: Uint8Array[]) => number(sha512(Buffer.concat([dom2, ...parts]))) % L;
    const little = (n: bigint) => Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));
    const expanded = sha512(secretKey).subarray(0, 32);
    expanded[0]! &= 0xf8;
    expanded[31] = (expanded[31]! & 0x7f) | 0x40;
    const r = hash(M);
    const R = threshold.publicKey({ crv: 'Ed25519z', secretKey: little(r) });
    const S = (r + hash(R, publicKey, M) * number(expanded)) % L;
    const signature = Buffer.concat([R, little(S)]).toString('base64url');
    const envelope = [{}, Buffer.from(payload).toString('base64url'), { signatures: [{ signature }] }];
    const trust = [{ crv, publicKey }];
    expectCode('public-nonce', () => dare.verify(envelope, { trust }));
    expect(dare.verify(envelope, { known: trust }).signatures[0]).toMatchObject({
      verdict: 'valid',
      publicNonce: true,
    });
  });

  it('keys are wiped when an envelope is done', () => {
    const seeds: Uint8Array[] = [];
    const recipients = [publicPart(pairOf('X448'))];
    const prepared = prepareSeal(() => backend, { recipients }, { onSeed: (seed) => seeds.push(seed) });
    expect(seeds[0]).toHaveLength(32);
    const { key } = prepared.keys!;
    expect(key.some((octet) => octet !== 0)).toBe(true);
    prepared.destroy();
    expect(key.every((octet) => octet === 0)).toBe(true);
  });
});
