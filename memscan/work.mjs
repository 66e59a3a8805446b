/**
 * What is done with secrets, once in the process that is looked at and once in the one that looks, so that it knows what to look for. Not the looking.
 */

/** Names and lengths of the secrets, in the order in which they come. */
export const secrets = {
  'Ed448 seed': 57,
  'X448 key': 56,
  'first seed of a combined key': 56,
  'second seed of a combined key': 56,
  'shared secret of Shamir': 32,
  'key of HMAC and HKDF': 64,
  'threshold key': 57,
  'FROST key': 57,
  'recipient of an envelope': 56,
};

/** Octets of all of them. */
export const secretsLength = Object.values(secrets).reduce((sum, length) => sum + length, 0);
/** Octets for the random source: more than any backend draws. */
export const randomLength = 65536;
/** A secret of which a copy is kept on purpose. */
export const controlLength = 57;

/** What has been destroyed stays reachable, so that its memory is not used for something else before it is searched. */
const kept = [];

const message = new TextEncoder().encode('a message');
const point = (name) => new TextEncoder().encode(name);

/**
 * All operations. Every random octet comes from `random`, a view of octets that is used up from its beginning.
 *
 * @param {any} library - mathmesh or mathmesh/js
 * @param {Uint8Array} octets - the secrets, one after the other
 * @param {{ length: number, subarray(from: number, to: number): Uint8Array }} random - octets of the random source
 * @param {(name: string, octets: Uint8Array) => void} give - called with each secret result; the caller's part is to wipe it
 * @param {(name: string, text: string) => void} text - called with each secret text
 */
export function work(library, octets, random, give, text) {
  let drawn = 0;
  globalThis.crypto.getRandomValues = (out) => {
    if (drawn + out.length > random.length) throw new Error('the random octets are used up');
    out.set(random.subarray(drawn, drawn + out.length));
    drawn += out.length;
    return out;
  };
  let at = 0;
  const [seed, agreement, first, second, shared, mac, thresholdKey, frostKey, recipient] = Object.values(secrets).map(
    (length) => octets.subarray(at, (at += length)),
  );
  const { ed448, ed448ph, x448, overlay, shamir, hkdfSha512, hmacSha512, sha512, shake256, threshold, frost, dare } =
    library;

  // Signatures
  ed448.getPublicKey(seed);
  ed448.sign(message, seed);
  ed448ph.sign(message, seed);
  const signer = ed448.prepareSigner(seed);
  for (let i = 0; i < 5; i++) signer.sign(message);
  signer.destroy();
  kept.push(signer);

  // Agreement
  const peer = x448.getPublicKey(new Uint8Array(56).fill(9));
  x448.getPublicKey(agreement);
  give('X448 agreement', x448.getSharedSecret(agreement, peer));

  // Combined keys
  for (const crv of ['Ed448', 'X448']) {
    const other = overlay.seedKey(new Uint8Array(56).fill(5), { crv });
    const key = overlay.composeKey(first, second, { crv });
    if (crv === 'Ed448') for (let i = 0; i < 3; i++) key.sign(message);
    give(`agreement of a combined ${crv} key`, key.agree(other.publicKey));
    key.destroy();
    other.destroy();
    kept.push(key, other);
  }

  // Hashes with keys
  give('HMAC', hmacSha512(mac, message));
  give('HKDF', hkdfSha512(mac, undefined, point('info'), 64));
  for (const make of [() => sha512.create(), () => shake256.create({ dkLen: 64 })]) {
    const state = make().update(mac).update(message);
    state.clone().destroy();
    state.destroy();
  }

  // Shares
  const shares = shamir.split(shared, { shares: 5, quorum: 3 });
  for (const share of shares) text('text of a share', share);
  give('recovered secret', shamir.combine(shares.slice(1, 4)));

  // Keys held by many
  const sharing = threshold.share({ crv: 'Ed448', secretKey: thresholdKey }, { shares: 3, quorum: 2 });
  const publicKey = ed448.getPublicKey(new Uint8Array(57).fill(7));
  const used = sharing.shares.slice(0, 2);
  const contributions = used.map((share) => threshold.contribute(share, publicKey, { indexes: [1, 2] }));
  give('threshold agreement', threshold.complete(contributions));
  for (const share of sharing.shares) give('threshold share', share.scalar);
  for (const contribution of contributions) if (contribution instanceof Uint8Array) contribution.fill(0);

  const deal = frost.deal('Ed448', { shares: 3, quorum: 2, secretKey: frostKey });
  const rounds = deal.shares.slice(0, 2).map((share) => frost.commit(share));
  const commitments = rounds.map((round) => round.commitment);
  for (const round of rounds) round.sign(message, commitments);
  const unused = frost.commit(deal.shares[2]);
  unused.destroy();
  for (const share of deal.shares) {
    give('FROST share', frost.exportShare(share).secret);
    share.destroy();
    kept.push(share);
  }

  // Envelopes: of both ciphers
  const to = overlay.seedKey(recipient, { crv: 'X448' });
  for (const cipher of ['A256GCM', 'A256CBC']) {
    const signers = cipher === 'A256CBC' ? [{ crv: 'Ed448', secretKey: seed }] : [];
    const envelope = dare.seal(message, { recipients: [{ crv: 'X448', publicKey: to.publicKey }], signers, cipher });
    dare.open(envelope, { keys: [{ crv: 'X448', secretKey: recipient }] });
  }
  to.destroy();
  return drawn;
}
