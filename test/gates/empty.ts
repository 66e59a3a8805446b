/**
 * The packed package in an empty folder: installed by npm, imported, required, and run by its command. Not every subpath: see package.test.ts.
 */
import { consumer, output } from '../runtimes/place.ts';

const use = (load: string) => `${load}
  const { secretKey, publicKey } = ed448.keygen();
  const message = new Uint8Array(3);
  console.log(backend().name, ed448.verify(ed448.sign(message, secretKey), message, publicKey));`;

/** @returns what was done @throws Error when something gives another result */
export async function empty(): Promise<string> {
  const node = (...args: string[]) => output(process.execPath, args, { cwd: consumer });
  const results = [
    await node('--input-type=module', '--eval', use("import { backend, ed448 } from 'mathmesh';")),
    await node(
      '--no-warnings',
      '--input-type=commonjs',
      '--eval',
      use("const { backend, ed448 } = require('mathmesh');"),
    ),
  ];
  if (results.some((result) => result !== 'wasm true')) throw new Error(`expected "wasm true", got ${results}`);
  const conformance = ['--no-install', 'mathmesh', 'conformance', '--backend', 'wasm', '--suite', 'hash'];
  if (!(await output('npx', conformance, { cwd: consumer })).endsWith('ok'))
    throw new Error('npx mathmesh conformance');
  // Nothing is missing, of another version, or there by chance.
  await output('npm', ['ls', '--all'], { cwd: consumer });
  return 'import, require, npx mathmesh';
}
