/**
 * Compiles assembly/ to dist/mesh.wasm and embeds it, as base64, in src/backend/wasm/module.gen.ts.
 *
 *     node assembly/build.mjs           build
 *     node assembly/build.mjs --check   build twice from scratch and compare every octet
 */
import { mkdir, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { source as product } from './fp448_product.mjs';
import { source as rounds } from './hash_rounds.mjs';

const root = new URL('../', import.meta.url);

async function compile() {
  await writeFile(new URL('fp448_product.gen.ts', import.meta.url), product);
  await writeFile(new URL('hash_rounds.gen.ts', import.meta.url), rounds);
  const outputs = new Map();
  const { error, stderr } = await asc.main(['--config', 'asconfig.json', '--outFile', 'mesh.wasm'], {
    writeFile: (name, contents) => outputs.set(name, contents),
    baseDir: root.pathname,
  });
  if (error) throw new Error(`${stderr}${error.message}`);
  return Buffer.from(outputs.get('mesh.wasm'));
}

const wasm = await compile();
if (process.argv.includes('--check')) {
  if (!wasm.equals(await compile())) throw new Error('two builds of the module differ');
  console.log(`two builds of the module are identical (${wasm.length} octets)`);
} else {
  await mkdir(new URL('dist/', root), { recursive: true });
  await writeFile(new URL('dist/mesh.wasm', root), wasm);
  const base64 = wasm.toString('base64');
  await writeFile(
    new URL('src/backend/wasm/module.gen.ts', root),
    `/** assembly/ compiled; written by assembly/build.mjs. */\nexport const moduleBase64: string =\n  '${base64}';\n`,
  );
}
