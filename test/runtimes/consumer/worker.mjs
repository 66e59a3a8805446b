/** For module workers of pages: answers once. */
import { answerOf } from './suite.mjs';

postMessage(answerOf(await (await fetch('/vectors.json')).json()));
