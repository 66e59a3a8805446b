/**
 * Expressions of a module and where they stand, so that one can be exchanged. Through binaryen; not the text format.
 */
import binaryen from 'binaryen';

/** An expression with its place: `put` puts another one there. */
export interface Place {
  expression: number;
  info: Info;
  put: (other: number) => void;
}

/** What binaryen says of an expression. */
export interface Info {
  id: number;
  type: number;
  op?: number;
  [field: string]: unknown;
}

/** The fields with operands of each kind, and the name that binaryen's setters have. */
const kinds: Record<number, readonly [name: string, ...fields: string[]]> = {
  [binaryen.ConstId]: ['Const'],
  [binaryen.NopId]: ['Nop'],
  [binaryen.UnreachableId]: ['Unreachable'],
  [binaryen.LocalGetId]: ['LocalGet'],
  [binaryen.GlobalGetId]: ['GlobalGet'],
  [binaryen.BlockId]: ['Block', 'children'],
  [binaryen.IfId]: ['If', 'condition', 'ifTrue', 'ifFalse'],
  [binaryen.LoopId]: ['Loop', 'body'],
  [binaryen.BreakId]: ['Break', 'condition', 'value'],
  [binaryen.CallId]: ['Call', 'operands'],
  [binaryen.LocalSetId]: ['LocalSet', 'value'],
  [binaryen.GlobalSetId]: ['GlobalSet', 'value'],
  [binaryen.LoadId]: ['Load', 'ptr'],
  [binaryen.StoreId]: ['Store', 'ptr', 'value'],
  [binaryen.UnaryId]: ['Unary', 'value'],
  [binaryen.BinaryId]: ['Binary', 'left', 'right'],
  [binaryen.SelectId]: ['Select', 'condition', 'ifTrue', 'ifFalse'],
  [binaryen.DropId]: ['Drop', 'value'],
  [binaryen.ReturnId]: ['Return', 'value'],
  [binaryen.SIMDExtractId]: ['SIMDExtract', 'vec'],
  [binaryen.SIMDReplaceId]: ['SIMDReplace', 'vec', 'value'],
  [binaryen.SIMDShuffleId]: ['SIMDShuffle', 'left', 'right'],
  [binaryen.SIMDTernaryId]: ['SIMDTernary', 'a', 'b', 'c'],
  [binaryen.SIMDShiftId]: ['SIMDShift', 'vec', 'shift'],
  [binaryen.SIMDLoadId]: ['SIMDLoad', 'ptr'],
  [binaryen.MemoryCopyId]: ['MemoryCopy', 'dest', 'source', 'size'],
  [binaryen.MemorySizeId]: ['MemorySize'],
  [binaryen.SIMDLoadStoreLaneId]: ['SIMDLoadStoreLane', 'ptr', 'vec'],
  [binaryen.MemoryFillId]: ['MemoryFill', 'dest', 'value', 'size'],
};

/** Names of kinds, for reports. */
export const kindOf = ({ id }: Info): string => kinds[id]?.[0] ?? String(id);

/** Lists have setters for one item: `children` has `setChildAt`. */
const items: Record<string, string> = { children: 'ChildAt', operands: 'OperandAt' };

type Setters = Record<string, Record<string, (expression: number, ...given: (number | bigint)[]) => void> | undefined>;

/** Sets a property of an expression in its place, such as `op` or `offset`. */
export function set(info: Info, expression: number, property: string, ...given: (number | bigint)[]): void {
  const setter = (binaryen as unknown as Setters)[kindOf(info)]?.[`set${property}`];
  if (setter === undefined) throw new Error(`binaryen has no ${kindOf(info)}.set${property}`);
  setter(expression, ...given);
}

/** Calls `visit` for an expression and all below it. An expression that is not known here is an error, not skipped. */
export function walk(expression: number, put: Place['put'], visit: (place: Place) => void): void {
  if (!expression) return;
  const info = binaryen.getExpressionInfo(expression) as unknown as Info;
  const kind = kinds[info.id];
  if (kind === undefined) throw new Error(`expression kind ${info.id} is not known here`);
  visit({ expression, info, put });
  for (const field of kind.slice(1)) {
    const value = info[field];
    if (Array.isArray(value)) {
      value.forEach((child: number, i) => {
        walk(child, (other) => set(info, expression, items[field] as string, i, other), visit);
      });
    } else {
      const property = `${field[0]?.toUpperCase()}${field.slice(1)}`;
      walk(value as number, (other) => set(info, expression, property, other), visit);
    }
  }
}
