/**
 * The machine and the versions behind a table. Only for Node.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Where the figures come from. */
export interface Machine {
  processor: string;
  cores: number;
  platform: string;
  /** Versions by name: the runtime, its parts, the peers. */
  versions: Record<string, string>;
  /** Work of others in the last minute, in cores, when the run began. */
  load: number;
}

/** The root of the repository. */
export const root: URL = new URL('../', import.meta.url);

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(new URL(`${folder}package.json`, root), 'utf8')) as { version: string }).version;
}

/** This machine, now. */
export function thisMachine(): Machine {
  const { node, v8, openssl } = process.versions as Record<string, string>;
  const peers = ['@noble/curves', '@noble/hashes', 'hash-wasm'].map((name) => [
    name,
    versionOf(`node_modules/${name}/`),
  ]);
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
    versions: {
      mathmesh: versionOf(''),
      node: node as string,
      v8: v8 as string,
      openssl: openssl as string,
      ...Object.fromEntries(peers),
    },
    load: Math.round((loadavg()[0] as number) * 100) / 100,
  };
}

/** One line for people. */
export function describe({ processor, cores, platform, versions }: Machine): string {
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${processor}, ${cores} cores, ${platform}; ${parts.join(', ')}`;
}
