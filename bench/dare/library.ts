/**
 * The library as the benchmarks of envelopes use it. Until the package exports envelopes, they are put together here from the sources.
 */
import { ed448, overlay } from 'mathmesh';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { makeDare } from '../../src/dare/index.ts';
import { makeDareStreams } from '../../src/dare/stream/index.ts';

const backend = wasmBackend();
const p = () => backend;

export const dare = { ...makeDare(p), ...makeDareStreams(p) };
export { ed448, overlay };
