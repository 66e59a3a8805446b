/**
 * A copy of a module that keeps a hash of everything that time may depend on: every condition, every address and every length of a
 * copy, each with its place. Binaryen's own passes know neither the arms of an `if` nor the addresses of vectors.
 */
import binaryen from 'binaryen';
import { type Expression, functions, walk } from './walk.ts';

/** Replaces an operand of an expression. The types of binaryen do not know these functions. */
type Replace = (expression: number, operand: number) => void;
const wrappers = binaryen as unknown as Record<string, Record<string, Replace>>;

/** Operands that are noted: for each kind of expression its name and the members that binaryen says it has. */
const noted: Record<number, readonly [kind: string, ...members: string[]]> = {
  [binaryen.IfId]: ['If', 'condition'],
  [binaryen.BreakId]: ['Break', 'condition'],
  [binaryen.SwitchId]: ['Switch', 'condition'],
  [binaryen.SelectId]: ['Select', 'condition'],
  [binaryen.LoadId]: ['Load', 'ptr'],
  [binaryen.StoreId]: ['Store', 'ptr'],
  [binaryen.SIMDLoadId]: ['SIMDLoad', 'ptr'],
  [binaryen.SIMDLoadStoreLaneId]: ['SIMDLoadStoreLane', 'ptr'],
  [binaryen.MemoryCopyId]: ['MemoryCopy', 'dest', 'source', 'size'],
  [binaryen.MemoryFillId]: ['MemoryFill', 'dest', 'size'],
};

/** Any odd number of 64 bits that is not small: that of the golden ratio. */
const FACTOR = 0x9e3779b97f4a7c15n;

/**
 * The instrumented module. It exports two globals more, `trace_hash` (i64) and `trace_events` (i32), which the host may set to zero.
 */
export function instrumented(wasm: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(binaryen.Features.All);
  const { i32, i64, createType } = binaryen;
  const bodies = functions(module);
  module.addGlobal('trace_hash', i64, true, module.i64.const(0n));
  module.addGlobal('trace_events', i32, true, module.i32.const(0));
  const hash = module.global.get('trace_hash', i64);
  const value = module.local.get(1, i32);
  const place = module.i64.shl(module.i64.extend_u(module.local.get(0, i32)), module.i64.const(32n));
  const mixed = module.i64.xor(
    module.i64.rotl(hash, module.i64.const(23n)),
    module.i64.or(place, module.i64.extend_u(value)),
  );
  const events = module.i32.add(module.global.get('trace_events', i32), module.i32.const(1));
  module.addFunction(
    'trace_note',
    createType([i32, i32]),
    i32,
    [],
    module.block(
      null,
      [
        module.global.set('trace_hash', module.i64.mul(mixed, module.i64.const(FACTOR))),
        module.global.set('trace_events', events),
        module.local.get(1, i32),
      ],
      i32,
    ),
  );
  let places = 0;
  for (const { body } of bodies) {
    walk(body, (info: Expression, expression) => {
      const [kind = '', ...members] = noted[info.id] ?? [];
      for (const member of members) {
        const operand = info[member] as number;
        // A `br` without a condition.
        if (operand === 0) continue;
        const note = module.call('trace_note', [module.i32.const(places++), operand], i32);
        wrappers[kind]?.[`set${member[0]?.toUpperCase()}${member.slice(1)}`]?.(expression, note);
      }
    });
  }
  module.addGlobalExport('trace_hash', 'trace_hash');
  module.addGlobalExport('trace_events', 'trace_events');
  if (!module.validate()) throw new Error('the instrumented module is not valid');
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}
