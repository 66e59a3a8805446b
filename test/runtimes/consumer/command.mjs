/** For engines with a command line and a file system: the vectors are those of the installed package. */
import { answerOf } from './suite.mjs';

console.log(JSON.stringify(answerOf()));
