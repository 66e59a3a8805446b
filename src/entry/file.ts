/** `mathmesh/file`: sequences in files of Node. */
export { type FileStorageOptions, fileStorage } from '../sequence/file.ts';
