import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { assemble, type Mesh } from '../src/assemble.ts';
import type { Backend } from '../src/backend/types.ts';
import { primeOrderEdwards } from './arbitraries.ts';
import { backends } from './support/backends.ts';
import { codeOf } from './support/errors.ts';
import { detach, resizable, shared } from './support/memory.ts';
import { hex, pattern, utf8 } from './support/octets.ts';

const none = new Uint8Array(0);
const polluted = Object.prototype as { context?: unknown; dkLen?: unknown; deterministic?: unknown };
afterEach(() => {
  delete polluted.context;
  delete polluted.dkLen;
  delete polluted.deterministic;
});

/** Arguments in memory of their own: each test may take it away. */
const fresh = (octets: Uint8Array): Uint8Array => new Uint8Array(octets);

/** Options of which reading the member `name` runs code of the caller. */
const trap = (name: string, value: unknown, run: () => void): never =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      run();
      return value;
    },
  }) as never;

describe.each(backends)('arguments on $name', ({ backend, mesh }) => {
  const { ed448, ed448ph, overlay, sha512, shake256, x448, hmacSha512 } = mesh;
  const secretKey = pattern(57);
  const publicKey = ed448.getPublicKey(secretKey);
  const message = utf8('a message');
  const signature = ed448.sign(message, secretKey);

  test('arrays of another realm, of a subclass and in unusual memory give the same results', () => {
    const foreign = runInNewContext('(octets) => Uint8Array.from(octets)');
    for (const as of [foreign, Buffer.from, shared, resizable] as ((octets: Uint8Array) => Uint8Array)[]) {
      expect(hex(ed448.sign(as(message), as(secretKey), { context: as(none) }))).toBe(hex(signature));
      expect(ed448.verify(as(signature), as(message), as(publicKey))).toBe(true);
      expect(ed448.prepare(as(publicKey)).verify(as(signature), as(message))).toBe(true);
      expect(hex(sha512(as(message)))).toBe(hex(sha512(message)));
      expect(hex(hmacSha512(as(message), as(secretKey)))).toBe(hex(hmacSha512(message, secretKey)));
      expect(hex(x448.getPublicKey(as(pattern(56))))).toBe(hex(x448.getPublicKey(pattern(56))));
      expect(hex(overlay.seedKey(as(pattern(56))).publicKey)).toBe(hex(overlay.seedKey(pattern(56)).publicKey));
      const sum = overlay.combinePublicKeys(as(publicKey), { crv: 'Ed448', publicKey: as(primeOrderEdwards[1]!) });
      expect(hex(sum)).toBe(hex(overlay.combinePublicKeys(publicKey, primeOrderEdwards[1]!)));
    }
  });

  test('what only looks like octets is refused by every function (not_bytes)', () => {
    for (const as of [
      (octets: Uint8Array) => new Proxy(octets, {}),
      (octets: Uint8Array) => Object.create(octets),
      (octets: Uint8Array) => {
        const gone = fresh(octets);
        detach(gone);
        return gone;
      },
    ]) {
      for (const call of [
        () => ed448.sign(as(message), secretKey),
        () => ed448.sign(message, as(secretKey)),
        () => ed448.sign(message, secretKey, { context: as(message) }),
        () => ed448.verify(as(signature), message, publicKey),
        () => ed448.verifyBatch([{ signature, message, publicKey: as(publicKey) }]),
        () => ed448.prepareSigner(as(secretKey)),
        () => sha512(as(message)),
        () => sha512.create().update(as(message)),
        () => sha512.create().digestInto(as(signature)),
        () => shake256(as(message), { dkLen: 1 }),
        () => x448.getSharedSecret(as(pattern(56)), pattern(56)),
        () => overlay.seedKey(as(secretKey)),
        () => overlay.composeKey(secretKey, { crv: 'Ed448', secretKey: as(secretKey) }),
        () => overlay.combinePublicKeys(publicKey, as(publicKey)),
        () => overlay.seedKey(secretKey).agree(as(publicKey)),
        () => mesh.group448.scalarFromWide(as(message)),
      ]) {
        expect(codeOf(call)).toBe('not_bytes');
      }
    }
  });

  test('octets in the place of options are refused, and so is what has its options elsewhere (bad_option)', () => {
    class Options {
      get context() {
        return message;
      }
    }
    for (const bad of [message, [message], Buffer.from(message), new Options(), Object.create({ context: message })]) {
      for (const call of [
        () => ed448.sign(message, secretKey, bad as never),
        () => ed448ph.sign(message, secretKey, bad as never),
        () => ed448.verify(signature, message, publicKey, bad as never),
        () => ed448.prepare(publicKey).verify(signature, message, bad as never),
        () => ed448.prepareSigner(secretKey).sign(message, bad as never),
        () => shake256(message, bad as never),
        () => overlay.seedKey(secretKey, bad as never),
        () => overlay.seedKey(secretKey).sign(message, bad as never),
        () => overlay.composeKey(secretKey, pattern(56), bad as never),
        () => overlay.combinePublicKeys(publicKey, publicKey, bad as never),
        () => overlay.detectPublicNonce(signature, message, publicKey, bad as never),
      ]) {
        expect(codeOf(call)).toBe('bad_option');
      }
    }
  });

  test('what was written to Object.prototype changes nothing', () => {
    const bound = ed448.sign(message, secretKey, { context: message });
    polluted.context = message;
    polluted.deterministic = true;
    polluted.dkLen = 3;
    expect(hex(ed448.sign(message, secretKey, {}))).toBe(hex(signature));
    expect(ed448.verifyBatch([{ signature, message, publicKey }])).toEqual([true]);
    expect(ed448.verifyBatch([{ signature: bound, message, publicKey }])).toEqual([false]);
    expect(codeOf(() => shake256(message, {} as never))).toBe('bad_length');
    const key = overlay.composeKey(pattern(56), pattern(56, 2), {});
    expect(hex(key.sign(message, {}))).not.toBe(hex(key.sign(message, {})));
  });

  test('memory that a getter of the options takes away is noticed (not_bytes)', () => {
    const key = overlay.seedKey(secretKey);
    const signer = ed448.prepareSigner(secretKey);
    const prepared = ed448.prepare(publicKey);
    for (const [octets, call] of [
      [message, (m: Uint8Array, o: never) => ed448.sign(m, secretKey, o)],
      [secretKey, (s: Uint8Array, o: never) => ed448.sign(message, s, o)],
      [signature, (s: Uint8Array, o: never) => ed448.verify(s, message, publicKey, o)],
      [message, (m: Uint8Array, o: never) => ed448.verify(signature, m, publicKey, o)],
      [publicKey, (k: Uint8Array, o: never) => ed448.verify(signature, message, k, o)],
      [message, (m: Uint8Array, o: never) => ed448ph.verify(signature, m, publicKey, o)],
      [signature, (s: Uint8Array, o: never) => prepared.verify(s, message, o)],
      [message, (m: Uint8Array, o: never) => prepared.verify(signature, m, o)],
      [message, (m: Uint8Array, o: never) => signer.sign(m, o)],
      [message, (m: Uint8Array, o: never) => key.sign(m, o)],
      [signature, (s: Uint8Array, o: never) => overlay.detectPublicNonce(s, message, publicKey, o)],
      [message, (m: Uint8Array, o: never) => overlay.detectPublicNonce(signature, m, publicKey, o)],
    ] as const) {
      const argument = fresh(octets);
      expect(
        codeOf(() =>
          call(
            argument,
            trap('context', none, () => detach(argument)),
          ),
        ),
      ).toBe('not_bytes');
    }
    const hashed = fresh(message);
    expect(
      codeOf(() =>
        shake256(
          hashed,
          trap('dkLen', 3, () => detach(hashed)),
        ),
      ),
    ).toBe('not_bytes');
    const seed = fresh(secretKey);
    expect(
      codeOf(() =>
        overlay.seedKey(
          seed,
          trap('crv', 'Ed448', () => detach(seed)),
        ),
      ),
    ).toBe('not_bytes');
    for (const call of [
      (s: Uint8Array, o: never) => overlay.composeKey(s, pattern(56), o),
      (s: Uint8Array, o: never) => overlay.composeKey(pattern(56), s, o),
    ]) {
      const argument = fresh(secretKey);
      expect(
        codeOf(() =>
          call(
            argument,
            trap('crv', 'Ed448', () => detach(argument)),
          ),
        ),
      ).toBe('not_bytes');
    }
    const base = fresh(publicKey);
    const operand = trap('publicKey', publicKey, () => detach(base));
    expect(codeOf(() => overlay.combinePublicKeys(base, operand))).toBe('not_bytes');
  });

  test('a getter of the options that destroys the key does not make it sign with zeros (destroyed)', () => {
    for (const key of [ed448.prepareSigner(secretKey), overlay.seedKey(secretKey)]) {
      expect(
        codeOf(() =>
          key.sign(
            message,
            trap('context', none, () => key.destroy()),
          ),
        ),
      ).toBe('destroyed');
    }
  });

  test('verifyBatch refuses holes and what is no object (bad_option)', () => {
    const good = { signature, message, publicKey };
    const holes = [good, good, good];
    delete holes[1];
    for (const bad of [holes, new Array(3), [undefined], [null], [5], ['text'], [good, none], [[good]]]) {
      expect(codeOf(() => ed448.verifyBatch(bad as never))).toBe('bad_option');
      expect(codeOf(() => ed448ph.verifyBatch(bad as never))).toBe('bad_option');
    }
  });

  test('verifyBatch reads every member once, and all of them before it checks one', () => {
    const reads: string[] = [];
    const counted = { signature, message, publicKey, context: none };
    const items = [0, 1, 2, 3].map((i) => {
      const item = {};
      for (const [name, value] of Object.entries(counted)) {
        Object.defineProperty(item, name, {
          enumerable: true,
          get() {
            reads.push(`${i} ${name}`);
            return value;
          },
        });
      }
      return item as typeof counted;
    });
    expect(ed448.verifyBatch(items)).toEqual([true, true, true, true]);
    expect(reads.length).toBe(16);
    expect(new Set(reads).size).toBe(16);

    for (const name of ['signature', 'message', 'publicKey', 'context'] as const) {
      const first = { ...counted, [name]: fresh(counted[name].length > 0 ? counted[name] : pattern(3)) };
      const last = trap('context', none, () => detach(first[name]));
      Object.assign(last, { signature, message, publicKey });
      expect(codeOf(() => ed448.verifyBatch([first, counted, last]))).toBe('not_bytes');
    }
  });

  test('a backend is given a copy of shared and resizable memory: a message signed in two passes is one message', () => {
    for (const as of [shared, resizable]) {
      const raced = as(message);
      const seen: string[] = [];
      const racing = (text: Uint8Array) => {
        expect(text.buffer).not.toBe(raced.buffer);
        raced[0] = (raced[0] as number) ^ 1;
        seen.push(hex(text));
      };
      const spy: Backend = {
        ...backend,
        ed448Sign(text, ...rest) {
          racing(text);
          return backend.ed448Sign(text, ...rest);
        },
        ed448SignKey(text, ...rest) {
          racing(text);
          return backend.ed448SignKey(text, ...rest);
        },
      };
      const watched: Mesh = assemble(() => spy);
      const second = Uint8Array.of((message[0] as number) ^ 1, ...message.subarray(1));
      expect(hex(watched.ed448.sign(raced, secretKey))).toBe(hex(signature));
      const other = watched.ed448.prepareSigner(secretKey).sign(raced);
      expect(hex(other)).toBe(hex(ed448.sign(second, secretKey)));
      expect(seen).toEqual([hex(message), hex(second)]);
    }
  });

  test('what was written to the public members of an object changes nothing', () => {
    const x = overlay.seedKey(pattern(56), { crv: 'X448' });
    Object.assign(x, { crv: 'Ed448' });
    expect(codeOf(() => x.sign(message))).toBe('unsupported_algorithm');
    const key = overlay.seedKey(secretKey);
    Object.assign(key, { crv: 'X448', publicKey: none });
    expect(hex(key.sign(message))).toBe(hex(signature));
    const hash = shake256.create({ dkLen: 32 }).update(message);
    Object.assign(hash, { outputLen: 3 });
    expect(hex(hash.digest())).toBe(hex(shake256(message, { dkLen: 32 })));
  });

  test('digestInto writes to the memory of the caller whatever kind it is, and by no function of the caller', () => {
    const digest = hex(sha512(message));
    for (const out of [shared(new Uint8Array(64)), resizable(new Uint8Array(64)), new Uint8Array(64)]) {
      Object.defineProperty(out, 'set', { value: () => undefined });
      sha512.create().update(message).digestInto(out);
      expect(hex(out)).toBe(digest);
      shake256.create({ dkLen: 64 }).update(message).digestInto(out);
      expect(hex(out)).toBe(hex(shake256(message, { dkLen: 64 })));
    }
  });

  test('names of curves that are no text are refused by code', () => {
    for (const crv of [{}, Object.create(null), Symbol('X448'), 5, ['X448']] as never[]) {
      expect(codeOf(() => overlay.seedKey(secretKey, { crv }))).toBe('unsupported_algorithm');
      expect(codeOf(() => overlay.composeKey({ crv, secretKey }, secretKey))).toBe('unsupported_algorithm');
      expect(codeOf(() => overlay.combinePublicKeys({ crv, publicKey }, publicKey))).toBe('unsupported_algorithm');
    }
  });
});
