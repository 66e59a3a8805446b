/**
 * The entry of the threads: all targets.
 */
import { serve } from './engine/serve.ts';
import { names } from './names.ts';
import { cli } from './targets/cli.ts';
import { dare } from './targets/dare.ts';
import { differential } from './targets/differential.ts';
import { frames } from './targets/frames.ts';
import { json } from './targets/json.ts';
import { jsonb } from './targets/jsonb.ts';
import { keys } from './targets/keys.ts';
import { messages } from './targets/messages.ts';
import { sequence } from './targets/sequence.ts';
import { shares } from './targets/shares.ts';
import { udf } from './targets/udf.ts';

const targets = [udf, json, jsonb, dare, sequence, frames, keys, shares, messages, cli, differential];
if (targets.map(({ name }) => name).join() !== names.join()) throw new Error('names.ts does not name the targets');
await serve(targets);
