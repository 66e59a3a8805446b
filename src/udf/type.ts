/**
 * UDF type identifiers: the first octet of the binary form (draft-hallambaker-mesh-udf sections 3.2 and 9.5).
 * Not the letters a text begins with: those show five of its eight bits, and several types share one.
 */
import { fail } from '../errors.ts';

/** Type identifiers by name. Digests: the identifier without compression; `digestSha3G1` is the share identifier's first use. */
export const type = {
  authenticator: 0,
  authenticatorSha3: 1,
  encryptionKey: 32,
  encryptionSignatureKey: 33,
  digestSha3: 80,
  digestSha2: 96,
  nonce: 104,
  oid: 112,
  randomG1: 136,
  share: 144,
  digestSha3G1: 144,
  seed: 200,
} as const;

/** Digest identifiers span the uncompressed one and four levels of compression. */
const levels = 4;

const known: ReadonlySet<number> = /* @__PURE__ */ new Set(Object.values(type));

/** Whether the identifier is of a content digest, at any level of compression. */
export function isDigest(id: number): boolean {
  return (
    (id >= type.digestSha2 && id <= type.digestSha2 + levels) ||
    (id >= type.digestSha3 && id <= type.digestSha3 + levels)
  );
}

/** Refuses an identifier which is not among `wanted`. @throws MeshError `unknown_type`, `wrong_type` */
export function expectType(id: number, ...wanted: number[]): void {
  if (wanted.includes(id)) return;
  if (!known.has(id) && !isDigest(id)) fail('unknown_type', String(id));
  fail('wrong_type', `${id}, not ${wanted.join(' or ')}`);
}
