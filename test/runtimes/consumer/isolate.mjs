/** For workerd: the suite within a request. */
import { answerOf } from './suite.mjs';
import vectors from './vectors.json';

// biome-ignore lint/style/noDefaultExport: the form of a Worker
export default { fetch: () => Response.json(answerOf(vectors)) };
