/**
 * Detection of signatures whose nonce anybody can compute (Mesh key combination, section 7): the reference implementation
 * signs so with combined keys. Not for recovering the key, though the signature then is as good as the key.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, empty, equal, sized } from '../bytes.ts';
import { checkedContext } from '../ed448/arguments.ts';
import { flag, options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';

/** Options of the detector, those of the signature. */
export interface PublicNonceOptions {
  /** 0 to 255 octets; empty by default. */
  context?: Uint8Array;
  /** Whether the signature is Ed448ph; `false` by default. */
  prehash?: boolean;
}

export function detectPublicNonce(
  p: Provider,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
  given: PublicNonceOptions | undefined,
): boolean {
  const { context = empty, prehash = false } = options(given);
  const checked = sized(signature, 'signature', 'bad_signature_length', 114);
  const text = bytes(message, 'message');
  const key = sized(publicKey, 'publicKey', 'bad_public_length', 57);
  const bound = checkedContext(context);
  const phflag = flag(prehash, 'prehash') ? 1 : 0;
  const backend = p();
  const signed = prehash ? backend.shake256(text, 64) : text;

  const dom4 = concat(fromUtf8('SigEd448'), Uint8Array.of(phflag, bound.length), bound);
  const r = backend.scalarReduce(backend.shake256(concat(dom4, signed), 114));
  const isPublic = equal(backend.edwardsBaseMultiply(r), checked.subarray(0, 57));
  // Anybody can write down R; only a valid S beside it gives the key away.
  return isPublic && backend.ed448Verify(checked, signed, key, bound, phflag);
}
