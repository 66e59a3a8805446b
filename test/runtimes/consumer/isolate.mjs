/** For workerd: the suite while the module is evaluated, and again within a request. */
import { suite } from './suite.mjs';
import vectors from './vectors.json';

const early = suite(vectors);

export default {
  fetch: ({ url }) => Response.json(url.endsWith('/early') ? early : suite(vectors)),
};
