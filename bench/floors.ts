/**
 * The floors: how many times faster than a peer each operation has to be (ratio of the minima of interleaved samples, Node 20 on x64), and
 * limits of sizes. Source: the performance goals of the core, which rest on a prototype's measurements. How they are checked: check.ts.
 */

/** At least this ratio. */
export interface Floor {
  row: string;
  own: string;
  peer: string;
  ratio: number;
}

/** At most this much, in the unit of the row. */
export interface Limit {
  row: string;
  own: string;
  most: number;
}

const floor = (row: string, peer: string, ratio: number, own = 'wasm'): Floor => ({ row, own, peer, ratio });

/** Ratios to node:crypto, @noble and hash-wasm. */
export const floors: readonly Floor[] = [
  floor('ed448/public-key', 'node, DER in', 3.4),
  floor('ed448/keygen', 'node', 3.4),
  floor('ed448/sign', 'node, DER in', 3.2),
  floor('ed448/sign-prepared', 'node', 3.2),
  floor('ed448/verify', 'node', 1.25),
  floor('ed448/verify-prepared', 'node', 1.4),
  floor('batch/distinct-keys', 'node', 2.3),
  floor('batch/one-key', 'node', 5.4),
  floor('x448/agreement', 'node', 0.9),
  floor('hash/sha512/64 B', 'node', 3.3),
  floor('hash/sha512/1 KiB', 'node', 1.3),
  floor('hash/sha512/64 KiB', 'node', 0.86),
  floor('hash/sha512/1 MiB', 'node', 0.86),
  floor('hash/shake256/64 B', 'node', 1.4),
  floor('hash/shake256/1 KiB', 'node', 1),
  floor('hash/shake256/64 KiB', 'node', 0.75),
  floor('hash/shake256/1 MiB', 'node', 0.75),

  floor('hash/sha512/64 KiB', 'hash-wasm', 1.6),
  floor('hash/sha512/1 MiB', 'hash-wasm', 1.6),

  floor('ed448/sign', 'noble', 20),
  floor('ed448/sign-prepared', 'noble', 20),
  floor('ed448/verify', 'noble', 22),
  floor('x448/agreement', 'noble', 18),

  floor('shamir/split', 'shamir-secret-sharing', 5),
  floor('shamir/split', 'secrets.js-grempe', 5),
  floor('shamir/split', 'shamirs-secret-sharing', 5),
  // shamir-secret-sharing looks octets up in tables and has no texts: its 2 microseconds are no floor (peers/sharing.ts).
  floor('shamir/combine', 'secrets.js-grempe', 5),
  floor('shamir/combine', 'shamirs-secret-sharing', 5),
  floor('shamir/both', 'shamir-secret-sharing', 5),
  floor('frost/round-one', 'one sign', 1 / 2.5),
  // Barely reached where both are warm, and not here, where one call comes after those of others: four points need eight roots, since each
  // point of others is tested for its order, and their scalars have full size, where verification has half of it.
  floor('frost/round-two', 'one verify', 1 / 2.5),
  floor('frost/whole', 'noble', 8),

  floor('threshold/contribution-x448', 'one X448', 1 / 1.3),

  floor('jsonb/encode/ProfileDevice', 'JSON', 1 / 2),
  floor('jsonb/decode/ProfileDevice', 'JSON', 1 / 2),
  floor('jsonb/encode/CatalogedDevice', 'JSON', 1 / 2),
  floor('jsonb/decode/CatalogedDevice', 'JSON', 1 / 2),
  floor('jsonb/encode/CatalogedDevice', 'cbor-x', 1 / 1.5),
  floor('jsonb/decode-views/CatalogedDevice', 'cbor-x', 1 / 1.5),
  floor('jsonb/encode/64 KiB', 'JSON', 1),
  floor('jsonb/decode/64 KiB', 'JSON', 1),
  floor('jsonb/encode/1 MiB', 'JSON', 1),
  floor('jsonb/decode/1 MiB', 'JSON', 1),

  floor('frames/scan/20 B', 'js', 3),
  // Missed (2.0 to 2.7): the copy of the file into the module weighs more, the longer a frame is.
  floor('frames/scan/66 B', 'js', 3),
  floor('frames/scan/64 KiB', 'one copy', 1),
  floor('frames/chain/4 KiB', 'one SHA-512', 0.9),
  floor('frames/chain/64 KiB', 'one SHA-512', 0.9),

  floor('dare/stream/seal-gcm', 'AES + SHA-512', 0.8),
  floor('dare/stream/seal-cbc', 'AES + SHA-512', 0.8),
  floor('dare/stream/open-gcm', 'AES + SHA-512', 0.8),
  // Below on a busy machine: what comes out after two readings is marked in the first and checked in the second, which the peer does not do.
  floor('dare/stream/open-cbc', 'AES + SHA-512', 0.8),
  floor('dare/file/seal', 'age', 1),
  floor('dare/file/open', 'age', 1),
  floor('dare/file/seal-stream', 'age', 1),
  floor('dare/file/open-stream', 'age', 1),

  // Blocking, missed on a fast medium: about 1.5 times as long, not 1.3.
  floor('sequence/append', 'write + fdatasync', 1 / 1.3),
  floor('sequence/append-blocking', 'write + fdatasync', 1 / 1.3),
  // Missed (0.5 on a busy machine): a whole sequence, read from its storage and parsed; frames/chain has the digests alone.
  floor('sequence/verify-large', 'node, SHA-512 of the file', 0.9),

  // At most 1.3 times the import of noble, which the fallback contains; without the fallback, less than it.
  floor('startup/import', 'noble', 1 / 1.3, 'mathmesh'),
  floor('startup/import', 'noble', 1, 'mathmesh/wasm'),
  floor('startup/process-sign', 'noble', 1, 'mathmesh'),
];

/** Sizes. */
export const limits: readonly Limit[] = [
  { row: 'startup/module', own: 'mesh.wasm', most: 64 },
  { row: 'startup/instance', own: 'mesh.wasm', most: 4 },
  // Not reached by what was there when the limit was set; what came later is not counted.
  { row: 'startup/bundle-core', own: 'mathmesh', most: 45 },
];
