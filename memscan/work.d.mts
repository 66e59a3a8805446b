/** Types of work.mjs, which runs as it is, without a compiler in the process that is looked at. */
export declare const secrets: Readonly<Record<string, number>>;
export declare const secretsLength: number;
export declare const randomLength: number;
export declare const controlLength: number;
export declare function work(
  library: unknown,
  octets: Uint8Array,
  random: { length: number; subarray(from: number, to: number): Uint8Array },
  give: (name: string, octets: Uint8Array) => void,
  text: (name: string, text: string) => void,
): number;
