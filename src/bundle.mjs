/**
 * Bundles src/ into the files of dist/ that package.json exports (their types come from tsc).
 * Few files, because loading one costs more than what most modules hold: an entry names what a handful of chunks share. A chunk is a storey,
 * so that `mathmesh/wasm` loads no JavaScript backend and `mathmesh/js` no WASM. Nothing is minified: that is for whoever bundles an application.
 */
import { rolldown } from 'rolldown';

const entries = [
  'index',
  'js',
  'wasm',
  ...['backend', 'ed448', 'group448', 'hash', 'key', 'overlay', 'shamir', 'threshold', 'frost', 'udf', 'x448'].map(
    (name) => `entry/${name}`,
  ),
  ...['jsonb', 'dare', 'file', 'opfs'].map((name) => `entry/${name}`),
  'pool/index',
  'pool/worker',
  'conformance/index',
  'cli/main',
  // What `#wasm-source` stands for: package.json chooses among them by platform.
  ...['source', 'source.workerd', 'source.none'].map((name) => `backend/wasm/${name}`),
  // And `#aes-fallback`.
  ...['fallback', 'fallback.none'].map((name) => `aes/${name}`),
];

/** Where each module goes; the first match counts. */
const chunks = [
  ['wasm-backend', /^backend\/wasm\/(?!source|module)/],
  ['js-backend', /^backend\/js\//],
  ['jsonb', /^(jsonb\/|entry\/jsonb)/],
  ['storage', /^(sequence\/(file|folder|lock)|entry\/file)\.ts$/],
  ['opfs', /^(sequence|entry)\/opfs\.ts$/],
  ['live-data', /^entry\/dare\.ts$/],
  ['data', /^(aes\/(?!fallback|noble)|dare\/|sequence\/|assemble-data)/],
  ['live-shared', /^entry\/(threshold|frost)\.ts$/],
  ['shared-keys', /^(threshold|recryption|frost|unsafe-signatures|assemble-shared)[/.]/],
  ['live', /^(index|entry\/.*|backend\/select)\.ts$/],
  ['conformance', /^conformance\//],
  ['core', /^(?!aes\/(?:fallback|noble)|cli\/|pool\/|backend\/wasm\/|js\.ts|wasm\.ts)/],
];

const root = new URL('../', import.meta.url).pathname;
const folder = `${root}src/`;

const groups = chunks.map(([name, pattern], index) => ({
  name,
  test: (/** @type {string} */ id) => id.startsWith(folder) && pattern.test(id.slice(folder.length)),
  priority: chunks.length - index,
}));

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
  platform: 'neutral',
  external: /^(node:|#|@noble\/|mathmesh\/|qr$)/,
  preserveEntrySignatures: 'allow-extension',
});
await bundle.write({
  dir: 'dist',
  format: 'esm',
  chunkFileNames: 'chunks/[name].js',
  codeSplitting: { includeDependenciesRecursively: false, groups },
});
await bundle.close();
