/** What the native module (addon.c) offers. Without valgrind all of it does nothing, and nothing is ever hidden or reported. */
export interface Oracle {
  /** Marks octets as secret: from now on a branch or an address that depends on them is reported. */
  hide(octets: Uint8Array): void;
  /** Marks octets as public. */
  publish(octets: Uint8Array): void;
  /** Marks the highest bit of every octet as public. */
  publishFlags(octets: Uint8Array): void;
  /** How many of the octets hold a secret bit. */
  hidden(octets: Uint8Array): number;
  /** Reports so far, repeated ones included. */
  reports(): number;
  /** Whether valgrind runs this process. */
  running(): number;
}
