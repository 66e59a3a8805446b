/** A consumer of the parts that need no type of a platform: neither DOM nor Node. */
import { use } from 'mathmesh/backend';
import { ed448 } from 'mathmesh/ed448';
import { frost } from 'mathmesh/frost';
import { group448 } from 'mathmesh/group448';
import { sha512 } from 'mathmesh/hash';
import { jsonb } from 'mathmesh/jsonb';
import { key } from 'mathmesh/key';
import { overlay } from 'mathmesh/overlay';
import { shamir } from 'mathmesh/shamir';
import { threshold } from 'mathmesh/threshold';
import { udf } from 'mathmesh/udf';
import * as wasm from 'mathmesh/wasm';
import { x448 } from 'mathmesh/x448';

const digest: Uint8Array = sha512(new Uint8Array(3));
// @ts-expect-error octets, not text
sha512('abc');

export const used = [use, digest, ed448, frost, group448, jsonb, key, overlay, shamir, threshold, udf, wasm, x448];
