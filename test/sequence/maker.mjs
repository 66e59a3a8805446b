/**
 * Makes a file and is killed on the way. Run with tsx: node --import tsx maker.mjs FILE opened|appended|synced.
 */

import { jsBackend } from '../../src/backend/js/index.ts';
import { fileStorage } from '../../src/sequence/file.ts';
import { makeSequences } from '../../src/sequence/index.ts';

const [path, stage] = process.argv.slice(2);
const killAt = (reached) => {
  if (reached === stage) process.kill(process.pid, 'SIGKILL');
};
const storage = await fileStorage(path, { create: true });
killAt('opened');
await makeSequences(() => jsBackend).create({
  ...storage,
  async append(octets) {
    await storage.append(octets);
    killAt('appended');
  },
  async sync() {
    await storage.sync();
    killAt('synced');
  },
});
