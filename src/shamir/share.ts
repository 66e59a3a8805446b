/**
 * A share and its text (draft-hallambaker-mesh-udf section 4.5): the quorum, a number from 1 to 16, and the value at that number.
 * Both forms are here, as they differ in the type octet and the groups; what a value is and the arithmetic are elsewhere.
 */
import { fromAsciiInto } from '../ascii.ts';
import type { Provider } from '../backend/types.ts';
import { concat, empty, equal, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { countSymbols, type TextCodec } from '../udf/text.ts';
import { type } from '../udf/type.ts';

/** A share taken apart. */
export interface Share {
  /** 1 to 15. */
  quorum: number;
  /** 1 to 16. */
  x: number;
  /** The value at x, 1 octet at least. A secret. */
  value: Uint8Array;
}

/** Shares of one set, one at least. */
export type Shares = [Share, ...Share[]];

/** The form of a share: 2019 and later, a UDF in groups of four; 2015 to 2018, without a type and in groups of five. */
export type ShareForm = 'udf' | 'first';

/** Skipped by the decoder, and the character of value zero. */
const [separator, zero] = [0x2d, 0x41];

/** Texts have up to 132 characters, separators included; there may be more of those, but not without end. */
const mostCharacters = 256;

/** Each of the sixteen numbers, twice. All these texts together are below what the backend decodes at once. */
const mostTexts = 32;

/** The texts that the caller gives, read once. @throws MeshError `bad_option`, `bad_length` */
function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) fail('bad_option', 'shares must be an array of texts');
  const { length } = value;
  if (length > mostTexts) fail('bad_length', `${mostTexts} shares at most`);
  const texts: string[] = [];
  for (let i = 0; i < length; i++) {
    const text: unknown = value[i];
    if (typeof text !== 'string') fail('bad_option', 'a share must be a string');
    if (text.length > mostCharacters) fail('bad_length', `a share has ${mostCharacters} characters at most`);
    texts.push(text);
  }
  return texts;
}

/**
 * Texts as ASCII in one array, each with zeros after it up to whole groups of eight Base32 characters, so that it ends where an octet ends; and how
 * many Base32 characters each has.
 *
 * @throws MeshError `bad_character`
 */
function joined(texts: readonly string[]): { ascii: Uint8Array; counts: number[] } {
  const room = texts.reduce((sum, text) => sum + text.length + 7, 0);
  const ascii = new Uint8Array(new ArrayBuffer(Math.max(128, room)), 0, room).fill(separator);
  const counts: number[] = [];
  let at = 0;
  try {
    for (const text of texts) {
      const count = countSymbols(fromAsciiInto(ascii.subarray(at, at + text.length), text, 'bad_character'));
      const end = at + text.length;
      at = end + (-count & 7);
      ascii.fill(zero, end, at);
      counts.push(count);
    }
  } catch (error) {
    wipe(ascii);
    throw error;
  }
  return { ascii, counts };
}

/** Whether all octets are zero. Constant time: yes. */
function areZero(octets: Uint8Array): boolean {
  let sum = 0;
  for (const octet of octets) sum |= octet;
  return sum === 0;
}

/**
 * A share from the octets that `count` characters carry, and whatever spare bits they have.
 *
 * @throws MeshError `too_short`, `wrong_type`, `noncanonical_text`, `malformed_share`
 */
function shareOf(wide: Uint8Array, count: number, form: ShareForm): Share {
  const length = (5 * count) >> 3;
  if (length < 1) fail('too_short', 'no octet of a share');
  const start = form === 'udf' ? 1 : 0;
  if (start === 1 && wide[0] !== type.share) fail('wrong_type', 'not a share');
  if (5 * count - 8 * length > 4 || !areZero(wide.subarray(length))) {
    fail('noncanonical_text', 'a share has no character too many, and its spare bits are zero');
  }
  const first = length > start ? (wide[start] as number) : 0;
  const quorum = first >> 4;
  if (quorum === 0) fail('malformed_share', 'a quorum of zero');
  if (length < start + 2) fail('malformed_share', 'no value');
  return { quorum, x: (first & 15) + 1, value: wide.slice(start + 1, length) };
}

/**
 * Reads the texts of shares, one at least, in one decoding.
 *
 * @throws MeshError as {@link textsOf}, {@link joined} and {@link shareOf}; `insufficient_shares` for none
 */
export function readShares(p: Provider, texts: unknown, form: ShareForm): Shares {
  const { ascii, counts } = joined(textsOf(texts));
  const shares: Share[] = [];
  let wide = empty;
  try {
    wide = p().base32Decode(ascii, false);
    let at = 0;
    for (const count of counts) {
      const end = at + 5 * ((count + 7) >> 3);
      shares.push(shareOf(wide.subarray(at, end), count, form));
      at = end;
    }
    const [first, ...others] = shares;
    if (first === undefined) fail('insufficient_shares', 'none');
    return [first, ...others];
  } catch (error) {
    wipeShares(shares);
    throw error;
  } finally {
    wipe(ascii, wide);
  }
}

/** Wipes the values of shares. */
export function wipeShares(shares: readonly Share[]): void {
  for (const { value } of shares) wipe(value);
}

/** Refuses shares of more than one set, as far as their form tells. @throws MeshError `mismatched_shares` */
export function expectOneSet(shares: Shares): void {
  const [{ quorum, value }] = shares;
  if (shares.some((share) => share.quorum !== quorum || share.value.length !== value.length)) fail('mismatched_shares');
}

/** Enough shares without copies. @throws MeshError `conflicting_shares`, `insufficient_shares` */
export function distinct(shares: Shares): Shares {
  const kept = new Map<number, Share>();
  for (const share of shares) {
    const other = kept.get(share.x);
    if (other !== undefined && !equal(other.value, share.value)) fail('conflicting_shares', `number ${share.x}`);
    kept.set(share.x, other ?? share);
  }
  const [{ quorum }] = shares;
  if (kept.size < quorum) fail('insufficient_shares', `${kept.size} of ${quorum}`);
  return [...kept.values()] as Shares;
}

/** The octet that says how many shares are needed and which one this is. */
function header({ quorum, x }: Share): number {
  return (quorum << 4) | (x - 1);
}

/** The texts of shares of 2019 and later, whose values have one length. The values are wiped. */
export function writeShares(codec: TextCodec, shares: Shares): string[] {
  const items = shares.map((share) => {
    const octets = new Uint8Array(2 + share.value.length);
    octets[0] = type.share;
    octets[1] = header(share);
    octets.set(share.value, 2);
    return octets;
  });
  const texts = codec.presentAll(items, 8 * (2 + shares[0].value.length), 4);
  wipe(...items);
  wipeShares(shares);
  return texts;
}

/** The text of a share of 2015 to 2018. The value is wiped. */
export function writeFirstShare(codec: TextCodec, share: Share): string {
  const octets = concat(Uint8Array.of(header(share)), share.value);
  const text = codec.present(octets, 8 * octets.length, 5);
  wipe(octets, share.value);
  return text;
}
