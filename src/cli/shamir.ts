/**
 * Secret sharing as the commands use it, over the live backend.
 */
import { current } from '../backend/select.ts';
import { makeShamir } from '../shamir/index.ts';
import { readShares, type Share } from '../shamir/share.ts';

export const shamir = makeShamir(current);

/** A share taken apart; whoever calls wipes its value. @throws MeshError every error of one share */
export function parseShare(text: string): Share {
  return readShares(current, [text], 'udf')[0];
}
