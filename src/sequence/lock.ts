/**
 * The exclusive lock on a file of Node: a second file beside it that names the process which has it. A lock whose process is dead, whose
 * computer has been started anew, or which was given up after an error is broken, by one process only. Not for file systems shared by computers:
 * there a lock is never taken for dead. Nor is that of a process in another container, whose number means nothing here, until the computer is started anew.
 *
 * Invariants. A lock file appears whole (it is linked, not written in place). It is removed by its owner, or replaced by the one
 * process that holds the right to break it: a file named after its token, itself made like a lock, so that a dead breaker can be broken too.
 * Who has the right looks once more whether the lock is still the one to be broken.
 */
import { linkSync, readFileSync, readlinkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';

/** Who has a lock. */
interface Owner {
  token: string;
  pid: number;
  /** When the process started, where the system says so: numbers of processes are used again. */
  started: string;
  host: string;
  /** Which start of the computer, where the system says so. */
  boot: string;
  /** In which numbers of processes `pid` counts, where the system says so: a container has its own. */
  namespace: string;
}

/** A lock that is held. */
export interface Lock {
  /** Whether there was none before: the last owner closed in order. */
  readonly clean: boolean;
  /** Gives it up. After an error the lock stays, as that of a dead process. */
  release(clean: boolean): void;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat behind the name, which may hold anything. */
function statOf(pid: number): string[] {
  const text = textOf(`/proc/${pid}/stat`) ?? '';
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

const bootOf = () => textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

function namespaceOf(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function self(pid = process.pid): Owner {
  const token = Array.from(randomBytes(16), (octet) => octet.toString(16).padStart(2, '0')).join('');
  const started = statOf(process.pid)[19] ?? '';
  return { token, pid, started, host: hostname(), boot: bootOf(), namespace: namespaceOf() };
}

function ownerOf(path: string): Owner | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  try {
    const { token, pid, started, host, boot, namespace } = JSON.parse(text) as Partial<Owner>;
    // The token becomes part of a file name.
    if (typeof token !== 'string' || !/^[0-9a-f]{32}$/.test(token))
      fail('locked', `${path} is no lock of this package`);
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid)) fail('locked', `${path} is no lock of this package`);
    return {
      token,
      pid,
      started: String(started),
      host: String(host),
      boot: String(boot),
      namespace: String(namespace),
    };
  } catch {
    return fail('locked', `${path} is no lock of this package`);
  }
}

function isDead({ pid, started, host, boot, namespace }: Owner): boolean {
  if (host !== hostname()) return false;
  if (pid <= 0 || boot !== bootOf()) return true;
  if (namespace !== namespaceOf()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process, so there is one.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const stat = statOf(pid);
  const [state = '', start = ''] = [stat[0], stat[19] ?? ''];
  return state === 'Z' || state === 'X' || (started !== '' && start !== '' && started !== start);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already.
  }
}

/** A file of its own with the owner in it; it is linked or renamed to where it counts. */
function written(base: string, owner: Owner): string {
  const path = `${base}.${owner.token}`;
  writeFileSync(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
  return path;
}

/** Whether the file could be put there, whole, where no file was. */
function placed(path: string, owner: Owner): boolean {
  const own = written(path, owner);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    remove(own);
  }
}

const rightTo = (base: string, token: string): string => `${base}.break-${token}`;

/** The right to break the lock with this token, and the files that stand for it; none while somebody else has it. */
function takeRight(base: string, token: string, owner: Owner): string[] | undefined {
  const path = rightTo(base, token);
  if (placed(path, owner)) return [path];
  const holder = ownerOf(path);
  if (holder === undefined || !isDead(holder)) return undefined;
  const rights = takeRight(base, holder.token, owner);
  return rights === undefined ? undefined : [...rights, path];
}

/** Whether the lock of a dead owner was replaced by ours. */
function broken(path: string, dead: Owner, owner: Owner): boolean {
  const rights = takeRight(path, dead.token, owner);
  if (rights === undefined) return false;
  const still = ownerOf(path)?.token === dead.token;
  if (still) renameSync(written(path, owner), path);
  for (const right of rights) remove(right);
  return still;
}

/**
 * Takes the lock at a path.
 *
 * @throws MeshError `locked` while a process has it that may be alive, `storage`
 */
export function takeLock(path: string): Lock {
  const owner = self();
  let clean = true;
  if (!placed(path, owner)) {
    const found = ownerOf(path);
    if (found === undefined ? !placed(path, owner) : !isDead(found) || !broken(path, found, owner)) {
      fail('locked', found === undefined ? path : `${path}, by process ${found.pid} on ${found.host}`);
    }
    clean = found === undefined;
  }
  return {
    clean,
    release(inOrder) {
      // Somebody may have removed it by hand; another's is left alone.
      if (textOf(path) !== JSON.stringify(owner)) return;
      if (inOrder) remove(path);
      else renameSync(written(path, self(0)), path);
    },
  };
}
