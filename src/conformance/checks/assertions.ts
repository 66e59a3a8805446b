/**
 * Signed envelopes: what is digested, what is signed, and whether the signature gives its key away.
 */
import { fromBase64url } from '../../base64url.ts';
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import type { Checks } from '../check.ts';
import { signature25519 } from '../curve25519.ts';
import { challenge, noncePoint, publicNonce, response, secretScalar } from '../eddsa.ts';
import type { Inputs, Outcome } from '../fields.ts';
import type { Provided } from '../implementation.ts';
import { fingerprint } from './overlay.ts';

/** The octets of a base64url payload, which are digested as they are. */
function payload(inputs: Inputs): Uint8Array {
  return fromBase64url(inputs.text('payload'), 'bad_jwk');
}

/** The key that a public nonce gives away, proved by the public key that it generates. */
function disclosed(api: Provided, signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array): Outcome {
  const signerScalar = secretScalar(api, signature, digest, publicKey, publicNonce(api, digest));
  const generated = api.baseMultiply(signerScalar);
  if (!generated.every((octet, i) => octet === publicKey[i])) throw new Error('the recovered scalar is not the key');
  return { signerScalar };
}

/** Kinds of envelope vectors. */
export const assertionChecks: Checks = {
  envelope(api, inputs) {
    const [octets, publicKey, signature] = [payload(inputs), inputs.bytes('publicKey'), inputs.bytes('signature')];
    const none = new Uint8Array(0);
    const payloadDigest = api.sha512(octets);
    const nonceIsPublic = api.detectPublicNonce(signature, payloadDigest, publicKey);
    return {
      payloadDigest,
      signerUdf: fingerprint(api, inputs, 'Ed448', publicKey) as string,
      challenge: challenge(api, noncePoint(signature), publicKey, payloadDigest),
      verified: api.ed448Verify(signature, payloadDigest, publicKey, none),
      verifiedOverPayload: api.ed448Verify(signature, octets, publicKey, none),
      nonceIsPublic,
      ...(nonceIsPublic ? disclosed(api, signature, payloadDigest, publicKey) : {}),
    };
  },

  /** An envelope whose signer is not printed: the form of the signature can be checked, and whether its nonce is public. */
  'envelope-signer-elided'(api, inputs) {
    const [digest, signature] = [inputs.bytes('payloadDigest'), inputs.bytes('signature')];
    const R = noncePoint(signature);
    api.validatePoint(R);
    api.scalarNegate(response(signature)); // refuses S >= L
    const computable = api.baseMultiply(publicNonce(api, digest));
    return { nonceIsPublic: computable.every((octet, i) => octet === R[i]), wellFormed: signature[113] === 0 };
  },

  /** The implementation computes the digest; the signature is of another curve and the oracle's. */
  'envelope-ed25519'(api, inputs) {
    const [octets, secretKey] = [payload(inputs), inputs.bytes('secretKey')];
    const payloadDigest = api.sha512(octets);
    return { payloadDigest, ...signature25519(payloadDigest, secretKey) };
  },

  /** HKDF steps of a witness value (draft-hallambaker-mesh-dare section on signatures of encrypted envelopes). */
  witness(api, inputs) {
    const [agreement, masterSecret] = [inputs.bytes('agreement'), inputs.bytes('masterSecret')];
    const [salt, signature] = [inputs.bytes('salt'), inputs.bytes('signature')];
    return {
      keyEncryptionKey: api.hkdfSha512(agreement, undefined, fromUtf8('master'), 32),
      witness: api.hkdfSha256(masterSecret, salt, concat(signature), 32),
    };
  },
};
