/**
 * The bill of materials of what users install (CycloneDX, by npm), and whether its licences are among those allowed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out, output, root } from '../runtimes/place.ts';

/** May be given on under the terms of MIT. */
const allowed = ['MIT', '(MIT OR Apache-2.0)'];

interface Component {
  name: string;
  version: string;
  licenses?: { license?: { id?: string }; expression?: string }[];
  hashes?: { alg: string }[];
}

interface Manifest {
  name: string;
  version: string;
  dependencies: Record<string, string>;
  [member: string]: unknown;
}

/** Writes it to `sbom.cdx.json`. @returns a summary @throws Error when it lacks or has too much, or a licence is not allowed */
export async function bill(): Promise<string> {
  const { name, version, dependencies, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Manifest;
  // npm takes the name of the folder for that of the package, and refuses while development dependencies are missing.
  const cwd = join(out, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name, version, license, dependencies }));
  await output('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd });
  const text = await output('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'], { cwd });
  const { metadata, components } = JSON.parse(text) as { metadata: { component: Component }; components: Component[] };

  const listed = Object.fromEntries(components.map((each) => [each.name, each.version]));
  const same = (a: object, b: object) =>
    JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
  if (!same(listed, dependencies)) throw new Error(`dependencies of dependencies: ${JSON.stringify(listed)}`);
  for (const { name, licenses = [], hashes = [] } of [metadata.component, ...components]) {
    const terms = licenses.map(({ license, expression }) => license?.id ?? expression ?? 'unknown');
    if (terms.length === 0 || !terms.every((term) => allowed.includes(term))) throw new Error(`${name}: ${terms}`);
    if (name !== metadata.component.name && hashes.length === 0) throw new Error(`${name}: no digest`);
  }
  writeFileSync(join(root, 'sbom.cdx.json'), `${text}\n`);
  return `sbom.cdx.json: ${components.length} components, all ${allowed.join(' or ')}`;
}
