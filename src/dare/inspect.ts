/**
 * What an envelope says about itself, to who holds no key. Nothing in it is checked but the digest of the payload: whoever carried the envelope could
 * have written it.
 */
import type { Provider } from '../backend/types.ts';
import { equal } from '../bytes.ts';
import { Envelope } from './envelope.ts';
import { integrityOf } from './header.ts';
import type { Form } from './json.ts';
import type { DareLimits } from './limits.ts';
import { type Members, present } from './members.ts';
import { parseParts } from './parts.ts';
import type { Digested } from './verify.ts';

/** What is claimed about a recipient. */
export interface InspectedRecipient {
  kid?: string;
  /** The curve of the ephemeral key, as written; none for a symmetric recipient. */
  crv?: string;
  /** Octets of the wrapped key: 40, and 8 for the wrapped nothing of August 2019. */
  wrappedLength?: number;
}

/** What is claimed about a signer. */
export interface InspectedSignature {
  kid?: string;
  alg?: string;
  /** The only curve with signatures of this length; none when there is no such curve. */
  crv?: 'Ed448' | 'Ed25519';
  /** Whether there is a witness, for the holder of a decryption key to check. */
  witness: boolean;
}

/** What an envelope says about itself. */
export interface Inspection {
  form: Form;
  /** As written; `none` when it is not there. May be unknown. */
  enc: string;
  /** As written. */
  dig?: string;
  /** Whether the payload has the digest that goes with it. */
  digest: 'match' | 'mismatch' | 'absent';
  /** Octets of the payload as carried. */
  payloadLength: number;
  envelopeId?: string;
  contentType?: string;
  /** Merged from all places where it may stand; no prototype. */
  contentMeta: Members;
  recipients: InspectedRecipient[];
  signatures: InspectedSignature[];
  annotations: number;
  /** Members of the sequence that a frame was taken from; no prototype. */
  sequence: Members;
  policy?: Members;
  received?: string;
  /** All members of the header as parsed, and of the trailer; no prototype. */
  header: Members;
  trailer?: Members;
}

const curveOf = (length: number) => (length === 114 ? 'Ed448' : length === 64 ? 'Ed25519' : undefined);

/** An envelope, and of its payload what can be counted. */
export interface Inspected extends Digested {
  form: Form;
  payloadLength: number;
}

/** @throws MeshError `structure` for what stands in two places with different values */
export function inspectionOf({ form, header, trailer, payloadLength, digest }: Inspected): Inspection {
  const { payloadDigest } = integrityOf(header, trailer);
  const signatures = trailer?.signatures ?? header.signatures ?? [];
  const { cty } = header.contentMeta as { cty?: unknown };
  return present<Inspection>({
    form,
    enc: header.enc ?? 'none',
    dig: header.dig,
    digest: payloadDigest === undefined ? 'absent' : equal(payloadDigest, digest) ? 'match' : 'mismatch',
    payloadLength,
    envelopeId: header.envelopeId,
    contentType: typeof cty === 'string' ? cty : undefined,
    contentMeta: header.contentMeta,
    recipients: (header.recipients ?? []).map(({ kid, epk, wmk }) =>
      present<InspectedRecipient>({ kid, crv: epk?.crv, wrappedLength: wmk?.length }),
    ),
    signatures: signatures.map(({ kid, alg, signature, witness }) =>
      present<InspectedSignature>({
        kid,
        alg,
        crv: curveOf(signature.length),
        witness: witness !== undefined || trailer?.witnessValue !== undefined,
      }),
    ),
    annotations: header.annotations?.length ?? 0,
    sequence: header.sequence,
    policy: header.policy,
    received: header.received,
    header: header.members,
    trailer: trailer?.members,
  });
}

/** @throws MeshError `structure`, `base64`, `limit`, `signature`, and those of the JSON reader */
export function inspectEnvelope(p: Provider, envelope: Envelope, limits: Required<DareLimits>): Inspection {
  const parts = Envelope.partsOf(envelope);
  const { header, trailer } = parseParts(parts, limits);
  const { payload } = parts;
  const digest = p().sha512(payload);
  return inspectionOf({ form: envelope.form, header, trailer, payloadLength: payload.length, digest });
}
