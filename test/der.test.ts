import { expect, test } from 'vitest';
import { DerReader, der, derInteger } from '../src/der.ts';
import { expectCode } from './support/errors.ts';

test.each([
  [0, '0400'],
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [65_535, '0482ffff'],
  [65_536, '0483010000'],
  [2 ** 24 - 1, '0483ffffff'],
  [2 ** 24, '048401000000'],
])('writes and reads a length of %i in its shortest form (X.690 section 10.1)', (size, head) => {
  const contents = new Uint8Array(size).fill(5);
  const value = der(4, contents);
  expect(
    Buffer.from(value)
      .subarray(0, head.length / 2)
      .toString('hex'),
  ).toBe(head);
  const reader = new DerReader(value);
  expect(Buffer.compare(reader.read(4), contents)).toBe(0);
  reader.end();
});

test.each([
  '',
  '04',
  '0405',
  '048101ff',
  '04820080',
  '0483000100',
  '0480',
  '04840000000100',
  '048400ffffff',
  '0484ffffffff',
  '04850100000000',
  '04ff',
  '0500',
])('refuses %s: no octet string in shortest form', (text) => {
  expectCode('bad_der', () => new DerReader(new Uint8Array(Buffer.from(text, 'hex'))).read(4));
});

test.each([
  ['', '020100'],
  ['00', '020100'],
  ['7f', '02017f'],
  ['80', '02020080'],
  ['000080', '02020080'],
  ['0001', '020101'],
])('writes the INTEGER %s as %s (X.690 section 8.3)', (magnitude, expected) => {
  expect(Buffer.from(derInteger(new Uint8Array(Buffer.from(magnitude, 'hex')))).toString('hex')).toBe(expected);
});
