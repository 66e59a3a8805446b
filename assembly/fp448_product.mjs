/**
 * Writes fp448_product.gen.ts: multiplication and squaring modulo p = 2^448 - 2^224 - 1, as straight-line SIMD code.
 *
 * An element a = lo + phi hi, phi = 2^224, has 8 limbs of 28 bits in each half. Because phi^2 = phi + 1 (mod p), with
 * P = a.lo b.lo, Q = a.hi b.hi, R = (a.lo + a.hi)(b.lo + b.hi), each with columns 0..14:
 *
 *     lo[k] = P[k] + Q[k] + R[k+8] - P[k+8]        hi[k] = R[k] - P[k] + Q[k+8] + R[k+8]        k = 0..7
 *
 * P and R share vectors, [P, R] in the two 64-bit lanes, and are made from three products of 4 x 4 limbs (Karatsuba again). So is Q:
 * two of its products share vectors, and the third has half of its terms in each lane. Where 32 bits leave room, products of 4 x 4 limbs are
 * made from three of 2 x 2. That makes 60 multiplications of vectors.
 *
 * What limits x64 is the shuffles: each `extmul` contains two. And V8 takes the columns of all products up together and then spills. Hence Q
 * comes first and is parked in scratch memory: loads and stores are what V8 does not move.
 *
 * Run by assembly/build.mjs; not for anything but this one file.
 */
const lines = [];
const emit = (...text) => lines.push(...text);
let fresh = 0;

/** Names a vector expression and gives the name. */
function let_(expression, prefix = 't') {
  const name = `${prefix}${fresh++}`;
  emit(`  const ${name} = ${expression};`);
  return name;
}
const add = (...terms) => terms.reduce((a, b) => (a === undefined ? b : `i64x2.add(${a}, ${b})`), undefined);
const sub = (a, b) => `i64x2.sub(${a}, ${b})`;
const low = (a, b) => `i64x2.extmul_low_i32x4_s(${a}, ${b})`;
const high = (a, b) => `i64x2.extmul_high_i32x4_s(${a}, ${b})`;
const swapPairs = (x) => `v128.shuffle<i64>(${x}, ${x}, 1, 0)`;
const lows = (a, b) => `v128.shuffle<i64>(${a}, ${b}, 0, 2)`;
const highs = (a, b) => `v128.shuffle<i64>(${a}, ${b}, 1, 3)`;

/**
 * 4 x 4 limbs, two products at once: x = [x0,x1],[x2,x3] (pairs of lanes), y likewise; gives the columns 0..6. By Karatsuba once more, from
 * three products of 2 x 2 limbs, unless the sums of operands could overflow (`wide`).
 */
function product4([x0, x1], [y0, y1], wide = false) {
  const s0 = let_(swapPairs(y0));
  const s1 = let_(swapPairs(y1));
  if (wide) {
    return [
      low(x0, y0),
      add(low(x0, s0), high(x0, s0)),
      add(low(x0, y1), high(x0, y0), low(x1, y0)),
      add(low(x0, s1), high(x0, s1), low(x1, s0), high(x1, s0)),
      add(high(x0, y1), low(x1, y1), high(x1, y0)),
      add(low(x1, s1), high(x1, s1)),
      add(high(x1, y1)),
    ].map((column) => let_(column, 'c'));
  }
  const product2 = (x, y, s) => [low(x, y), add(low(x, s), high(x, s)), high(x, y)].map((column) => let_(column, 'c'));
  const sum = (a, b) => let_(`i32x4.add(${a}, ${b})`);
  const L = product2(x0, y0, s0);
  const H = product2(x1, y1, s1);
  const M = product2(sum(x0, x1), sum(y0, y1), sum(s0, s1)).map((m, i) => let_(sub(sub(m, L[i]), H[i]), 'd'));
  return [L[0], L[1], let_(add(L[2], M[0]), 'c'), M[1], let_(add(M[2], H[0]), 'c'), H[1], H[2]];
}

/** The square of 4 limbs, two at once. Mixed terms are doubled as operands, and when those could overflow (`wide`) as sums. */
function square4([x0, x1], wide = false) {
  const [d0, d1] = wide ? [x0, x1] : [x0, x1].map((x) => let_(`i32x4.add(${x}, ${x})`, 'd'));
  const twice = (x) => (wide ? `i64x2.shl(${x}, 1)` : x);
  const s0 = let_(swapPairs(x0));
  const s1 = let_(swapPairs(x1));
  return [
    low(x0, x0),
    twice(low(d0, s0)),
    add(twice(low(d0, x1)), high(x0, x0)),
    twice(add(low(d0, s1), high(d0, s1))),
    add(twice(high(d0, x1)), low(x1, x1)),
    twice(low(d1, s1)),
    high(x1, x1),
  ].map((column) => let_(column, 'c'));
}

/** Loads an element and prepares [lo, lo+hi] vectors (8 limbs), [h_i, h_(i+4)] vectors of the high half, and w_i = h_i + h_(i+4). */
function operand(pointer) {
  const v = [0, 16, 32, 48].map((offset) => let_(`v128.load(${pointer}, ${offset})`, 'u'));
  const s = v.map((x) => let_(`i32x4.add(${x}, i64x2.shl(${x}, 32))`, 's'));
  const m = [let_(`i32x4.add(${s[0]}, ${s[2]})`, 'm'), let_(`i32x4.add(${s[1]}, ${s[3]})`, 'm')];
  const [l, u] = [0, 2].map((i) => let_(`v128.shuffle<i32>(${v[i]}, ${v[i + 1]}, 1, 3, 5, 7)`, 'h'));
  const h = [
    let_(`v128.shuffle<i32>(${l}, ${u}, 0, 4, 1, 5)`, 'h'),
    let_(`v128.shuffle<i32>(${l}, ${u}, 2, 6, 3, 7)`, 'h'),
  ];
  const w = let_(`i32x4.add(${l}, ${u})`, 'w');
  return { low: [s[0], s[1]], high: [s[2], s[3]], middle: m, h, w };
}

/** One lane of a vector, the other zero. */
const lane0 = (x) => `v128.andnot(${x}, v128.load(BIAS, 128))`;
const lane1 = (x) => `v128.and(${x}, v128.load(BIAS, 128))`;

/**
 * Parks the columns [Q_k, Q_(k+8)] and gives what loads them. D is [ll_c, hh_c], the products of the lower and the upper limbs of the high half;
 * x and y are the sums of both. s_c = (x y)_c - ll_c - hh_c belongs to Q_(c+4), and is wanted as [s_c, s_(c+4)].
 */
function highHalf(D, x, y) {
  const crossed = let_(`v128.shuffle<i32>(${y}, ${y}, 1, 0, 3, 2)`);
  const reversed = let_(`v128.shuffle<i32>(${y}, ${y}, 3, 2, 1, 0)`);
  const exchanged = let_(swapPairs(y));
  // for a square, both terms are the same
  const both = (z) => (x === y ? `i64x2.shl(${low(x, z)}, 1)` : add(low(x, z), high(x, z)));
  // odd columns: both lanes count
  const [s1, s3, s5] = [low(x, crossed), both(reversed), high(x, crossed)].map((s, i) =>
    let_(sub(s, D[2 * i + 1]), 'o'),
  );
  // even columns: one lane each
  const [c0c2, c2c4, c4c6] = [low(x, y), both(exchanged), high(x, y)].map((e) => let_(e, 'e'));
  const s = [
    add(sub(lows(let_(sub(c0c2, D[0])), let_(sub(c4c6, D[4]))), highs(D[0], D[4])), lane1(c2c4)),
    add(lows(s1, s5), highs(s1, s5)),
    add(sub(highs(let_(sub(c0c2, D[2])), let_(sub(c4c6, D[6]))), lows(D[2], D[6])), lane0(c2c4)),
    add(s3, swapPairs(s3)), // there is no s_7: the upper lane means nothing
  ].map((sum) => let_(sum, 'q'));
  const Q = [0, 1, 2].map((c) => add(D[c], lane1(s[c])));
  Q.push(D[3], ...[0, 1, 2].map((c) => add(D[c + 4], lane0(s[c]))), lane0(s[3]));
  return Q.map((column, k) => {
    emit(`  v128.store(FP_PRODUCT, ${column}, ${16 * k});`);
    return `v128.load(FP_PRODUCT, ${16 * k})`;
  });
}

/** From the three products of the [P, R] lanes and the columns [Q_k, Q_(k+8)]: columns [lo_k, hi_k], carried and stored. */
function finish(L, H, M, Q) {
  const middle = M.map((m, i) => let_(`i64x2.sub(i64x2.sub(${m}, ${L[i]}), ${H[i]})`, 'd'));
  const X = [];
  for (let c = 0; c < 15; c++) {
    const terms = [L[c], middle[c - 4], H[c - 8]].filter((term) => term !== undefined);
    X.push(terms.length === 1 ? terms[0] : let_(add(...terms), 'x'));
  }
  const columns = [];
  for (let k = 0; k < 8; k++) {
    const tail = X[k + 8] ?? 'zero';
    const minus = `v128.shuffle<i64>(${tail}, ${X[k]}, 0, 2)`;
    const plus = k < 7 ? `v128.shuffle<i64>(${tail}, ${tail}, 1, 1)` : undefined;
    columns.push(`i64x2.sub(${add(...[X[k], Q[k], plus].filter(Boolean))}, ${minus})`);
  }
  carry(columns);
}

// The bias makes every column positive, so that a logical shift carries (there is no i64x2.shr_s before AVX-512), and adds 2^27
// to every limb, which the packing step takes off again: limbs come out centred. It is congruent to the sum of those 2^27.
const p = 2n ** 448n - 2n ** 224n - 1n;
const at = (k) => 1n << BigInt(28 * k);
let wanted = 0n;
for (let k = 0; k < 16; k++) wanted += (2n ** 27n - 2n ** 63n) * at(k);
const digits = ((wanted % p) + p) % p;
const bias = Array.from({ length: 16 }, (_, k) => 2n ** 63n + ((digits >> BigInt(28 * k)) & (2n ** 28n - 1n)));

/** Carries 8 columns [lo_k, hi_k] in order and stores the limbs. Column k waits for the carry of column k-1 on purpose. */
function carry(columns) {
  const limbs = [];
  let c;
  for (let k = 0; k < 8; k++) {
    const sum = let_(add(columns[k], `v128.load(BIAS, ${16 * k})`, ...(c ? [c] : [])), 'y');
    limbs.push(let_(`v128.and(${sum}, mask)`, 'l'));
    c = let_(`i64x2.shr_u(${sum}, 28)`, 'k');
  }
  // 2^448 = phi + 1: the carry of hi enters both halves, the carry of lo enters hi.
  const wrapped = let_(`i64x2.add(${swapPairs(c)}, v128.and(${c}, v128.load(BIAS, 128)))`, 'w');
  const first = let_(add(limbs[0], wrapped), 'y');
  limbs[0] = let_(`v128.and(${first}, mask)`, 'l');
  limbs[1] = let_(add(limbs[1], `i64x2.shr_u(${first}, 28)`), 'l');
  for (let j = 0; j < 4; j++) {
    const packed = `v128.shuffle<i32>(${limbs[2 * j]}, ${limbs[2 * j + 1]}, 0, 2, 4, 6)`;
    emit(`  v128.store(out, i32x4.sub(${packed}, centre), ${16 * j});`);
  }
}

function constants() {
  emit(
    '  const mask = v128.load(BIAS, 144);',
    '  const centre = v128.load(BIAS, 160);',
    '  const zero = v128.load(BIAS, 176);',
  );
}

const signed = (value) => `${value >= 2n ** 63n ? value - 2n ** 64n : value}`;
emit(
  '// Written by fp448_product.mjs, which explains it.',
  "import { FP_PRODUCT } from './memory';",
  '',
  '/** Bias of the columns (8 x [lo, hi]), then [0, -1], the limb mask, 2^27 in every lane, and zero. */',
  'const BIAS = memory.data<i64>([',
  ...Array.from({ length: 8 }, (_, k) => `  ${signed(bias[k])}, ${signed(bias[k + 8])},`),
  `  0, -1, ${2n ** 28n - 1n}, ${2n ** 28n - 1n}, ${2n ** 59n + 2n ** 27n}, ${2n ** 59n + 2n ** 27n}, 0, 0,`,
  '], 16);',
  '',
  '/** out = a b; |a| <= ua, |b| <= ub with ua, ub <= 3; out is 1u. out may be a or b. Constant time. */',
  'export function fp_mul(out: i32, a: i32, b: i32): void {',
);
constants();
{
  const x = operand('a');
  const y = operand('b');
  const Q = highHalf(product4(x.h, y.h), x.w, y.w);
  // Up to 3u, lo + hi is 6u and two of them 12u; but four halves together are 12u already, and 16u is 2^31.
  const [L, H, M] = ['low', 'high', 'middle'].map((part) => product4(x[part], y[part], part === 'middle'));
  finish(L, H, M, Q);
}
emit('}', '');

emit(
  '/** out = a^2; a up to 3u; out is 1u and may be a. Constant time. */',
  'export function fp_sqr(out: i32, a: i32): void {',
);
constants();
{
  const x = operand('a');
  const Q = highHalf(square4(x.h), x.w, x.w);
  const [L, H, M] = ['low', 'high', 'middle'].map((part) => square4(x[part], part === 'middle'));
  finish(L, H, M, Q);
}
emit('}', '');

emit(
  '/** out = a c for a small public constant, |c| < 2^20; a up to 4u; out is 1u and may be a. Constant time. */',
  'export function fp_mul_small(out: i32, a: i32, c: i32): void {',
);
constants();
emit('  const s = i32x4.splat(c);');
{
  const v = [0, 16, 32, 48].map((offset) => let_(`v128.load(a, ${offset})`, 'u'));
  carry(v.flatMap((x) => [low(x, 's'), high(x, 's')]));
}
emit('}');

/**
 * The squares of two elements side by side: a = [a_k, b_k, a_(k+8), b_(k+8)], k = 0..7, so that `low` gives products of lower halves of both
 * elements, `high` of upper ones, and nothing has to be moved between lanes. Columns [lo_k, lo_k] and [hi_k, hi_k] are parked in scratch memory
 * after each of Q, P and R.
 */
function squareTwo() {
  const V = Array.from({ length: 8 }, (_, k) => let_(`v128.load(a, ${16 * k})`, 'u'));
  const columns = (x, product) => {
    const d = x.map((v) => let_(`i32x4.add(${v}, ${v})`, 'd'));
    return Array.from({ length: 15 }, (_, c) => {
      const terms = [];
      for (let i = Math.max(0, c - 7); 2 * i < c; i++) terms.push(product(d[i], x[c - i]));
      if (c % 2 === 0) terms.push(product(x[c / 2], x[c / 2]));
      return let_(add(...terms), 'c');
    });
  };
  const lo = (k) => `FP_PRODUCT, ${32 * k}`;
  const hi = (k) => `FP_PRODUCT, ${32 * k + 16}`;
  const Q = columns(V, high);
  for (let k = 0; k < 8; k++) emit(`  v128.store(${lo(k).replace(', ', `, ${Q[k]}, `)});`);
  for (let k = 0; k < 8; k++) emit(`  v128.store(${hi(k).replace(', ', `, ${Q[k + 8] ?? 'zero'}, `)});`);
  const P = columns(V, low);
  for (let k = 0; k < 8; k++) {
    const upper = P[k + 8];
    const l = add(`v128.load(${lo(k)})`, P[k]);
    emit(`  v128.store(${lo(k).replace(', ', `, ${upper ? sub(l, upper) : l}, `)});`);
    emit(`  v128.store(${hi(k).replace(', ', `, ${sub(`v128.load(${hi(k)})`, P[k])}, `)});`);
  }
  const S = V.map((v) => let_(`i32x4.add(${v}, ${swapPairs(v)})`, 's'));
  const R = columns(S, low);
  const both = R.map((_, k) => [
    add(`v128.load(${lo(k)})`, ...(R[k + 8] ? [R[k + 8]] : [])),
    add(`v128.load(${hi(k)})`, R[k], ...(R[k + 8] ? [R[k + 8]] : [])),
  ]);
  const limbs = [];
  let c = [];
  for (let k = 0; k < 8; k++) {
    const sums = both[k].map((column, half) =>
      let_(add(column, `v128.load64_splat(BIAS, ${16 * k + 8 * half})`, ...c.slice(half, half + 1)), 'y'),
    );
    limbs.push(sums.map((sum) => let_(`v128.and(${sum}, mask)`, 'l')));
    c = sums.map((sum) => let_(`i64x2.shr_u(${sum}, 28)`, 'k'));
  }
  const wrapped = [c[1], let_(add(c[0], c[1]), 'w')];
  const first = limbs[0].map((limb, half) => let_(add(limb, wrapped[half]), 'y'));
  limbs[0] = first.map((sum) => let_(`v128.and(${sum}, mask)`, 'l'));
  limbs[1] = limbs[1].map((limb, half) => let_(add(limb, `i64x2.shr_u(${first[half]}, 28)`), 'l'));
  limbs.forEach(([l, h], k) => {
    emit(`  v128.store(out, i32x4.sub(v128.shuffle<i32>(${l}, ${h}, 0, 2, 4, 6), centre), ${16 * k});`);
  });
}

emit(
  '',
  '/** The squares of two elements side by side, 1u each; out may be a. Constant time. */',
  'export function fp_sqr_two(out: i32, a: i32): void {',
);
constants();
squareTwo();
emit('}');

export const source = `${lines.join('\n')}\n`;
