/**
 * Where the octets of a sequence are. Memory, octets that do not change, and a Blob are here; a file of Node is in file.ts and the private
 * file system of browsers in opfs.ts. Not the format.
 */
import { bytes, empty } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';

/** A value, now or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A place for octets that grows at its end. Everything may answer with a value or a promise. One sequence uses it at a time.
 */
export interface SequenceStorage {
  /** Nothing is written: `append`, `truncate` and `sync` are never called. */
  readonly readOnly?: boolean;
  /**
   * Whether the last user is known to have closed it in order. Otherwise all frames are walked through when a sequence is opened for writing, because
   * the end of a frame that a crash has cut off may look like a whole one.
   */
  readonly clean?: boolean;
  /** Number of octets. */
  size(): Awaitable<number>;
  /** Exactly these octets; the caller keeps within the size. Fresh memory, or memory that never changes. */
  read(offset: number, length: number): Awaitable<Uint8Array>;
  /** Writes at the end. After an error any part of the octets may be there. */
  append(octets: Uint8Array): Awaitable<void>;
  /** Gives up everything from an offset on. */
  truncate(size: number): Awaitable<void>;
  /** Everything written is on the medium when this returns. */
  sync(): Awaitable<void>;
  /** Keeps octets that are about to be truncated, for people to look at. */
  keepAside?(octets: Uint8Array, offset: number): Awaitable<void>;
  /** Gives it back. `clean` is false after an error that may have left something half written. */
  close(clean: boolean): Awaitable<void>;
}

const refuse = (): never => fail('read-only');

/** Memory that grows. `bytes()` gives what it holds. */
export class MemoryStorage implements SequenceStorage {
  readonly clean: boolean = false;
  #memory: Uint8Array;
  #size: number;

  /** @internal */
  constructor(initial: Uint8Array) {
    this.#memory = initial.slice();
    this.#size = initial.length;
  }

  /** A copy of the octets. */
  bytes(): Uint8Array {
    return this.#memory.slice(0, this.#size);
  }

  size(): number {
    return this.#size;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#memory.slice(offset, offset + length);
  }

  append(octets: Uint8Array): void {
    const size = this.#size + octets.length;
    if (size > this.#memory.length) {
      const memory = new Uint8Array(Math.max(size, 2 * this.#memory.length));
      memory.set(this.#memory.subarray(0, this.#size));
      this.#memory = memory;
    }
    this.#memory.set(octets, this.#size);
    this.#size = size;
  }

  truncate(size: number): void {
    this.#size = size;
  }

  sync(): void {}

  close(): void {}
}

/** Octets that do not change: the caller's are copied. */
export function octetStorage(given: Uint8Array): SequenceStorage {
  const octets = bytes(given, 'octets').slice();
  return {
    readOnly: true,
    size: () => octets.length,
    read: (offset, length) => octets.slice(offset, offset + length),
    append: refuse,
    truncate: refuse,
    sync: refuse,
    close: () => {},
  };
}

/** What is used of a Blob or File. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A Blob or File, of which only what is asked for is read. */
export function blobStorage(blob: BlobLike): SequenceStorage {
  if (typeof blob?.slice !== 'function' || typeof blob.size !== 'number') fail('bad_option', 'not a Blob');
  return {
    readOnly: true,
    size: () => blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
    append: refuse,
    truncate: refuse,
    sync: refuse,
    close: () => {},
  };
}

/** The octets that a storage has at an offset. @throws MeshError `storage` when it gives others than asked for, or fails */
export async function readFrom(storage: SequenceStorage, offset: number, length: number): Promise<Uint8Array> {
  if (length === 0) return empty;
  const octets = await guarded('read', () => storage.read(offset, length));
  if (!(octets instanceof Uint8Array) || octets.length !== length) {
    fail('storage', `asked for ${length} octets at ${offset}`);
  }
  return octets;
}

/** Runs an operation of a storage. @throws MeshError `storage` with the cause, and codes of this package as they are */
export async function guarded<T>(what: string, operation: () => Awaitable<T>): Promise<T> {
  try {
    return await operation();
  } catch (cause) {
    throw storageError(what, cause);
  }
}

function storageError(what: string, cause: unknown): MeshError {
  if (cause instanceof MeshError) return cause;
  return new MeshError('storage', `${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
