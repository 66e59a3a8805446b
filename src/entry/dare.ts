/** `mathmesh/dare`: envelopes and sequences over the live backend. */
import { assembleData, type Dare } from '../assemble-data.ts';
import { current } from '../backend/select.ts';

/** DARE: data at rest encryption. */
export const dare: Dare = /* @__PURE__ */ assembleData(current);
export type { Dare } from '../assemble-data.ts';
export type {
  Assurance,
  Cipher,
  DareLimits,
  DecryptionKey,
  Envelope,
  EnvelopeInput,
  Form,
  InspectedRecipient,
  InspectedSignature,
  Inspection,
  KeyIdRule,
  Opened,
  OpenOptions,
  ProfileName,
  Recipient,
  RecipientKey,
  SealEnvelopeOptions,
  SealOptions,
  SignatureCrv,
  SignatureMode,
  SignatureReport,
  Signer,
  TrustedKey,
} from '../dare/index.ts';
export type { OpenedStream, StreamOpenOptions, StreamSource } from '../dare/stream/index.ts';
export type {
  BlobLike,
  CopyOptions,
  CreateOptions,
  DigestRule,
  FrameRange,
  HeadCheck,
  MemoryStorage,
  OpenedFrame,
  OpenSequenceOptions,
  ProofStep,
  Sequence,
  SequenceEntry,
  SequenceFrame,
  SequenceHead,
  SequenceProof,
  SequenceReport,
  SequenceStorage,
  Sequences,
  SequenceType,
  Torn,
  TreeHead,
  VerifyOptions,
} from '../sequence/index.ts';
