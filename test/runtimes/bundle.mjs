/**
 * The example through a bundler, with the settings that it has by itself.
 *
 *     node bundle.mjs vite|webpack ENTRY FOLDER
 */
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const html = (script) => `<!doctype html><meta charset="utf-8"><script type="module" src="${script}"></script>\n`;

const bundlers = {
  async vite(entry, folder) {
    const { build } = await import('vite');
    const root = dirname(entry);
    writeFileSync(join(root, 'index.html'), html(`/${basename(entry)}`));
    await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  },
  async webpack(entry, folder) {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      mode: 'production',
      performance: false,
      entry,
      output: { path: folder, filename: 'main.js' },
    });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, result) => (error ? reject(error) : resolve(result))),
    );
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
    writeFileSync(join(folder, 'index.html'), html('/main.js'));
  },
};

const [name, entry, folder] = process.argv.slice(2);
await bundlers[name](entry, folder);
