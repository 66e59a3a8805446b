/** A consumer of everything, as its compiler sees it: checked for every configuration of types.ts, never run here. */
import { backend, dare, type ErrorCode, ed448, frost, MeshError, shamir, threshold, udf } from 'mathmesh';
import { initFrom, use } from 'mathmesh/backend';
import { type Implementation, runConformance } from 'mathmesh/conformance';
import { fileStorage } from 'mathmesh/file';
import * as js from 'mathmesh/js';
import { opfsStorage } from 'mathmesh/opfs';
import { createPool } from 'mathmesh/pool';
import * as wasm from 'mathmesh/wasm';

const { secretKey, publicKey } = ed448.keygen();
const signature: Uint8Array = ed448.sign(publicKey, secretKey, { context: new Uint8Array(3) });
const texts: string[] = shamir.split(secretKey, { shares: 3, quorum: 2 });
const envelope = dare.seal(signature, { signers: [{ crv: 'Ed448', secretKey }] });
const { payload, assurance } = dare.open(envelope, { keys: [], trust: [{ crv: 'Ed448', publicKey }] });
const trusted: boolean = assurance.trusted;
const name: 'wasm' | 'js' = backend().name;
const code = (error: unknown): ErrorCode | undefined => (error instanceof MeshError ? error.code : undefined);
const mine: Implementation = { name: 'mine', sha512: (message) => message };
const report = runConformance({ implementations: [mine], suite: 'hash', vectors: {} });

// @ts-expect-error a secret key is no text: the declarations are read, and are not `any`
ed448.sign(publicKey, 'secret');
// @ts-expect-error without options there is no quorum
shamir.split(secretKey);

export const used = [texts, payload, trusted, name, code, report.ok, js, wasm, use, initFrom, frost, threshold, udf];
export const opened = [fileStorage, opfsStorage, createPool];
