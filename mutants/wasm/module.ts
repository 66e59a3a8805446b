/**
 * The module that is mutated: `dist/mesh.wasm`, but that its memory is that of the host, so that a mutant can take the place of another under the
 * same JavaScript. Also the module that says which of its functions have run.
 */
import binaryen from 'binaryen';
import { kindOf, type Place, walk } from './expressions.ts';
import { flagOf } from './flags.ts';
import { type Change, changesOf } from './operators.ts';

/** A place in a function where something can be changed. */
export interface Site {
  /** Number and name of the function. */
  index: number;
  name: string;
  place: Place;
  /** Number of the instruction in its function, in the order of the walk. */
  at: number;
  changes: Change[];
}

/** A module to mutate. */
export interface Subject {
  module: binaryen.Module;
  sites: Site[];
  functions: number;
}

/** Not in the types of binaryen. */
const { setBody } = (binaryen as unknown as { Function: { setBody(reference: number, body: number): void } }).Function;

function read(octets: Uint8Array): binaryen.Module {
  const module = binaryen.readBinary(octets);
  module.setFeatures(binaryen.Features.All);
  module.addMemoryImport('0', 'host', 'memory', false);
  return module;
}

/** All sites of a module. */
export function subjectOf(octets: Uint8Array, names: readonly string[]): Subject {
  const module = read(octets);
  const sites: Site[] = [];
  const functions = module.getNumFunctions();
  if (names.length !== functions)
    throw new Error(`${functions} functions and ${names.length} names: build the module first`);
  for (let index = 0; index < functions; index++) {
    const reference = module.getFunctionByIndex(index);
    const { body } = binaryen.getFunctionInfo(reference);
    const name = names[index] ?? String(index);
    let at = 0;
    walk(
      body,
      (other) => setBody(reference, other),
      (place) => {
        const changes = changesOf(place);
        if (changes.length > 0) sites.push({ index, name, place, at, changes });
        at++;
      },
    );
  }
  return { module, sites, functions };
}

/** The module with one change; the subject is as it was. */
export function mutantOf({ module }: Subject, { place }: Site, change: Change): Uint8Array {
  const undo = change.apply(module, place);
  try {
    return module.emitBinary();
  } finally {
    undo();
  }
}

/** The module without a change. */
export const soundOf = ({ module }: Subject): Uint8Array => module.emitBinary();

/** The module with a flag for each function. */
export function tracedOf(octets: Uint8Array): Uint8Array {
  const module = read(octets);
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const reference = module.getFunctionByIndex(index);
    const { body } = binaryen.getFunctionInfo(reference);
    const flag = flagOf(index);
    module.addGlobal(flag, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(flag, flag);
    const { type } = binaryen.getExpressionInfo(body);
    setBody(reference, module.block(null, [module.global.set(flag, module.i32.const(1)), body], type));
  }
  return module.emitBinary();
}

/** A site and its change, for people. */
export const described = ({ name, at, place }: Site, { what }: Change): string =>
  `${name}, instruction ${at}: ${kindOf(place.info)}, ${what}`;
