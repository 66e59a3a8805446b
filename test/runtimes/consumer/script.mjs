/** For engines that are given a script and nothing else: a function from the text of the vectors to that of the result. */
import { suite } from './suite.mjs';

globalThis.answer = (vectors) => JSON.stringify(suite(JSON.parse(vectors)));
