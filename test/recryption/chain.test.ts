/**
 * Recryption from the published envelopes to their plaintext: mesh-cryptography-04 and -05 section 6.3, with AES of node:crypto.
 */
import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { hkdfSha256 } from '../../src/hash/hkdf.ts';
import { numberOf } from '../support/groups.ts';
import { hex, unhex, utf8 } from '../support/octets.ts';
import { libraries } from '../support/subjects.ts';

const base64url = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'));

/** RFC 3394: the key under a key encryption key. */
function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return Uint8Array.from(Buffer.concat([cipher.update(wrapped), cipher.final()]));
}

function decrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): string {
  const cipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(ciphertext), cipher.final()]).toString();
}

const groupKey = {
  crv: 'Ed25519',
  secretKey: unhex('51c5d1845fc33197d3802a25ce7f82aff0305b7d52d0b6ce3c1c95a033cb8998'),
} as const;
const memberKey = {
  crv: 'Ed25519',
  secretKey: unhex('c13d09f2d0462bed3443a206ebc9c56d6892083c31fce735eb3d65828266921c'),
} as const;

const envelopes = [
  {
    draft: 'mesh-cryptography-04',
    salt: 'HmQcfDk3qgOudmzqLZdtEw',
    peer: 'T3NLoRxqQEyUPOPQJIp0aVDN4tH2f3BOVXqgCq5SyDs',
    wrapped: 'jjSkEuWVIJZx8zLpedPMzJ9HyXzOcIqJh2i8MdRAHRnYa7E1oMKYyQ',
    ciphertext: 'Sjd7SsWo4o3OPfM-xBbnIQ',
    expected: {
      serviceContribution: 'b8c1134c1b222138bd2e7e96392c7b2156693b586cfe1ee95a0909ad303909dc',
      memberContribution: '1d328a9379652958890ad7a42e57c6f695b47871f221ee634f1dc7fba9522859',
      agreement: 'e788c76412020ee8663860f8c8a8db36ffdce563df6461d73e41e80e8dfc6562',
      kek: 'f012e2c0c6d7854e81703d13d6313b701cbbfc851cc06b7672f71937379e8086',
      master: 'f0f39410c6c036ae6aa31b682a3ad810c8bc6995de905230bd528d686a0eb9cc',
      key: '52f61ac1f85e9c13cf3e4095b3cea740957849d402c5f2398b07154d8d3b5672',
      iv: 'b1b4a3ce814e68e1c4675affba8b9302',
    },
  },
  {
    draft: 'mesh-cryptography-05 and -06',
    salt: 'KDsofrPkFsnlhRsVaxPvvA',
    peer: 'wKdpaMbC5sF8moAusBtJlZ9XRetMzOhfb3pnW0F_uIw',
    wrapped: 'Z0JQvs1BtVDcRDow6hDV47wPiymwn0ybJEXkteYbaSNByhLxGKf3cA',
    ciphertext: 'SUXu-b3kAgMzly2_HQZjGg',
    expected: {
      serviceContribution: '74e2280bff65505ba91087140cc891db6bfecf82ccc910c00e930514cd812839',
      memberContribution: 'b2dbfc97a5d914fbb94785a0df7444310b2864ee6cc397bffa6a39051607700f',
      agreement: '2a22972056778d13f135c95e5a5b93b04a18d590b2c6403f9f2a9e3d9ed3e449',
      kek: '5e8fbfa1ee820bb90f303ba502d3162eafbe4da487c2b5cc8fe4b139ebd11aac',
      master: '04929717dbd0015370431873fddb34e8c2edb12267000484c261937da459ced4',
      key: '66d0551d6d7420fbe7ec814086a126d33c56fda25d886860593fd0dfb409f193',
      iv: 'c22c76fe1a4a0fbad79db6a3e03db69d',
    },
  },
];

describe.each(libraries)('recryption on $name', ({ backend, recryption, threshold }) => {
  const { hkdfSha512 } = assemble(() => backend);
  const { service: share, servicePublicKey } = recryption.addMember(groupKey, { member: memberKey });

  it('gives the service the published scalar (section 6.3)', () => {
    expect(numberOf(share)).toBe(6940673119500215512873533693428875877836385344799439767232887009488324560610n);
  });

  it.each(envelopes)('opens the envelope of $draft', ({ salt, peer, wrapped, ciphertext, expected }) => {
    const E = base64url(peer);
    const service = recryption.service();
    service.add('member', share);
    const half = service.contribute('member', E, { prove: true });
    expect(hex(half.point)).toBe(expected.serviceContribution);
    expect(hex(threshold.contribute(memberKey, E).point)).toBe(expected.memberContribution);
    const agreement = recryption.complete(memberKey, half, E, { servicePublicKey });
    expect(hex(agreement)).toBe(expected.agreement);
    const kek = hkdfSha512(agreement, undefined, utf8('master'), 32);
    expect(hex(kek)).toBe(expected.kek);
    const master = unwrapKey(kek, base64url(wrapped));
    expect(hex(master)).toBe(expected.master);
    const derive = (use: string, length: number) => hkdfSha256(master, base64url(salt), utf8(use), length);
    expect(hex(derive('encrypt', 32))).toBe(expected.key);
    expect(hex(derive('iv', 16))).toBe(expected.iv);
    expect(decrypt(derive('encrypt', 32), derive('iv', 16), base64url(ciphertext))).toBe('This is a test');
  });

  it('shows a wrong half as a key that does not unwrap, and by its proof', () => {
    const { peer, wrapped } = envelopes[0]!;
    const E = base64url(peer);
    const wrong = { crv: 'Ed25519', point: threshold.publicKey(memberKey) } as const;
    const agreement = recryption.complete(memberKey, wrong, E);
    expect(() => unwrapKey(hkdfSha512(agreement, undefined, utf8('master'), 32), base64url(wrapped))).toThrow();
    expect(() => recryption.complete(memberKey, wrong, E, { servicePublicKey })).toThrow(
      expect.objectContaining({ code: 'invalid_contribution' }),
    );
  });
});
