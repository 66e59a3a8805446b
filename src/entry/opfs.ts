/** `mathmesh/opfs`: sequences in the private file system of a browser, in workers. */
export { opfsStorage, type SyncAccessFile, type SyncAccessHandle } from '../sequence/opfs.ts';
