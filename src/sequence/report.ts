/**
 * What a verification showed, as it is told to callers.
 */
import type { Backend } from '../backend/types.ts';
import { sequenceLimits } from './limit.ts';
import type { SequenceType } from './members.ts';
import type { DigestRule } from './rules.ts';
import type { Torn } from './tail.ts';
import { type Findings, verifyOctets } from './verify.ts';

/** What a verification showed. Nobody vouches for it but the file itself: compare `digest` with a head that is signed or was kept elsewhere. */
export interface SequenceReport {
  type: SequenceType;
  /** Whole frames, frame 0 included. */
  frames: number;
  /** The strongest rule that holds for every frame. */
  rule: DigestRule;
  /** All that hold: short sequences follow several. */
  rules: readonly DigestRule[];
  /**
   * What the digests protect, for those who know the last one: `sequence`, all payloads as carried and their order; `payloads`, each payload against
   * accidents; `nothing`. In no case the headers, nor the signatures of frames: content types can be changed and signatures removed.
   */
  protects: 'sequence' | 'payloads' | 'nothing';
  /** Frames whose payload has the digest that is stored. */
  payloadDigests: number;
  /** Frames whose payload has not. */
  erased: readonly number[];
  /** The last chain or tree digest, 64 octets, where the rule is `linked`. */
  digest: Uint8Array | undefined;
  /** What is behind the last whole frame. */
  torn: Torn | undefined;
}

/** The report on findings. */
export function reportOf(findings: Findings, torn: Torn | undefined): SequenceReport {
  const { type, frames, chain, tree, payloadDigests, erased, last } = findings;
  const rules = type === 'Merkle' ? tree : chain[0] === 'none' ? tree : chain;
  const rule = rules[0] ?? 'none';
  const linked = rule === 'linked';
  return {
    type,
    frames,
    rule,
    rules,
    protects: linked ? 'sequence' : payloadDigests > 0 ? 'payloads' : 'nothing',
    payloadDigests,
    erased,
    digest: linked ? (rules === tree ? last?.tree : last?.chain)?.slice() : undefined,
    torn,
  };
}

/** Verifies octets in memory. @throws MeshError as `Sequence.verify`, and `no-frame` */
export function verifySequence(backend: Backend, octets: Uint8Array): SequenceReport {
  const checks = { limits: sequenceLimits(undefined), indexBase: 1, partial: false, erased: false } as const;
  return reportOf(verifyOctets(backend, octets, checks), undefined);
}
