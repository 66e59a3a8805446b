/** Keys of two parts and keys held by many, on each of the module's curves. */
import type { Crv } from '../../src/overlay/curve.ts';
import { type Cases, context, octets, type Setting, same, seed, shortSeed, text } from './setting.ts';

function onCurve(crv: Crv, { mesh, js, shared }: Setting): Cases {
  const secret = { crv, secretKey: crv === 'Ed448' ? seed : shortSeed } as const;
  const sender = { crv, secretKey: octets(40, 56) } as const;
  return {
    [`combined keys on ${crv}`]() {
      const compose = (api: typeof mesh) => api.overlay.composeKey(shortSeed, octets(41, 56), { crv });
      const [key, expected] = [compose(mesh), compose(js)];
      const peer = js.overlay.seedKey(octets(42, 56), { crv }).publicKey;
      same('the public key', key.publicKey, expected.publicKey);
      same('the agreement', key.agree(peer), expected.agree(peer));
      if (crv === 'Ed448') {
        const options = { context, deterministic: true };
        same('the signature', key.sign(text, options), expected.sign(text, options));
        key.sign(text);
      }
      key.destroy();
    },
    [`activation on ${crv}`]() {
      const operation = crv === 'Ed448' ? 'Sign' : 'Encrypt';
      const activation = js.udf.seed('ActivationDevice', octets(43, 32));
      const activated = (api: typeof mesh) => api.overlay.activate(activation, shortSeed, { operation });
      same('the public key', activated(mesh).publicKey, activated(js).publicKey);
    },
    [`threshold keys on ${crv}`]() {
      const { threshold } = shared;
      const peer = threshold.publicKey(sender);
      const whole = threshold.contribute(secret, peer).point;
      const indexes = [1, 3];
      const { shares, commitments } = threshold.share(secret, { shares: 3, quorum: 2 });
      const members = shares.filter(({ index }) => indexes.includes(Number(index)));
      const parts = members.map((share) => threshold.contribute(share, peer, { indexes, prove: true, blind: true }));
      const agreed = threshold.complete(parts);
      same('the agreement', agreed, whole.slice(0, agreed.length));
      const publicKey = threshold.publicKey(secret);
      const recovered = threshold.recover(members, { publicKey: commitments[0] as Uint8Array });
      same('the key', threshold.publicKey(recovered), publicKey);
      const halves = threshold.split(secret, { shares: 3 });
      same('the sum', threshold.publicKey(threshold.combineSecretKeys(halves)), publicKey);
    },
    [`recryption on ${crv}`]() {
      const { recryption, threshold } = shared;
      const group = recryption.createGroup({ crv });
      const { member, service: half, servicePublicKey } = recryption.addMember(group);
      const service = recryption.service();
      service.add('alice', half);
      const peer = threshold.publicKey(sender);
      const sent = threshold.contribute(sender, group.publicKey).point;
      const given = service.contribute('alice', peer, { prove: true });
      const opened = recryption.complete(member, given, peer, { servicePublicKey });
      same('the agreement', opened, sent.slice(0, opened.length));
      service.destroy();
    },
  };
}

export function sharedKeys(setting: Setting): Cases {
  const { js, shared } = setting;
  return {
    ...onCurve('Ed448', setting),
    ...onCurve('X448', setting),
    FROST() {
      const { frost } = shared;
      const { publicKey, verifyingShares, shares } = frost.deal('Ed448', { shares: 3, quorum: 2, secretKey: seed });
      same('the public key', publicKey, js.ed448.getPublicKey(seed));
      const rounds = shares.slice(1).map((share) => frost.commit(share));
      const commitments = rounds.map((round) => round.commitment);
      const responses = rounds.map((round) => round.sign(text, commitments));
      const signature = frost.aggregate({ publicKey, message: text, commitments, responses, verifyingShares });
      same('the verdict', js.ed448.verify(signature, text, publicKey), true);
      for (const share of shares) frost.importShare(frost.exportShare(share)).destroy();
    },
    'threshold signatures of the drafts'() {
      const { unsafeThresholdSignatures: unsafe, threshold } = shared;
      const parts = threshold.split({ crv: 'Ed448', secretKey: seed }, { shares: 2 });
      const publicKey = js.ed448.getPublicKey(seed);
      const sessions = parts.map(({ secretKey }) => {
        const scalar = new Uint8Array(57);
        scalar.set(secretKey);
        return unsafe.open(unsafe.share({ crv: 'Ed448', publicKey, scalar }));
      });
      const noncePoints = sessions.map(({ noncePoint }) => noncePoint);
      const responses = sessions.map((session) => session.sign(text, { noncePoints }));
      const signature = unsafe.combine({ publicKey, message: text, noncePoints, responses });
      same('the verdict', js.ed448.verify(signature, text, publicKey), true);
    },
  };
}
