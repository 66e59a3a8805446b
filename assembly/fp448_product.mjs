/**
 * Writes fp448_product.gen.ts: multiplication and squaring modulo p = 2^448 - 2^224 - 1, as straight-line SIMD code.
 *
 * An element a = lo + phi hi, phi = 2^224, has 8 limbs of 28 bits in each half. Because phi^2 = phi + 1 (mod p), with
 * P = a.lo b.lo, Q = a.hi b.hi, R = (a.lo + a.hi)(b.lo + b.hi), each with columns 0..14:
 *
 *     lo[k] = P[k] + Q[k] + R[k+8] - P[k+8]        hi[k] = R[k] - P[k] + Q[k+8] + R[k+8]        k = 0..7
 *
 * P and R share vectors, [P, R] in the two 64-bit lanes, and are made from three products of 4 x 4 limbs (Karatsuba again). Q is
 * made from four products of 4 x 4 limbs, two in a vector.
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
const low = (a, b) => `i64x2.extmul_low_i32x4_s(${a}, ${b})`;
const high = (a, b) => `i64x2.extmul_high_i32x4_s(${a}, ${b})`;
const swapPairs = (x) => `v128.shuffle<i64>(${x}, ${x}, 1, 0)`;
const swapLanes = (x) => `v128.shuffle<i32>(${x}, ${x}, 1, 0, 3, 2)`;

/** 4 x 4 limbs, two products at once: x = [x0,x1],[x2,x3] (pairs of lanes), y likewise; gives the columns 0..6. */
function product4([x0, x1], [y0, y1]) {
  const s0 = let_(swapPairs(y0));
  const s1 = let_(swapPairs(y1));
  return [
    add(low(x0, y0)),
    add(low(x0, s0), high(x0, s0)),
    add(low(x0, y1), high(x0, y0), low(x1, y0)),
    add(low(x0, s1), high(x0, s1), low(x1, s0), high(x1, s0)),
    add(high(x0, y1), low(x1, y1), high(x1, y0)),
    add(low(x1, s1), high(x1, s1)),
    add(high(x1, y1)),
  ].map((column) => let_(column, 'c'));
}

/** The square of 4 limbs, two at once: the mixed terms are doubled after they are summed. */
function square4([x0, x1]) {
  const s0 = let_(swapPairs(x0));
  const s1 = let_(swapPairs(x1));
  const twice = (x) => `i64x2.shl(${x}, 1)`;
  return [
    low(x0, x0),
    twice(low(x0, s0)),
    add(twice(low(x0, x1)), high(x0, x0)),
    twice(add(low(x0, s1), high(x0, s1))),
    add(twice(high(x0, x1)), low(x1, x1)),
    twice(low(x1, s1)),
    high(x1, x1),
  ].map((column) => let_(column, 'c'));
}

/** Loads an element and prepares [lo, lo+hi] vectors (8 limbs) and [h_i, h_(i+4)] vectors (the high half). */
function operand(pointer) {
  const v = [0, 16, 32, 48].map((offset) => let_(`v128.load(${pointer}, ${offset})`, 'v'));
  const s = v.map((x) => let_(`i32x4.add(${x}, i64x2.shl(${x}, 32))`, 's'));
  const m = [let_(`i32x4.add(${s[0]}, ${s[2]})`, 'm'), let_(`i32x4.add(${s[1]}, ${s[3]})`, 'm')];
  const h = [0, 1].map((i) => let_(`v128.shuffle<i32>(${v[i]}, ${v[i + 2]}, 1, 5, 3, 7)`, 'h'));
  return { low: [s[0], s[1]], high: [s[2], s[3]], middle: m, h };
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
  '',
  '/** Bias of the columns (8 x [lo, hi]), then [0, -1], the limb mask, 2^27 in every lane, and zero. */',
  'const BIAS = memory.data<i64>([',
  ...Array.from({ length: 8 }, (_, k) => `  ${signed(bias[k])}, ${signed(bias[k + 8])},`),
  `  0, -1, ${2n ** 28n - 1n}, ${2n ** 28n - 1n}, ${2n ** 59n + 2n ** 27n}, ${2n ** 59n + 2n ** 27n}, 0, 0,`,
  '], 16);',
  '',
  '/** out = a b; |a| <= ua, |b| <= ub with ua ub <= 13 and each <= 3; out is 1u. out may be a or b. Constant time. */',
  'export function fp_mul(out: i32, a: i32, b: i32): void {',
);
constants();
{
  const x = operand('a');
  const y = operand('b');
  const [L, H, M] = ['low', 'high', 'middle'].map((part) => product4(x[part], y[part]));
  const direct = product4(x.h, y.h); // [ll, hh]: columns c and c + 8 of Q
  const crossed = product4(
    x.h,
    y.h.map((v) => let_(swapLanes(v))),
  ); // [lh, hl]: both column c + 4 of Q
  finish(L, H, M, highHalf(direct, crossed.slice(0, 4), crossed.slice(4)));
}
emit('}', '');

/**
 * The columns [Q_k, Q_(k+8)] from [ll, hh] and the mixed products: s_c, the sum of the lanes of mixed column c, belongs to Q_(c+4).
 */
function highHalf(direct, first, second) {
  const Q = [...direct, undefined];
  first.forEach((m, c) => {
    const n = second[c] ?? 'zero';
    const sums = let_(`i64x2.add(v128.shuffle<i64>(${m}, ${n}, 0, 2), v128.shuffle<i64>(${m}, ${n}, 1, 3))`, 'q'); // [s_c, s_(c+4)]
    if (second[c]) Q[c] = let_(add(Q[c], `v128.and(${sums}, v128.load(BIAS, 128))`), 'q');
    const lower = `v128.andnot(${sums}, v128.load(BIAS, 128))`;
    Q[c + 4] = Q[c + 4] ? let_(add(Q[c + 4], lower), 'q') : sums;
  });
  return Q;
}

emit(
  '/** out = a^2; a up to 3u; out is 1u and may be a. Constant time. */',
  'export function fp_sqr(out: i32, a: i32): void {',
);
constants();
{
  const x = operand('a');
  const [L, H, M] = ['low', 'high', 'middle'].map((part) => square4(x[part]));
  const direct = square4(x.h);
  // Mixed products x_i y_j, x = h0..h3, y = h4..h7: the vector [x_i, x_(i+1)] times [y_j, y_j] feeds columns i+j and i+j+1.
  const [h0, h1] = x.h;
  const x01 = let_(`v128.shuffle<i32>(${h0}, ${h0}, 0, 2, 1, 3)`); // h0 h1 | h4 h5
  const x23 = let_(`v128.shuffle<i32>(${h1}, ${h1}, 0, 2, 1, 3)`); // h2 h3 | h6 h7
  const y = [x01, x01, x23, x23].map((v, j) =>
    let_(`v128.shuffle<i32>(${v}, ${v}, ${2 + (j % 2)}, ${2 + (j % 2)}, 0, 0)`),
  );
  const pairs = [
    low(x01, y[0]),
    low(x01, y[1]),
    add(low(x01, y[2]), low(x23, y[0])),
    add(low(x01, y[3]), low(x23, y[1])),
    low(x23, y[2]),
    low(x23, y[3]),
  ].map((pair) => let_(`i64x2.shl(${pair}, 1)`, 'c')); // pair c = [part of s_c, part of s_(c+1)], doubled by symmetry
  // s_c = pair[c].lane0 + pair[c-1].lane1: bring both into one vector so that highHalf adds the lanes
  const sums = Array.from({ length: 7 }, (_, c) =>
    let_(`v128.shuffle<i64>(${pairs[c] ?? 'zero'}, ${pairs[c - 1] ?? 'zero'}, 0, 3)`, 'c'),
  );
  finish(L, H, M, highHalf(direct, sums.slice(0, 4), sums.slice(4)));
}
emit('}', '');

emit(
  '/** out = a c for a small public constant, 0 <= c < 2^20; a up to 4u; out is 1u and may be a. Constant time. */',
  'export function fp_mul_small(out: i32, a: i32, c: i32): void {',
);
constants();
emit('  const s = i32x4.splat(c);');
{
  const v = [0, 16, 32, 48].map((offset) => let_(`v128.load(a, ${offset})`, 'v'));
  carry(v.flatMap((x) => [low(x, 's'), high(x, 's')]));
}
emit('}');

export const source = `${lines.join('\n')}\n`;
