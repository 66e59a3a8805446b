/** `mathmesh/backend`: which implementation is live, and choosing it. */
export { backend, init, initFrom, initSync, use } from '../backend/select.ts';
