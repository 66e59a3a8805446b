/**
 * Names of functions: those of the sources, which the release module has not.
 */
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';

/** The names of the functions, in their order, compiled from the current folder as in the build: the same compilation, but that it keeps them. */
export async function functionNames(): Promise<string[]> {
  let wasm: Uint8Array | undefined;
  const { error } = await asc.main(['--config', 'asconfig.json', '--outFile', 'mesh.wasm', '--debug'], {
    writeFile: (_: string, contents: Uint8Array | string) => {
      if (typeof contents !== 'string') wasm = contents;
    },
  });
  if (error || wasm === undefined) throw error ?? new Error('nothing was compiled');
  const module = binaryen.readBinary(wasm);
  return Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)).name.replace('assembly/', ''),
  );
}
