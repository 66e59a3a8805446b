/**
 * What can be done to one instruction: each gives an instruction of the same type that does something else. Not changes that engines would refuse.
 */
import binaryen from 'binaryen';
import { type Place, set } from './expressions.ts';

/** A change: what it is, and what makes it; that gives what takes it back. */
export interface Change {
  what: string;
  apply: (module: binaryen.Module, place: Place) => () => void;
}

const operations = binaryen as unknown as Record<string, number>;

/** Exchanges of operations, both ways, for each type that has them. */
const exchanges: readonly [types: string, one: string, other: string][] = [
  ['Int32 Int64 VecI64x2 VecI32x4', 'Add', 'Sub'],
  ['Int32 Int64', 'Mul', 'Add'],
  ['VecI64x2 VecI32x4', 'Mul', 'Add'],
  ['Int32 Int64', 'And', 'Or'],
  ['Int32 Int64', 'Xor', 'Or'],
  ['Int32 Int64', 'Shl', 'ShrU'],
  ['Int32 Int64', 'ShrS', 'ShrU'],
  ['Int32 Int64', 'RotL', 'RotR'],
  ['Int32 Int64', 'Eq', 'Ne'],
  ['Int32 Int64', 'LtS', 'LeS'],
  ['Int32 Int64', 'LtU', 'LeU'],
  ['Int32 Int64', 'GtS', 'GeS'],
  ['Int32 Int64', 'GtU', 'GeU'],
  ['Int32 Int64', 'LtS', 'LtU'],
  ['Int32 Int64', 'GtS', 'GtU'],
  ['', 'AndVec128', 'OrVec128'],
  ['', 'XorVec128', 'OrVec128'],
  ['', 'ExtMulLowSVecI64x2', 'ExtMulHighSVecI64x2'],
  ['', 'ExtMulLowUVecI64x2', 'ExtMulHighUVecI64x2'],
  ['VecI64x2 VecI32x4', 'Shl', 'ShrU'],
  ['VecI64x2 VecI32x4', 'ShrS', 'ShrU'],
];

const others = new Map<number, { name: string; op: number }[]>();
for (const [types, one, other] of exchanges) {
  for (const type of types.split(' ')) {
    const [a, b] = [operations[`${one}${type}`], operations[`${other}${type}`]];
    if (a === undefined || b === undefined) continue;
    const name = `${one}${type} / ${other}${type}`;
    for (const [from, op] of [
      [a, b],
      [b, a],
    ] as const)
      others.set(from, [...(others.get(from) ?? []), { name, op }]);
  }
}

/** A property set to another value. */
function changed(what: string, property: string, to: (number | bigint)[], from: (number | bigint)[]): Change {
  return {
    what,
    apply: (_, { info, expression }) => {
      set(info, expression, property, ...to);
      return () => set(info, expression, property, ...from);
    },
  };
}

/** Another expression in the place of this one. */
function replaced(what: string, make: (module: binaryen.Module, place: Place) => number): Change {
  return {
    what,
    apply: (module, place) => {
      place.put(make(module, place));
      return () => place.put(place.expression);
    },
  };
}

const removed = replaced('removed', (module) => module.nop());

function constants({ info }: Place): Change[] {
  const { type } = info;
  if (type === binaryen.i32) {
    const value = info['value'] as number;
    return [1, -1].map((by) => changed(`${value} becomes ${value + by}`, 'ValueI32', [value + by], [value]));
  }
  if (type === binaryen.i64) {
    const value = info['value'] as bigint;
    return [1n, 2n].map((bit) => changed(`${value} becomes ${value ^ bit}`, 'ValueI64', [value ^ bit], [value]));
  }
  return [];
}

/** What is zero in the place of a value. */
function zero(type: number): Change[] {
  if (type === binaryen.i32) return [replaced('zero', (module) => module.i32.const(0))];
  if (type === binaryen.i64) return [replaced('zero', (module) => module.i64.const(0n))];
  return [];
}

const isTrue = { [binaryen.IfId]: true, [binaryen.BreakId]: true } as Record<number, boolean>;

/** A condition turned. */
function turned({ info }: Place): Change[] {
  const condition = info['condition'] as number;
  if (!isTrue[info.id] || !condition) return [];
  return [
    {
      what: 'condition turned',
      apply: (module, { expression }) => {
        set(info, expression, 'Condition', module.i32.eqz(condition));
        return () => set(info, expression, 'Condition', condition);
      },
    },
  ];
}

/** All changes of the instruction in a place. */
export function changesOf(place: Place): Change[] {
  const { info } = place;
  const offset = info['offset'] as number;
  const moved = () => changed(`offset ${offset} becomes ${offset + 4}`, 'Offset', [offset + 4], [offset]);
  const exchanged = () =>
    (others.get(info.op as number) ?? []).map(({ name, op }) => changed(name, 'Op', [op], [info.op as number]));
  switch (info.id) {
    case binaryen.ConstId:
      return constants(place);
    case binaryen.BinaryId:
    case binaryen.SIMDShiftId:
      return exchanged();
    case binaryen.LocalGetId:
      return zero(info.type);
    case binaryen.LoadId:
      return [moved(), ...zero(info.type)];
    case binaryen.StoreId:
      return [moved(), removed];
    case binaryen.CallId:
      return info.type === binaryen.none ? [removed] : zero(info.type);
    case binaryen.MemoryFillId:
    case binaryen.MemoryCopyId:
    case binaryen.GlobalSetId:
      return [removed];
    case binaryen.LocalSetId:
      return info.type === binaryen.none ? [removed] : [];
    case binaryen.UnaryId:
      return zero(info.type);
    case binaryen.IfId:
    case binaryen.BreakId:
      return turned(place);
    case binaryen.SelectId: {
      const [a, b] = [info['ifTrue'] as number, info['ifFalse'] as number];
      const exchange = (module: binaryen.Module) => module.select(info['condition'] as number, b, a);
      return [replaced('operands exchanged', exchange)];
    }
    case binaryen.SIMDExtractId: {
      const index = info['index'] as number;
      return [changed('another lane', 'Index', [index ^ 1], [index])];
    }
    default:
      return [];
  }
}
