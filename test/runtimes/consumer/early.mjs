/** For workerd: the suite while the module is evaluated. */
import { answerOf } from './suite.mjs';
import vectors from './vectors.json';

const answer = answerOf(vectors, { live: true });

// biome-ignore lint/style/noDefaultExport: the form of a Worker
export default { fetch: () => Response.json(answer) };
