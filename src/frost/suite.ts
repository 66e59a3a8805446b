/**
 * The two ciphersuites of RFC 9591 that make EdDSA signatures: FROST(Ed25519, SHA-512), section 6.1, and FROST(Ed448, SHAKE256), section 6.3.
 * Hashes and encodings over a group. Not for what signers and coordinator do with them.
 */
import type { Provider } from '../backend/types.ts';
import { concat, confirmed, empty, equal, room, sized, wipe } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';
import { type Group, groupOf } from '../threshold/group.ts';
import { fromUtf8 } from '../utf8.ts';

/** The curves whose keys sign. */
export type FrostCrv = 'Ed448' | 'Ed25519';

/** A ciphersuite. Scalars are those of the group inside, and have {@link Suite.scalarOctets} outside. */
export interface Suite {
  readonly crv: FrostCrv;
  readonly group: Group;
  /** Ns: 57 or 32. */
  readonly scalarOctets: number;
  /** H1, for binding factors. */
  rho(...parts: Uint8Array[]): Uint8Array;
  /** The hash of the signature scheme, modulo L. */
  digest(...parts: Uint8Array[]): Uint8Array;
  /** H2: the challenge of the signature, RFC 8032 without context. */
  challenge(R: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Uint8Array;
  /** H3, of 32 random octets and a secret scalar. */
  nonce(random: Uint8Array, secret: Uint8Array): Uint8Array;
  /** H4. */
  messageHash(message: Uint8Array): Uint8Array;
  /** H5. */
  commitmentsHash(encoded: Uint8Array): Uint8Array;
  /** SerializeScalar. */
  encodeScalar(scalar: Uint8Array): Uint8Array;
  /** DeserializeScalar. @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range` */
  decodeScalar(value: unknown, name: string): Uint8Array;
  /** SerializeScalar of an index. */
  encodeIndex(index: number): Uint8Array;
  /** Whether an ordinary verifier takes the signature; R has order L. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/** What differs. */
interface Parameters {
  crv: FrostCrv;
  context: string;
  scalarOctets: number;
  /** What precedes R in the challenge. */
  challengePrefix: Uint8Array;
  hash(message: Uint8Array): Uint8Array;
  verify(suite: Suite, signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

function makeSuite(p: Provider, { crv, context, scalarOctets, challengePrefix, hash, verify }: Parameters): Suite {
  const group = groupOf(p, crv);
  const prefix = (label: string) => fromUtf8(`${context}${label}`);
  const [rho, nonce, msg, com] = [prefix('rho'), prefix('nonce'), prefix('msg'), prefix('com')];
  const encodeScalar = (scalar: Uint8Array) => {
    const out = room(scalarOctets);
    out.set(scalar);
    return out;
  };
  const digest = (...parts: Uint8Array[]) => group.reduce(hash(concat(...parts)));
  const suite: Suite = {
    crv,
    group,
    scalarOctets,
    rho: (...parts) => digest(rho, ...parts),
    digest,
    challenge: (R, publicKey, message) => digest(challengePrefix, R, publicKey, message),
    nonce(random, secret) {
      const encoded = encodeScalar(secret);
      const input = concat(nonce, random, encoded);
      const digest = hash(input);
      try {
        return group.reduce(digest);
      } finally {
        wipe(encoded, input, digest);
      }
    },
    messageHash: (message) => hash(concat(msg, message)),
    commitmentsHash: (encoded) => hash(concat(com, encoded)),
    encodeScalar,
    decodeScalar(value, name) {
      const octets = sized(value, name, 'bad_private_length', scalarOctets);
      // The 57th octet of an Ed448 scalar is zero (RFC 9591 section 6.3); there is none for Ed25519.
      let above = 0;
      for (const octet of octets.subarray(group.scalarLength)) above |= octet;
      if (above !== 0) fail('scalar_out_of_range', name);
      return group.scalar(octets.subarray(0, group.scalarLength), name);
    },
    encodeIndex: (index) => encodeScalar(indexScalar(group, index)),
    verify: (signature, message, publicKey) => verify(suite, signature, message, publicKey),
  };
  return suite;
}

/** An index, up to 65,535, as a scalar. */
export function indexScalar(group: Group, index: number): Uint8Array {
  const out = room(group.scalarLength);
  out[0] = index & 0xff;
  out[1] = index >> 8;
  return out;
}

/** The suite of a curve. @throws MeshError `unsupported_algorithm` */
export function suiteOf(p: Provider, crv: unknown): Suite {
  switch (crv) {
    case 'Ed448':
      return makeSuite(p, {
        crv,
        context: 'FROST-ED448-SHAKE256-v1',
        scalarOctets: 57,
        challengePrefix: fromUtf8('SigEd448\0\0'),
        hash: (message) => confirmed(() => p().shake256(message, 114)),
        verify: (_suite, signature, message, publicKey) => p().ed448Verify(signature, message, publicKey, empty, 0),
      });
    case 'Ed25519':
      return makeSuite(p, {
        crv,
        context: 'FROST-ED25519-SHA512-v1',
        scalarOctets: 32,
        challengePrefix: empty,
        hash: (message) => confirmed(() => p().sha512(message)),
        verify: holds,
      });
    default:
      return fail('unsupported_algorithm', 'crv');
  }
}

/** z B = R + c A, without the cofactor: the strictest form of RFC 8032 section 5.1.7. */
function holds(suite: Suite, signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const { group } = suite;
  const [R, z] = [signature.subarray(0, group.pointLength), signature.subarray(group.pointLength)];
  const one = indexScalar(group, 1);
  const c = suite.challenge(R, publicKey, message);
  return sameSum(() => [group.base(z), group.combination([one, c], [R, publicKey])]);
}

/** Whether two points are the same; `false` when one of them is the identity, which no honest run of the protocol gives. */
export function sameSum(points: () => [Uint8Array, Uint8Array]): boolean {
  try {
    return equal(...points());
  } catch (error) {
    if (error instanceof MeshError && error.code === 'identity_result') return false;
    throw error;
  }
}
