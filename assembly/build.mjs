/**
 * Compiles assembly/ to dist/mesh.wasm and embeds it, as text, in src/backend/wasm/module.gen.ts.
 *
 *     node assembly/build.mjs           build
 *     node assembly/build.mjs --check   build twice from scratch and compare every octet
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { source as product } from './fp448_product.mjs';
import { source as rounds } from './hash_rounds.mjs';
import { pack } from './pack.mjs';

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
  await rm(new URL('dist/', root), { recursive: true, force: true });
  await mkdir(new URL('dist/', root));
  await writeFile(new URL('dist/mesh.wasm', root), wasm);
  await writeFile(
    new URL('src/backend/wasm/module.gen.ts', root),
    `/** assembly/ compiled and packed; written by assembly/build.mjs. */\nexport const packedModule: string =\n  "${pack(wasm)}";\n`,
  );
}
