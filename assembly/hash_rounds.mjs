/**
 * Writes hash_rounds.gen.ts: the inner loops of SHA-512 and Keccak as straight-line code, one turn of each loop.
 *
 * SHA-512 (FIPS 180-4 section 6.4): 16 rounds a turn, so that the names of the working variables come round; the message schedule of
 * the next 16 rounds is made two words at a time, in vectors, while these run. What its form rests on, measured with V8 on x64, where a
 * round is bound by the number of instructions as much as by the chain from e to the next e:
 * - The exclusive or of three rotations is a chain of rotations by differences: two copies of registers less.
 * - V8 puts off what is not needed soon. The new a is needed in four rounds only (as d), so four rounds would be under way at once and
 *   most variables in the stack. Storing each new a, and loading d, keeps the order of the rounds, and frees the registers of c and d.
 * - The store stands one round later, and the schedule after the first round of the next two: 620 cycles a block (Zen 4), of which the
 *   chain of 80 times 7 operations from e to e takes 560.
 * Keccak (FIPS 202 section 3): two rounds a turn. Variables for 25 lanes would be more than there are registers, and V8 would put off what is
 * not needed soon, and keep that in the stack too. So the lanes stay in memory, in two buffers: one round reads the first and writes the
 * second, the next one reads the second and writes the first. A store keeps its place, hence the order of the rounds is kept. 1150 cycles a
 * block (Zen 4), and 1290 with one round a turn in variables.
 * - Both buffers have fixed addresses, which cost no register. With the caller's state in place of one: 7 % slower.
 * - The parities of the columns, for the next round, are summed up in five variables as lanes are made; reading all lanes again: 12 % slower.
 * - Several blocks go in by one call, so that copying the state to its buffer and back is done once.
 *
 * Run by assembly/build.mjs; not for anything but this one file.
 */
const lines = [];
const emit = (...text) => lines.push(...text);

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const rotatePair = (x, n) => `v128.or(i64x2.shr_u(${x}, ${n}), i64x2.shl(${x}, ${64 - n}))`;
/** The exclusive or of x rotated to the right by p, by q and by r, p < q < r. */
const sigma = (x, p, q, r) => `rotr<u64>(rotr<u64>(rotr<u64>(${x}, ${r - q}) ^ ${x}, ${q - p}) ^ ${x}, ${p})`;

/** The store of the a that round t made, in the place of the d that it used up. */
const keep = (t) => emit(`    store<u64>(kept, ${names[(23 - t) % 8]}, ${8 * (t % 4)});`);

/** Round t of a turn: the names of the working variables move on by one. Its word plus constant is one of those at `at`. */
function round(t, at = 'sums', rounds = 16) {
  const [a, b, c, d, e, f, g, h] = names.map((_, i) => names[(i + 16 - t) % 8]);
  if (t > 0) keep(t - 1);
  emit(
    `    ${h} += load<u64>(${at}, ${8 * t});`,
    `    ${h} += ${g} ^ (${e} & (${f} ^ ${g}));`,
    `    ${h} += ${sigma(e, 14, 18, 41)};`,
    `    ${d} = load<u64>(kept, ${8 * (t % 4)}) + ${h};`,
    // Maj(a, b, c) = b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c
    `    const x${t} = ${a} ^ ${b};`,
    `    ${h} += ${b} ^ (x${t} & ${t === 0 ? `(${b} ^ ${c})` : `x${t - 1}`});`,
    `    ${h} += ${sigma(a, 28, 34, 39)};`,
  );
  if (t === rounds - 1) keep(t);
}

/** Words 2 i and 2 i + 1 of the next 16, and their sums with the constants; those of this turn have been used. */
function schedule(i) {
  const [w0, w1, w4, w5, w7] = [0, 1, 4, 5, 7].map((j) => `w${(i + j) % 8}`);
  emit(
    `    const p${i} = v128.shuffle<i64>(${w0}, ${w1}, 1, 2);`, // W[t+1], W[t+2]
    `    const q${i} = v128.shuffle<i64>(${w4}, ${w5}, 1, 2);`, // W[t+9], W[t+10]
    // a rotation by 8 moves octets; a swizzle by a constant is one instruction, a shuffle is more
    `    const o${i} = i8x16.swizzle(p${i}, i8x16(1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 11, 12, 13, 14, 15, 8));`,
    `    const r${i} = v128.xor(v128.xor(${rotatePair(`p${i}`, 1)}, o${i}), i64x2.shr_u(p${i}, 7));`,
    `    const s${i} = v128.xor(v128.xor(${rotatePair(w7, 19)}, ${rotatePair(w7, 61)}), i64x2.shr_u(${w7}, 6));`,
    `    ${w0} = i64x2.add(i64x2.add(${w0}, r${i}), i64x2.add(q${i}, s${i}));`,
    `    v128.store(sums, i64x2.add(${w0}, v128.load(constants, ${16 * i})), ${16 * i});`,
  );
}

emit(
  '// Written by hash_rounds.mjs, which explains it.',
  "import { KECCAK_EVEN, KECCAK_ODD } from './memory';",
  '',
  '/**',
  ' * SHA-512 of `count` blocks at `data`, on the 8 words at `state`. `k` holds the 80 constants, `reverse` the order',
  ' * of octets that turns two words round. Uses 128 octets at `sums`, for 16 words of the message schedule plus constants, and 32 at `kept`,',
  ' * for a, b, c and d of the rounds under way.',
  ' */',
  'export function sha512_blocks(',
  '  state: i32,',
  '  data: i32,',
  '  count: i32,',
  '  k: i32,',
  '  reverse: i32,',
  '  sums: i32,',
  '  kept: i32,',
  '): void {',
);
names.forEach((name, i) => {
  emit(`  let ${name} = load<u64>(state, ${8 * i});`);
});
emit('  for (; count > 0; count--) {');
emit('    const order = v128.load(reverse);');
for (let i = 0; i < 4; i++) emit(`    store<u64>(kept, ${names[3 - i]}, ${8 * i});`);
for (let i = 0; i < 8; i++) {
  emit(
    `    const m${i} = v128.load(data, ${16 * i});`,
    `    let w${i} = i8x16.swizzle(m${i}, order);`,
    `    v128.store(sums, i64x2.add(w${i}, v128.load(k, ${16 * i})), ${16 * i});`,
  );
}
emit('    for (let constants = k + 128; constants < k + 640; constants += 128) {');
for (let i = 0; i < 8; i++) {
  round(2 * i);
  if (i > 0) schedule(i - 1);
  round(2 * i + 1);
}
schedule(7);
emit('    }');
// the last 16, with nothing to schedule; the names come round after 8 as well
emit('    for (let at = sums; at < sums + 128; at += 64) {');
for (let t = 0; t < 8; t++) round(t, 'at', 8);
emit('    }');
names.forEach((name, i) => {
  emit(`    ${name} += load<u64>(state, ${8 * i});`, `    store<u64>(state, ${name}, ${8 * i});`);
});
emit('    data += 128;', '  }', '}', '');

// rho offsets by coordinates (FIPS 202 section 3.2.2)
const rho = Array(25).fill(0);
for (let t = 0, x = 1, y = 0; t < 24; t++) {
  rho[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
  [x, y] = [y, (2 * x + 3 * y) % 5];
}

const columns = [0, 1, 2, 3, 4];

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
  '/** Copies the 25 lanes of a state from or to the form it has between rounds. */',
  'function convert(to: i32, from: i32): void {',
  '  for (let row = 0; row < 200; row += 40) {',
  ...columns.map((x) => `    store<u64>(to + row, load<u64>(from + row, ${8 * x}), ${8 * x});`),
  '  }',
  ...complemented.flatMap((flip, i) => (flip ? [`  store<u64>(to, ~load<u64>(to, ${8 * i}), ${8 * i});`] : [])),
  '}',
  '',
  '/**',
  ' * Takes blocks of `rate` octets from `data` to `last`, the address of the last block, into the 25 lanes at `state`, each followed by the 24',
  ' * rounds of Keccak-f[1600]; returns the address behind. At least one block; with a rate of 0, nothing but one time the rounds. `iota` holds',
  ' * the round constants.',
  ' */',
  'export function keccak_blocks(state: i32, iota: i32, data: i32, last: i32, rate: i32): i32 {',
  '  convert(KECCAK_EVEN, state);',
  '  do {',
  '    for (let i = 0; i < rate; i += 8) {',
  '      store<u64>(KECCAK_EVEN + i, load<u64>(KECCAK_EVEN + i) ^ load<u64>(data + i));',
  '    }',
);
for (const x of columns) emit(`    let c${x} = load<u64>(KECCAK_EVEN, ${8 * x});`);
emit('    for (let row = KECCAK_EVEN + 40; row < KECCAK_EVEN + 200; row += 40) {');
for (const x of columns) emit(`      c${x} ^= load<u64>(row, ${8 * x});`);
emit('    }');
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

// The order of the rows decides how V8 uses registers. This is one of the best; the middle one of all costs 3 % more.
const rows = [0, 20, 15, 10, 5];

/** A round from one buffer to the other, with the constant at `constant`; c0 to c4 are the parities of the columns, before and after. */
function keccakRound(from, to, constant) {
  emit('      {');
  for (const x of columns) emit(`        const d${x} = c${(x + 4) % 5} ^ rotl<u64>(c${(x + 1) % 5}, 1);`);
  for (const y of rows) {
    for (const { name, lane } of B.slice(y, y + 5)) {
      const mixed = `load<u64>(${from}, ${8 * lane}) ^ d${lane % 5}`;
      emit(`        const ${name} = ${rho[lane] ? `rotl<u64>(${mixed}, ${rho[lane]})` : mixed};`);
    }
    for (const x of columns) {
      const iota = x + y === 0 ? ` ^ load<u64>(${constant})` : '';
      const value = chi(B[x + y], B[y + ((x + 1) % 5)], B[y + ((x + 2) % 5)], complemented[x + y]);
      emit(
        `        const n${x + y} = ${value}${iota};`,
        `        store<u64>(${to}, n${x + y}, ${8 * (x + y)});`,
        `        c${x} ${y === rows[0] ? '=' : '^='} n${x + y};`,
      );
    }
  }
  emit('      }');
}

emit('    for (let at = iota; at < iota + 192; at += 16) {');
keccakRound('KECCAK_EVEN', 'KECCAK_ODD', 'at');
keccakRound('KECCAK_ODD', 'KECCAK_EVEN', 'at, 8');
emit(
  '    }',
  '    data += rate;',
  '  } while (data <= last);',
  '  convert(state, KECCAK_EVEN);',
  '  return data;',
  '}',
);

export const source = `${lines.join('\n')}\n`;
