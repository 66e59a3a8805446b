/**
 * Keys held by many on all four curves: draft-hallambaker-threshold, mesh-cryptography section 6.3. Not threshold signatures.
 */
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Checks, type Proofs } from '../check.ts';
import type { Inputs } from '../fields.ts';
import type { KeyCurve, SharedForm } from '../implementation.ts';
import { combination, recoveredPoint } from '../montgomery.ts';

const curveOf = (inputs: Inputs) => inputs.text<KeyCurve>('crv');
const agreementOf = (crv: string, point: Uint8Array) => (crv.startsWith('X') ? point.slice(0, -1) : point);

/** Kinds of vectors about shared keys. */
export const sharedKeyChecks: Checks = {
  'shared-aggregate'(api, inputs) {
    const crv = curveOf(inputs);
    const secrets = [inputs.bytes('secret1'), inputs.bytes('secret2')];
    const publicKeys = [inputs.bytes('public1'), inputs.bytes('public2')];
    publicKeys.forEach((key, i) => {
      agrees('a public key', key, api.sharedPublicKey(crv, secrets[i] as Uint8Array));
    });
    const scalar = api.sharedSecretSum(crv, secrets);
    const sum = agrees(
      'scalars and points',
      api.sharedPublicSum(crv, publicKeys),
      api.sharedPublicKey(`${crv}z`, scalar),
    );
    return { scalar, publicKey: sum };
  },

  'shared-sum'(api, inputs) {
    const [crv, a, b] = [curveOf(inputs), inputs.bytes('a'), inputs.bytes('b')];
    return { sum: api.sharedPublicSum(crv, [a, b]) };
  },

  'shared-contribution'(api, inputs) {
    const [crv, secret, peer] = [inputs.text<SharedForm>('crv'), inputs.bytes('secret'), inputs.bytes('peer')];
    return { contribution: api.sharedContribution(crv, secret, peer) };
  },

  'shared-ladder'(api, inputs) {
    const crv = inputs.text<'X448' | 'X25519'>('crv');
    const [secret, peer] = [inputs.bytes('secret'), inputs.bytes('peer')];
    const results = ['x2', 'z2', 'x3', 'z3'].map((name) => inputs.bytes(name));
    const [x2, z2, x3, z3] = results as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const contribution = api.sharedContribution(crv, secret, peer);
    return { contribution: agrees('the ladder', contribution, recoveredPoint(crv, peer, [x2, z2, x3, z3])) };
  },

  'shared-split'(api, inputs) {
    const crv = curveOf(inputs);
    const [secret, share1, peer] = [inputs.bytes('secret'), inputs.bytes('share1'), inputs.bytes('peer')];
    const [whole, first] = [combination(crv, [1n, secret]), combination(crv, [1n, share1])];
    const share2 = combination(crv, [1n, secret], [-1n, share1]);
    agrees('the sum of the parts', whole, api.sharedSecretSum(`${crv}z`, [first, share2]));
    const contribution1 = api.sharedContribution(crv, share1, peer);
    const contribution2 = api.sharedContribution(`${crv}z`, share2, peer);
    const sum = api.sharedPublicSum(crv, [contribution1, contribution2]);
    agrees('parts and whole', sum, api.sharedContribution(crv, secret, peer));
    const agreement = api.sharedCompletion(crv, [contribution1, contribution2]);
    return { share2, contribution1, contribution2, sum, agreement };
  },

  'shared-quorum'(api, inputs) {
    const crv = curveOf(inputs);
    const [secret, coefficient, peer] = [inputs.bytes('secret'), inputs.bytes('coefficient'), inputs.bytes('peer')];
    const indexes = [inputs.number('index1'), inputs.number('index2')];
    const at = (index: number) => ({ index, scalar: combination(crv, [1n, secret], [BigInt(index), coefficient]) });
    const shares = indexes.map(at);
    agrees('the recovered key', secret, api.sharedRecovery(crv, 2, shares));
    const [weight1, weight2] = indexes.map((index) => api.sharedCoefficient(crv, index, indexes)) as [
      Uint8Array,
      Uint8Array,
    ];
    const given = shares.map((share) => api.sharedQuorumContribution(crv, share, indexes, peer));
    const [contribution1, contribution2] = given as [Uint8Array, Uint8Array];
    const sum = api.sharedPublicSum(crv, given);
    const agreement = agrees('the agreement', api.sharedCompletion(crv, given), agreementOf(crv, sum));
    const points = { contribution1, contribution2, sum, agreement };
    return { share1: at(1).scalar, share2: at(2).scalar, share3: at(3).scalar, weight1, weight2, ...points };
  },

  'shared-blinding'(api, inputs) {
    const crv = curveOf(inputs);
    const [secret, random, peer] = [inputs.bytes('secret'), inputs.bytes('random'), inputs.bytes('peer')];
    const second = combination(crv, [1n, secret], [-1n, random]);
    const parts = [random, second].map((part) => api.sharedContribution(`${crv}z`, part, peer));
    const agreement = agreementOf(crv, api.sharedContribution(`${crv}z`, secret, peer));
    return { second, agreement: agrees('parts and whole', api.sharedCompletion(crv, parts), agreement) };
  },

  /** As far as the key encryption key, and from the master secret on: the package has no AES. */
  recryption(api, inputs) {
    const crv = curveOf(inputs);
    const [group, member, peer] = [inputs.bytes('group'), inputs.bytes('member'), inputs.bytes('peer')];
    const [masterSecret, salt] = [inputs.bytes('masterSecret'), inputs.bytes('salt')];
    const serviceScalar = api.recryptionShare(crv, group, member);
    const memberContribution = api.sharedContribution(crv, member, peer);
    const serviceContribution = api.sharedContribution(`${crv}z`, serviceScalar, peer);
    const agreement = api.sharedCompletion(crv, [memberContribution, serviceContribution]);
    agrees('the key of the group', agreement, agreementOf(crv, api.sharedContribution(crv, group, peer)));
    return {
      serviceScalar,
      memberContribution,
      serviceContribution,
      agreement,
      keyEncryptionKey: api.hkdfSha512(agreement, undefined, fromUtf8('master'), 32),
      contentKey: api.hkdfSha256(masterSecret, salt, fromUtf8('encrypt'), 32),
      iv: api.hkdfSha256(masterSecret, salt, fromUtf8('iv'), 16),
    };
  },

  'recryption-2017'(api, inputs) {
    const [group, share] = [inputs.number('group'), inputs.bytes('share')];
    return { publicKey: api.dh2017PublicKey(group, share) };
  },
};

/** Kinds of errata about shared keys. */
export const sharedKeyProofs: Proofs = {
  'erratum-shared-split'(api, inputs) {
    const [crv, secret, share1] = [curveOf(inputs), inputs.bytes('secret'), inputs.bytes('share1')];
    const share2 = combination(crv, [1n, secret], [-1n, share1]);
    agrees(
      'the sum of the parts',
      combination(crv, [1n, secret]),
      api.sharedSecretSum(`${crv}z`, [combination(crv, [1n, share1]), share2]),
    );
    return { printed: { share2: api.sharedSecretSum(crv, [secret, share1]) }, right: { share2 } };
  },

  'erratum-shared-doubled-peer'(api, inputs) {
    const [crv, secret, peer] = [curveOf(inputs), inputs.bytes('secret'), inputs.bytes('peer')];
    return {
      printed: { sum: api.sharedPublicSum(crv, [peer, peer]) },
      right: { sum: api.sharedContribution(crv, secret, peer) },
    };
  },

  'erratum-shared-peer-printed'(api, inputs) {
    const [crv, peer] = [curveOf(inputs), inputs.bytes('peer')];
    const [share1, share2] = [inputs.bytes('share1'), inputs.bytes('share2')];
    return {
      printed: { contribution1: peer, contribution2: peer },
      right: {
        contribution1: api.sharedContribution(crv, share1, peer),
        contribution2: api.sharedContribution(`${crv}z`, share2, peer),
      },
    };
  },
};
