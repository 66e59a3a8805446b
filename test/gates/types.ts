/**
 * The declarations as consumers' compilers read them: TypeScript 5.7, 6 and 7, with the types of browsers, of Node, and of neither.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consumer, engine, here, output } from '../runtimes/place.ts';

/** What a consumer has; the declarations of libraries are checked too, but where streams of DARE have no type at all. */
const configurations = {
  DOM: { lib: ['es2022', 'dom'], types: [], files: ['all.ts'], skipLibCheck: false },
  Node: { lib: ['es2022'], types: ['node'], files: ['all.ts'], skipLibCheck: false },
  'neither, the parts': { lib: ['es2022'], types: [], files: ['parts.ts'], skipLibCheck: false },
  'neither, everything': { lib: ['es2022'], types: [], files: ['all.ts'], skipLibCheck: true },
};

/** @returns what was checked @throws Error with what a compiler reports */
export async function types(): Promise<string> {
  cpSync(join(here, '../gates/consumer'), consumer, { recursive: true });
  const compilers = [5, 6, 7].map((major) => engine(`typescript-${major}/bin/tsc`));
  for (const [name, { files, ...options }] of Object.entries(configurations)) {
    const compilerOptions = {
      ...options,
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      typeRoots: [engine('@types')],
    };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    try {
      await Promise.all(compilers.map((each) => output(process.execPath, [each, '-p', '.'], { cwd: consumer })));
    } catch (error) {
      throw new Error(`types: ${name}`, { cause: error });
    }
  }
  return `${compilers.length} compilers, ${Object.keys(configurations).join('; ')}`;
}
