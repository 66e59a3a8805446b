/**
 * What the release module may branch on. A loop compiles to one `if` that tests its counter; every other `if`, and every `select`,
 * must be listed here with what it depends on, which is never a secret. Timing itself is not measured here.
 */
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Expression, functions, walk } from '../../ct/walk.ts';

/** Branches and selects beyond loop counters, and what they look at. */
const allowed: Record<string, [branches: number, selects: number, on: string]> = {
  'keccak/keccak_update': [2, 1, 'lengths, and the position in the block'],
  'keccak/keccak_squeeze': [1, 1, 'lengths, and the position in the block'],
  'sha512/sha512_update': [2, 1, 'lengths'],
  'sha512/sha512_digest': [1, 0, 'lengths'],
  'sha512/sha512_within': [0, 1, 'the length'],
  'frame/frames_scan': [25, 0, 'tags and lengths of frames, which are public; never data of records'],
  'frame/frames_digests': [1, 0, 'whether a frame has a payload'],
  'frame/tree_digests': [1, 1, 'the number of a frame, and the rule'],
  'fp448/fp_from_octets': [1, 0, 'the index of a limb'],
  'fp448_inverse/fp_inv': [0, 8, 'the index of a limb'],
  'fp448_inverse/update': [2, 0, 'the index of a limb'],
  'fp448_power/sqr_times': [1, 0, 'the number of elements'],
  'sc448/fold': [3, 1, 'the index of a word'],
  'sc448/sc_signed_bits': [1, 0, 'the index of a word'],
  'sc448/sc_invert': [1, 0, 'the digits of the public exponent L - 2'],
  'ge448/ge_double': [1, 0, 'whether the caller wants T, by its place in a loop'],
  'ge448/add_sum': [1, 0, 'whether the caller wants T, by its place in a loop'],
  'ge448_mul/ge_mul_base': [5, 0, 'the index of a bit, and the number of the column'],
  'ge448_table/odd_table': [1, 0, 'whether the table is there'],
  'ge448_vartime/ge_sum_vartime': [5, 0, 'public scalars'],
  'halfgcd/half_size': [6, 3, 'a public scalar'],
  'halfgcd/make_positive': [1, 0, 'a public scalar'],
  'ge448_vartime/odd_multiples': [1, 0, 'the number of entries'],
  'isogeny448/decode_y': [2, 0, 'a public encoding'],
  'isogeny448/decode_sign': [2, 0, 'a public encoding'],
  'isogeny448/edwards_decode': [2, 0, 'a public encoding'],
  'isogeny448/edwards_decode_prime_order': [5, 1, 'a public encoding'],
  'montgomery448/montgomery_decode': [4, 1, 'a public encoding'],
  'montgomery448/montgomery_order': [2, 1, 'a public point'],
  'montgomery448/montgomery_check': [1, 0, 'whether there is a point, or it is the base point'],
  'montgomery448/montgomery_add': [2, 0, 'public points'],
  'group448/edwards_multiply': [2, 0, 'the status of a public point'],
  'group448/edwards_add': [2, 0, 'the status of public points'],
  'group448/montgomery_validate': [1, 0, 'the status of a public point'],
  'group448/montgomery_multiply': [2, 0, 'the status of a public point'],
  'group448/montgomery_add': [3, 0, 'the status of public points'],
  'ed448_sign/ed448_sign_commit': [2, 0, 'whether the operation started with a seed'],
  'ed448_sign/ed448_sign_check': [1, 0, 'whether the operation started with a seed'],
  'ed448_verify/negative_multiples': [3, 0, 'a public key'],
  'ed448_verify/signature_start': [2, 0, 'a public signature'],
  'ed448_verify/ed448_verify_start': [2, 0, 'a public signature'],
  'ed448_verify/ed448_verify_finish': [5, 0, 'a public scalar'],
  'ed448_batch/batch_key': [1, 0, 'a public key'],
  'ed448_batch/batch_item_start': [1, 0, 'a public signature'],
  'ed448_batch/batch_item_finish': [1, 0, 'public scalars'],
  'ed448_batch/batch_check': [2, 0, 'public scalars'],
  'combination448/combination_term': [3, 0, 'a public point and a public scalar'],
  'jacobi448/fp_is_square_vartime': [5, 0, 'a public element'],
  'base32/base32_encode': [2, 1, 'lengths and positions'],
  'base32/base32_pack': [2, 0, 'which characters carry no bits, which is public, and how many do'],
};

/** Variable-time instructions: divisions take a time that depends on their operands. Only lengths, a public scalar, and what shares count for are divided. */
const divisions = new Set<unknown>([
  binaryen.DivSInt32,
  binaryen.DivUInt32,
  binaryen.RemSInt32,
  binaryen.RemUInt32,
  binaryen.DivSInt64,
  binaryen.DivUInt64,
  binaryen.RemSInt64,
  binaryen.RemUInt64,
]);
const divides: Record<string, number> = { 'base32/base32_encode': 1, 'halfgcd/half_size': 1, 'shamir/divide': 3 };

interface Counts {
  loops: number;
  branches: number;
  selects: number;
  vectorSelects: number;
  divisions: number;
  forbidden: number;
  floats: number;
}

function count(body: number): Counts {
  const counts: Counts = { loops: 0, branches: 0, selects: 0, vectorSelects: 0, divisions: 0, forbidden: 0, floats: 0 };
  walk(body, ({ id, type, op, ...rest }: Expression) => {
    if (id === binaryen.LoopId) counts.loops++;
    if (id === binaryen.IfId || (id === binaryen.BreakId && rest['condition'])) counts.branches++;
    if (id === binaryen.SelectId) counts[type === binaryen.v128 ? 'vectorSelects' : 'selects']++;
    if (id === binaryen.BinaryId && divisions.has(op)) counts.divisions++;
    if ([binaryen.SwitchId, binaryen.CallIndirectId, binaryen.MemoryGrowId].includes(id as never)) counts.forbidden++;
    if (type === binaryen.f32 || type === binaryen.f64) counts.floats++;
  });
  return counts;
}

describe('the code of the release module', () => {
  const found = new Map<string, Counts>();

  beforeAll(async () => {
    let wasm: Uint8Array | undefined;
    // --debug adds the names of functions and changes no code
    const { error, stderr } = await asc.main(['--config', 'asconfig.json', '--debug', '--outFile', 'named.wasm'], {
      writeFile: (name: string, contents: Uint8Array | string) => {
        if (name === 'named.wasm' && typeof contents !== 'string') wasm = contents;
      },
    });
    if (error || !wasm) throw new Error(`${stderr}${error?.message}`);
    for (const { name, body } of functions(binaryen.readBinary(wasm)))
      found.set(name.replace(/^assembly\//, ''), count(body));
  });

  it('has all the functions that handle secrets', () => {
    for (const name of [
      'ge448_mul/select',
      'sc448/fold',
      'ed448_sign/ed448_sign_finish',
      'base32/base32_read',
      'shamir/shamir_evaluate',
      'shamir/shamir_add',
      'shamir/shamir_quotient',
    ]) {
      expect([...found.keys()]).toContain(name);
    }
  });

  it('would be found out', () => {
    const leaks = binaryen.parseText(`(module
      (memory 1) (table 1 funcref) (type $f (func))
      (func (param v128 v128 i32) (result v128) (select (local.get 0) (local.get 1) (local.get 2)))
      (func (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
      (func (param f64) (result f64) (f64.sqrt (local.get 0)))
      (func (param i32) (call_indirect (type $f) (local.get 0)))
      (func (param i32) (block (block (br_table 0 1 (local.get 0)))))
      (func (param i32) (drop (memory.grow (local.get 0)))))`);
    const counts = functions(leaks).map(({ body }) => count(body));
    const of = (name: keyof Counts) => counts.map((found) => Math.sign(found[name]));
    expect(of('vectorSelects')).toEqual([1, 0, 0, 0, 0, 0]);
    expect(of('divisions')).toEqual([0, 1, 0, 0, 0, 0]);
    expect(of('floats')).toEqual([0, 0, 1, 0, 0, 0]);
    expect(of('forbidden')).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('never selects between vectors, which V8 compiles to a branch', () => {
    for (const [name, { vectorSelects }] of found) expect(vectorSelects, name).toBe(0);
  });

  it('has no floating point, jump table, indirect call or growing memory', () => {
    for (const [name, { forbidden, floats }] of found) expect([forbidden, floats], name).toEqual([0, 0]);
  });

  it('divides nothing but lengths, a public scalar, and the public weights of shares', () => {
    for (const [name, counts] of found) expect(counts.divisions, name).toBe(divides[name] ?? 0);
  });

  it('branches and selects only where this file says on what', () => {
    const actual = [...found]
      .map(([name, { branches, loops, selects }]) => [name, [branches - loops, selects]] as const)
      .filter(([, [branches, selects]]) => branches !== 0 || selects !== 0);
    const expected = Object.entries(allowed).map(([name, [branches, selects]]) => [name, [branches, selects]]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });
});
