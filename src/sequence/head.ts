/**
 * Signed heads: what the keeper of a sequence vouches for, an envelope whose payload states which sequence, the index of its last frame and the
 * linked digest of that frame. Whoever remembers one sees when frames were removed or exchanged later. Not part of the sequence; keep it elsewhere.
 *
 * The payload is JSON: {"SequenceHead": {"Id", "ContainerType", "Index", "Digest"}, "Signatures": [...]}, where Id is the SHA-512 of the octets of frame 0.
 *
 * Signatures of envelopes cover the payload alone, not what it is for: whoever has others sign what he writes, a line of a log, could have them sign
 * what reads like a head. Hence signatures of its own: of a message that no envelope gives, since those are 64 octets or begin with 80.
 */
import type { Provider } from '../backend/types.ts';
import { concat, equal, wipe } from '../bytes.ts';
import {
  type Envelope,
  type EnvelopeInput,
  makeDare,
  type OpenOptions,
  type SealEnvelopeOptions,
} from '../dare/index.ts';
import { parseObject, writeObject } from '../dare/json.ts';
import { listed, readSigner, readVerificationKey, type Signer, type TrustedKey } from '../dare/keys.ts';
import { limitsOf } from '../dare/limits.ts';
import { binaryOf, objectOf, textOf } from '../dare/members.ts';
import { signDigest, verifyEntry } from '../dare/signature.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { own } from '../own.ts';
import { makeUdf } from '../udf/index.ts';
import { fromUtf8 } from '../utf8.ts';
import type { Sequence } from './sequence.ts';
import { readFrom } from './storage.ts';

/** Most signatures of a head. */
const mostSignatures = 64;

/** What a head says. */
export interface SequenceHead {
  /** SHA-512 of frame 0, 64 octets. */
  id: Uint8Array;
  type: 'Chain' | 'Merkle';
  /** The last frame. */
  index: number;
  /** Its chain or tree digest, 64 octets. */
  digest: Uint8Array;
}

/** What came of comparing a sequence with a head. */
export interface HeadCheck {
  head: SequenceHead;
  /** Frames that were appended since. */
  later: number;
}

async function idOf(p: Provider, sequence: Sequence): Promise<Uint8Array> {
  const { frame } = await sequence.find(0);
  return p().sha512(await readFrom(sequence.storage, frame.start, frame.end - frame.start));
}

/** The digest of a frame that binds all before it. */
async function digestAt(sequence: Sequence, index: number): Promise<Uint8Array> {
  const { place } = await sequence.find(index);
  const digest = sequence.type === 'Merkle' ? place.tree : place.chain;
  return digest ?? fail('not-linked', `frame ${index}`);
}

function linkedType({ type }: Sequence): 'Chain' | 'Merkle' {
  return type === 'Chain' || type === 'Merkle' ? type : fail('not-linked', type);
}

/** The head of a sequence, from what is stored: verify the sequence first when it was not written here. */
export async function headOf(p: Provider, sequence: Sequence): Promise<SequenceHead> {
  const type = linkedType(sequence);
  const index = sequence.length - 1;
  return { id: await idOf(p, sequence), type, index, digest: (await digestAt(sequence, index)).slice() };
}

/** The members of a head, as they are written. */
function membersOf({ id, type, index, digest }: SequenceHead) {
  return { Id: id, ContainerType: type, Index: index, Digest: digest };
}

/** What the signatures of a head are of. */
function messageOf(head: SequenceHead): Uint8Array {
  return concat(fromUtf8('MathMesh sequence head '), writeObject(membersOf(head)));
}

function sign(p: Provider, signer: Signer, message: Uint8Array): Uint8Array {
  const read = readSigner(p, signer);
  try {
    return signDigest(p, read, message);
  } finally {
    if ('secretKey' in read) wipe(read.secretKey);
  }
}

/** An envelope about the head of a sequence that has been verified just now. @throws MeshError `not-linked`, `bad_option`, those of verifying and sealing */
export async function signHead(p: Provider, sequence: Sequence, given: SealEnvelopeOptions): Promise<Envelope> {
  const seal = options(given);
  if (!Array.isArray(seal.signers) || seal.signers.length === 0) fail('bad_option', 'a head needs signers');
  linkedType(sequence);
  await sequence.verify({ requireLinked: true });
  const head = await headOf(p, sequence);
  const signatures = (seal.signers as Signer[]).map((signer) => sign(p, signer, messageOf(head)));
  const payload = writeObject({ SequenceHead: membersOf(head), Signatures: signatures });
  return makeDare(p).seal(payload, {
    contentType: 'application/mesh-sequence-head+json',
    ...seal,
  } as SealEnvelopeOptions);
}

function digestOf(value: unknown, name: string): Uint8Array {
  const octets = binaryOf(value, name);
  return octets.length === 64 ? octets : fail('head-mismatch', name);
}

/** What a head says, once a trusted key has been found to have signed it. @throws MeshError `signature`, `head-mismatch`, those of `dare.open` */
export function readHead(p: Provider, envelope: EnvelopeInput, given: OpenOptions): SequenceHead {
  const read = options(given);
  if (read.trust === undefined) fail('bad_option', 'a head is worth nothing without trust');
  const { payload } = makeDare(p).open(envelope, { ...read } as OpenOptions);
  try {
    const statement = parseObject(payload, 'head', limitsOf(undefined));
    const head = objectOf(own(statement, 'SequenceHead'), 'SequenceHead');
    const index = own(head, 'Index');
    const type = textOf(own(head, 'ContainerType'), 'ContainerType');
    if (type !== 'Chain' && type !== 'Merkle') fail('head-mismatch', type);
    if (!Number.isSafeInteger(index) || (index as number) < 0) fail('head-mismatch', 'Index');
    const [id, digest] = [digestOf(own(head, 'Id'), 'Id'), digestOf(own(head, 'Digest'), 'Digest')];
    const said: SequenceHead = { id, type, index: index as number, digest };
    const signed = { digest: messageOf(said), chainDigest: undefined };
    const keys = (read.trust as TrustedKey[]).map((key) => readVerificationKey(makeUdf(p), key, true));
    const reports = listed(own(statement, 'Signatures') as unknown[], 'Signatures', mostSignatures).map((value) =>
      verifyEntry(p, { signature: binaryOf(value, 'Signatures') }, signed, keys),
    );
    if (!reports.some(({ verdict, publicNonce }) => verdict === 'valid' && !publicNonce)) fail('head-mismatch');
    return said;
  } catch {
    return fail('head-mismatch');
  }
}

/**
 * Verifies a whole sequence and compares it with a head: frame 0, and the payloads as carried of all frames up to the head, in their order. Headers and
 * signatures of other frames are not covered: `trust` at reading demands signatures, A256GCM binds headers.
 *
 * @throws MeshError `head-mismatch` for another sequence, `rollback` when frames are missing at the end, `fork` when the frame of the head is another;
 * those of verifying and {@link readHead}
 */
export async function checkHead(
  p: Provider,
  sequence: Sequence,
  envelope: EnvelopeInput,
  given: OpenOptions,
): Promise<HeadCheck> {
  const head = readHead(p, envelope, given);
  if (linkedType(sequence) !== head.type || !equal(await idOf(p, sequence), head.id)) fail('head-mismatch');
  await sequence.verify({ requireLinked: true, torn: true });
  if (head.index >= sequence.length) fail('rollback', `${sequence.length} frames, the head is ${head.index}`);
  if (!equal(await digestAt(sequence, head.index), head.digest)) fail('fork', `frame ${head.index}`);
  return { head, later: sequence.length - 1 - head.index };
}
