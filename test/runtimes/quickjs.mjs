/**
 * A script of our own in QuickJS, for engines without WebAssembly, TextEncoder, atob and crypto. Prints what its `answer` gives.
 *
 *     node quickjs.mjs SCRIPT VECTORS SUITE|all [random]
 *
 * With `random` the host offers crypto.getRandomValues, as an application that embeds an engine does; nothing else is added.
 */
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';

const [script, vectors, suite, random] = process.argv.slice(2);
const engine = (await newQuickJSWASMModuleFromVariant(variant)).newContext();

/** The value of an expression, which must be a primitive. */
function value(code, name) {
  const result = engine.evalCode(code, name);
  if (result.error) throw new Error(JSON.stringify(engine.dump(result.error)));
  return engine.dump(result.value);
}

if (random) {
  const hex = engine.newFunction('hex', (length) =>
    engine.newString(Buffer.from(webcrypto.getRandomValues(new Uint8Array(engine.getNumber(length)))).toString('hex')),
  );
  engine.setProp(engine.global, 'hex', hex);
  value(`globalThis.crypto = {
    getRandomValues(out) {
      const digits = hex(out.length);
      for (let i = 0; i < out.length; i++) out[i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
      return out;
    },
  }; 0`);
}
for (const name of ['WebAssembly', 'TextEncoder', 'TextDecoder', 'atob']) {
  if (value(`typeof ${name}`) !== 'undefined') throw new Error(`the engine has ${name}`);
}
value(`${readFileSync(script, 'utf8')}; 0`, 'script.js');
engine.setProp(engine.global, 'vectors', engine.newString(readFileSync(vectors, 'utf8')));
console.log(value(`answer(vectors, ${suite === 'all' ? undefined : JSON.stringify(suite)})`));
