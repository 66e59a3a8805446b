/** For engines that are given a script and nothing else: a function from the text of the vectors to that of the result. */
import { answerOf } from './suite.mjs';

globalThis.answer = (vectors, suite) => JSON.stringify(answerOf(JSON.parse(vectors), { suite }));
