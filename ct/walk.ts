/** Every expression of a function of a WASM module, through binaryen. An expression that it does not know is an error, not skipped. */
import binaryen from 'binaryen';

const children: Record<number, readonly string[]> = {
  [binaryen.ConstId]: [],
  [binaryen.NopId]: [],
  [binaryen.UnreachableId]: [],
  [binaryen.LocalGetId]: [],
  [binaryen.GlobalGetId]: [],
  [binaryen.MemorySizeId]: [],
  [binaryen.MemoryGrowId]: ['delta'],
  [binaryen.BlockId]: ['children'],
  [binaryen.IfId]: ['condition', 'ifTrue', 'ifFalse'],
  [binaryen.LoopId]: ['body'],
  [binaryen.BreakId]: ['condition', 'value'],
  [binaryen.CallId]: ['operands'],
  [binaryen.CallIndirectId]: ['target', 'operands'],
  [binaryen.LocalSetId]: ['value'],
  [binaryen.GlobalSetId]: ['value'],
  [binaryen.LoadId]: ['ptr'],
  [binaryen.StoreId]: ['ptr', 'value'],
  [binaryen.UnaryId]: ['value'],
  [binaryen.BinaryId]: ['left', 'right'],
  [binaryen.SelectId]: ['condition', 'ifTrue', 'ifFalse'],
  [binaryen.DropId]: ['value'],
  [binaryen.ReturnId]: ['value'],
  [binaryen.SIMDExtractId]: ['vec'],
  [binaryen.SIMDReplaceId]: ['vec', 'value'],
  [binaryen.SIMDShuffleId]: ['left', 'right'],
  [binaryen.SIMDTernaryId]: ['a', 'b', 'c'],
  [binaryen.SIMDShiftId]: ['vec', 'shift'],
  [binaryen.SIMDLoadId]: ['ptr'],
  [binaryen.SIMDLoadStoreLaneId]: ['ptr', 'vec'],
  [binaryen.MemoryCopyId]: ['dest', 'source', 'size'],
  [binaryen.MemoryFillId]: ['dest', 'value', 'size'],
  [binaryen.SwitchId]: ['condition', 'value'],
};

export interface Expression {
  id: number;
  type: number;
  op?: number;
  /** Of a load or a branch. */
  [field: string]: unknown;
}

/** Calls `visit` for the expression and all below it. It may put calls around operands: what is in those is visited still. */
export function walk(expression: number, visit: (info: Expression, expression: number) => void): void {
  if (!expression) return;
  const info = binaryen.getExpressionInfo(expression) as unknown as Expression;
  const fields = children[info.id];
  if (!fields) throw new Error(`expression kind ${info.id} is not known here`);
  visit(info, expression);
  for (const field of fields) {
    const value = info[field];
    if (Array.isArray(value)) for (const child of value) walk(child as number, visit);
    else walk(value as number, visit);
  }
}

/** The functions of a module: name and body. */
export function functions(module: binaryen.Module): { name: string; body: number }[] {
  return Array.from({ length: module.getNumFunctions() }, (_, index) => {
    const { name, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    return { name, body };
  });
}
