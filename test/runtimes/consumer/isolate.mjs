/** For workerd: the suite within a request. */
import { answerOf } from './suite.mjs';
import vectors from './vectors.json';

export default { fetch: () => Response.json(answerOf(vectors)) };
