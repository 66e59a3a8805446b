/**
 * Groups whose key a member and a service use together (threshold keys, section A5).
 */
import { describe, expect, test } from 'vitest';
import { codeOf } from '../support/errors.ts';
import { direct, mod, numberOf } from '../support/groups.ts';
import { hex } from '../support/octets.ts';
import { subjects } from '../support/subjects.ts';

describe.each(subjects)('a group on $crv on $name', ({ recryption, threshold, crv, model, key, octets }) => {
  const group = recryption.createGroup({ crv });
  const peer = model.base(123456789n ** 6n);
  const agreed = hex(threshold.contribute(group, peer).point.slice(0, model.agreementLength));
  const service = recryption.service();
  const members = ['alice', 'bob'].map((name) => ({ name, ...recryption.addMember(group) }));
  for (const { name, service: share } of members) service.add(name, share);
  const [alice, bob] = members as [(typeof members)[number], (typeof members)[number]];

  test('has a fresh key of the curve and its public key', () => {
    expect(group.crv).toBe(crv);
    expect(group.secretKey).toHaveLength(model.scalarLength);
    expect(hex(group.publicKey)).toBe(hex(threshold.publicKey(group)));
    expect(hex(recryption.createGroup({ crv }).secretKey)).not.toBe(hex(group.secretKey));
  });

  test('opens for every member with the service, as it does for the key of the group', () => {
    for (const { name, member, servicePublicKey } of members) {
      const plain = recryption.complete(member, service.contribute(name, peer), peer);
      const proven = service.contribute(name, peer, { prove: true, blind: true });
      expect(hex(plain)).toBe(agreed);
      expect(hex(recryption.complete(member, proven, peer, { servicePublicKey, blind: true }))).toBe(agreed);
    }
  });

  test('is in the halves: they sum to its key, and each member has other ones', () => {
    for (const { member, service: share, servicePublicKey } of members) {
      expect(hex(threshold.publicKey(threshold.combineSecretKeys([member, share])))).toBe(hex(group.publicKey));
      expect(hex(threshold.combinePublicKeys(crv, [threshold.publicKey(member), servicePublicKey]))).toBe(
        hex(group.publicKey),
      );
    }
    expect(hex(alice.service.secretKey)).not.toBe(hex(bob.service.secretKey));
  });

  test('does not open with the half of another member, and the proof says so', () => {
    const half = service.contribute('bob', peer, { prove: true });
    expect(hex(recryption.complete(alice.member, half, peer))).not.toBe(agreed);
    const { servicePublicKey } = alice;
    expect(codeOf(() => recryption.complete(alice.member, half, peer, { servicePublicKey }))).toBe(
      'invalid_contribution',
    );
    const unproven = service.contribute('alice', peer);
    expect(codeOf(() => recryption.complete(alice.member, unproven, peer, { servicePublicKey }))).toBe(
      'invalid_contribution',
    );
  });

  test('can be divided with a key that the member has, a scalar too', () => {
    for (const member of [key(4), direct(model, 99n)]) {
      const divided = recryption.addMember(direct(model, 1000n), { member });
      expect(divided.member).toEqual(member);
      expect(divided.member.secretKey).not.toBe(member.secretKey);
    }
    const { service: share } = recryption.addMember(direct(model, 7n), { member: direct(model, 99n) });
    expect(numberOf(share)).toBe(mod(7n - 99n, model.L));
    expect(codeOf(() => recryption.addMember(group, { member: group }))).toBe('identity_result');
  });

  test('is closed to a member that was removed, and stays open to the others', () => {
    const other = recryption.service();
    other.add('alice', alice.service);
    other.add('bob', bob.service);
    expect([other.remove('alice'), other.remove('alice'), other.has('alice')]).toEqual([true, false, false]);
    expect(codeOf(() => other.contribute('alice', peer))).toBe('unknown_member');
    expect(hex(recryption.complete(bob.member, other.contribute('bob', peer), peer))).toBe(agreed);
    other.destroy();
    expect(codeOf(() => other.contribute('bob', peer))).toBe('destroyed');
    expect(codeOf(() => other.add('bob', bob.service))).toBe('destroyed');
    expect(other.has('bob')).toBe(false);
  });

  test('refuses peers of small and mixed order on both sides', () => {
    const mixed = model.add(peer, model.small);
    const half = service.contribute('alice', peer);
    expect(codeOf(() => service.contribute('alice', model.small))).toBe('small_order_base');
    expect(codeOf(() => service.contribute('alice', mixed))).toBe('not_in_prime_order_subgroup');
    expect(codeOf(() => recryption.complete(alice.member, half, mixed))).toBe('not_in_prime_order_subgroup');
    const bad = { crv, point: model.add(half.point, model.small) };
    expect(codeOf(() => recryption.complete(alice.member, bad, peer))).toBe('not_in_prime_order_subgroup');
  });

  test('has no agreement when the halves cancel (point_at_infinity)', () => {
    const half = { crv, point: model.multiply(model.L - 5n, peer) };
    expect(codeOf(() => recryption.complete(direct(model, 5n), half, peer))).toBe('point_at_infinity');
  });

  test('keeps its own copy of a share, and replaces one', () => {
    const other = recryption.service();
    const own = { crv: alice.service.crv, secretKey: alice.service.secretKey.slice() };
    other.add('x', bob.service);
    other.add('x', own);
    own.secretKey.fill(0);
    expect(hex(recryption.complete(alice.member, other.contribute('x', peer), peer))).toBe(agreed);
    expect(codeOf(() => other.add('x', { crv: own.crv, secretKey: octets(0n) }))).toBe('zero_scalar');
    expect(other.has('x')).toBe(true);
  });
});

describe.each(subjects.filter(({ crv }) => crv === 'X448'))('arguments on $name', ({ recryption, key, model }) => {
  const peer = model.base(3n);

  test('a service takes scalars and names only', () => {
    const service = recryption.service();
    expect(codeOf(() => service.add('a', key(1)))).toBe('unsupported_algorithm');
    expect(codeOf(() => service.add(1 as never, direct(model, 1n)))).toBe('bad_option');
    expect(codeOf(() => service.contribute('__proto__', peer))).toBe('unknown_member');
    expect(codeOf(() => service.contribute('a', peer, [] as never))).toBe('bad_option');
  });

  test('curves do not mix', () => {
    expect(
      codeOf(() => recryption.addMember(key(1), { member: { crv: 'Ed448', secretKey: new Uint8Array(57) } })),
    ).toBe('curve_mismatch');
    expect(codeOf(() => recryption.complete(key(1), { crv: 'Ed448', point: peer }, peer))).toBe('curve_mismatch');
    expect(codeOf(() => recryption.createGroup({ crv: 'P-256' as never }))).toBe('unsupported_algorithm');
    expect(codeOf(() => recryption.complete(key(1), undefined as never, peer))).toBe('bad_option');
  });

  test('a getter that destroys the service does not make it multiply by zero (destroyed)', () => {
    const service = recryption.service();
    service.add('a', direct(model, 5n));
    const given = {
      get prove() {
        service.destroy();
        return false;
      },
    };
    expect(codeOf(() => service.contribute('a', peer, given))).toBe('destroyed');
  });

  test('a contribution of a share of a quorum does not stand in for the half of a service', () => {
    const half = { crv: 'X448', point: peer, index: 1, indexes: [1, 2] } as const;
    expect(codeOf(() => recryption.complete(key(1), half, peer))).toBe('inconsistent_shares');
  });
});
