/**
 * A share and its text (draft-hallambaker-mesh-udf section 4.5): the quorum, a number from 1 to 16, and the value at that number.
 * Both forms are here, as they differ in the type octet and the groups; what a value is and the arithmetic are elsewhere.
 */
import type { BitString, Provider, SharePoint } from '../backend/types.ts';
import { concat, equal, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { decodedTwice, type TextCodec } from '../udf/text.ts';
import { type } from '../udf/type.ts';

/** A share taken apart. */
export interface Share extends SharePoint {
  /** 1 to 15. */
  readonly quorum: number;
}

/** Shares of one set, one at least. */
export type Shares = [Share, ...Share[]];

/** The form of a share: 2019 and later, a UDF in groups of four; 2015 to 2018, without a type and in groups of five. */
export type ShareForm = 'udf' | 'first';

/** Texts have up to 132 characters, separators included; there may be more of those, but not without end. */
const mostCharacters = 256;

/** Each of the sixteen numbers, twice. */
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
 * A share from what a text carries. Its value is a view of it.
 *
 * @throws MeshError `too_short`, `wrong_type`, `noncanonical_text`, `malformed_share`
 */
function shareOf({ octets, bits }: BitString, form: ShareForm): Share {
  const length = bits >> 3;
  if (length < 1) fail('too_short', 'no octet of a share');
  const start = form === 'udf' ? 1 : 0;
  if (start === 1 && octets[0] !== type.share) fail('wrong_type', 'not a share');
  const spare = bits - 8 * length;
  if (spare > 4 || (spare > 0 && octets[length] !== 0)) {
    fail('noncanonical_text', 'a share has no character too many, and its spare bits are zero');
  }
  const first = length > start ? (octets[start] as number) : 0;
  const quorum = first >> 4;
  if (quorum === 0) fail('malformed_share', 'a quorum of zero');
  if (length < start + 2) fail('malformed_share', 'no value');
  return { quorum, x: (first & 15) + 1, value: octets.subarray(start + 1, length) };
}

/**
 * Reads the texts of shares, one at least. All are decoded before the first is looked at.
 *
 * @throws MeshError as {@link textsOf} and {@link shareOf}; `bad_character`; `insufficient_shares` for none
 */
export function readShares(p: Provider, texts: unknown, form: ShareForm): Shares {
  const backend = p();
  const decoded: BitString[] = [];
  try {
    for (const text of textsOf(texts)) decoded.push(decodedTwice(backend, text));
    if (decoded.length === 0) fail('insufficient_shares', 'none');
    return decoded.map((each) => shareOf(each, form)) as Shares;
  } catch (error) {
    for (const { octets } of decoded) wipe(octets);
    throw error;
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
function header(quorum: number, x: number): number {
  return (quorum << 4) | (x - 1);
}

/** The octets before the value of the first share of 2019 and later. */
export function sharePrefix(quorum: number): number {
  return (type.share << 8) | header(quorum, 1);
}

/** The text of a share of 2015 to 2018. The value is wiped. */
export function writeFirstShare(codec: TextCodec, { quorum, x, value }: Share): string {
  const octets = concat(Uint8Array.of(header(quorum, x)), value);
  const text = codec.present(octets, 8 * octets.length, 5);
  wipe(octets, value);
  return text;
}
