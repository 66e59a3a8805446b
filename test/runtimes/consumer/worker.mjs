/** For module workers of pages: answers once. */
import { suite } from './suite.mjs';

postMessage(suite(await (await fetch('/vectors.json')).json()));
