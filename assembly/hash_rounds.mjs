/**
 * Writes hash_rounds.gen.ts: the inner loops of SHA-512 and Keccak as straight-line code, one turn of each loop.
 *
 * SHA-512 (FIPS 180-4 section 6.4): 16 rounds a turn, so that the names of the working variables come round; the message schedule of
 * the next 16 rounds is made two words at a time, in vectors, while these run.
 * Keccak (FIPS 202 section 3): one round a turn with the 25 lanes in variables; unrolling further is slower.
 *
 * Run by assembly/build.mjs; not for anything but this one file.
 */
const lines = [];
const emit = (...text) => lines.push(...text);

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const rotate = (x, ...by) => by.map((n) => `rotr<u64>(${x}, ${n})`).join(' ^ ');
const rotatePair = (x, n) => `v128.or(i64x2.shr_u(${x}, ${n}), i64x2.shl(${x}, ${64 - n}))`;

/** Round t of 16: the names of the working variables move on by one. What waits longest is added last. */
function round(t) {
  const [a, b, c, d, e, f, g, h] = names.map((_, i) => names[(i + 16 - t) % 8]);
  emit(
    `  ${h} += load<u64>(sums, ${8 * t});`,
    `  ${h} += ${g} ^ (${e} & (${f} ^ ${g}));`,
    `  ${h} += ${rotate(e, 14, 18, 41)};`,
    `  ${d} += ${h};`,
    // Maj(a, b, c) = b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c
    `  const x${t} = ${a} ^ ${b};`,
    `  ${h} += ${b} ^ (x${t} & ${t === 0 ? `(${b} ^ ${c})` : `x${t - 1}`});`,
    `  ${h} += ${rotate(a, 28, 34, 39)};`,
  );
}

/** Words 2 i and 2 i + 1 of the next 16, and their sums with the constants. */
function schedule(i) {
  const [w0, w1, w4, w5, w7] = [0, 1, 4, 5, 7].map((j) => `w${(i + j) % 8}`);
  emit(
    `  const p${i} = v128.shuffle<i64>(${w0}, ${w1}, 1, 2);`, // W[t+1], W[t+2]
    `  const q${i} = v128.shuffle<i64>(${w4}, ${w5}, 1, 2);`, // W[t+9], W[t+10]
    `  const r${i} = v128.xor(v128.xor(${rotatePair(`p${i}`, 1)}, ${rotatePair(`p${i}`, 8)}), i64x2.shr_u(p${i}, 7));`,
    `  const s${i} = v128.xor(v128.xor(${rotatePair(w7, 19)}, ${rotatePair(w7, 61)}), i64x2.shr_u(${w7}, 6));`,
    `  ${w0} = i64x2.add(i64x2.add(${w0}, r${i}), i64x2.add(q${i}, s${i}));`,
    `  v128.store(words, ${w0}, ${16 * i});`,
    `  v128.store(sums, i64x2.add(${w0}, v128.load(k, ${16 * i})), ${16 * i});`,
  );
}

function sha512Turn(withSchedule) {
  names.forEach((name, i) => {
    emit(`  let ${name} = load<u64>(v, ${8 * i});`);
  });
  if (withSchedule) for (let i = 0; i < 8; i++) emit(`  let w${i} = v128.load(words, ${16 * i});`);
  for (let i = 0; i < 8; i++) {
    round(2 * i);
    round(2 * i + 1);
    if (withSchedule) schedule(i);
  }
  names.forEach((name, i) => {
    emit(`  store<u64>(v, ${name}, ${8 * i});`);
  });
  emit('}', '');
}

emit(
  '// Written by hash_rounds.mjs, which explains it.',
  '',
  '/**',
  ' * 16 rounds of SHA-512 on the 8 working variables at `v`; `sums` holds words of the message schedule plus constants. Meanwhile the',
  ' * 16 words at `words` become the next 16, and `sums` those plus the constants at `k`.',
  ' */',
  'export function sha512_turn(v: i32, words: i32, sums: i32, k: i32): void {',
);
sha512Turn(true);
emit(
  '/** The last 16 rounds, with nothing to schedule. */',
  'export function sha512_last_turn(v: i32, sums: i32): void {',
);
sha512Turn(false);

// rho offsets by coordinates (FIPS 202 section 3.2.2)
const rho = Array(25).fill(0);
for (let t = 0, x = 1, y = 0; t < 24; t++) {
  rho[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
  [x, y] = [y, (2 * x + 3 * y) % 5];
}

// Between rounds six lanes are kept complemented, so that most of the negations of chi become a choice between "and" and "or" (Keccak
// implementation overview, section 2.2). Which values are complemented is followed through theta, rho and pi here.
const complemented = Array.from({ length: 25 }, (_, lane) => [1, 2, 8, 12, 17, 20].includes(lane));

/** The new lane a ^ (~b & c) with as few negations as its inputs and its output allow. */
function chi(a, b, c, wanted) {
  // the product, or its complement
  const [product, flipped] =
    b.flip === c.flip
      ? [
          [b.flip ? `(${b.name} & ~${c.name})` : `(~${b.name} & ${c.name})`, false],
          [b.flip ? `(~${b.name} | ${c.name})` : `(${b.name} | ~${c.name})`, true],
        ].find(([, flip]) => (a.flip !== flip) === wanted)
      : b.flip
        ? [`(${b.name} & ${c.name})`, false]
        : [`(${b.name} | ${c.name})`, true];
  return `${(a.flip !== flipped) === wanted ? '' : '~'}${a.name} ^ ${product}`;
}

emit(
  '/** The 24 rounds of Keccak-f[1600] on the 25 lanes at `state`; `iota` holds the round constants. */',
  'export function keccak_rounds(state: i32, iota: i32): void {',
);
for (let i = 0; i < 25; i++) emit(`  let s${i} = load<u64>(state, ${8 * i});`);
const complement = () => emit(...complemented.flatMap((flip, i) => (flip ? [`  s${i} = ~s${i};`] : [])));
complement();
emit('  for (let round = 0; round < 24; round++) {');
const columns = [0, 1, 2, 3, 4];
for (const x of columns) emit(`    const c${x} = s${x} ^ s${x + 5} ^ s${x + 10} ^ s${x + 15} ^ s${x + 20};`);
for (const x of columns) emit(`    const d${x} = c${(x + 4) % 5} ^ rotl<u64>(c${(x + 1) % 5}, 1);`);
const flipC = columns.map((x) => columns.reduce((flip, y) => flip !== complemented[x + 5 * y], false));
const flipD = columns.map((x) => flipC[(x + 4) % 5] !== flipC[(x + 1) % 5]);
// pi takes lane (x, y) to (y, 2 x + 3 y)
const B = Array(25);
for (const x of columns) {
  for (const y of columns) {
    const lane = x + 5 * y;
    const target = y + 5 * ((2 * x + 3 * y) % 5);
    B[target] = { name: `b${target}`, flip: complemented[lane] !== flipD[x], lane };
  }
}
for (const { name, lane } of B) {
  const mixed = `s${lane} ^ d${lane % 5}`;
  emit(`    const ${name} = ${rho[lane] ? `rotl<u64>(${mixed}, ${rho[lane]})` : mixed};`);
}
for (let y = 0; y < 25; y += 5) {
  for (const x of columns) {
    const iota = x + y === 0 ? ' ^ load<u64>(iota + (round << 3))' : '';
    const value = chi(B[x + y], B[y + ((x + 1) % 5)], B[y + ((x + 2) % 5)], complemented[x + y]);
    emit(`    s${x + y} = ${value}${iota};`);
  }
}
emit('  }');
complement();
for (let i = 0; i < 25; i++) emit(`  store<u64>(state, s${i}, ${8 * i});`);
emit('}');

export const source = `${lines.join('\n')}\n`;
