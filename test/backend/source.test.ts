import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packedModule } from '../../src/backend/wasm/module.gen.ts';
import { wasmSource } from '../../src/backend/wasm/source.ts';

it('embeds exactly the octets of dist/mesh.wasm', () => {
  expect(Buffer.from(wasmSource() as Uint8Array).equals(readFileSync('dist/mesh.wasm'))).toBe(true);
});

it('needs no escape in a string in double quotes, and no character beyond ASCII', () => {
  expect(packedModule).toMatch(/^[#-[\]-~]+$/);
});
