/**
 * The two forms in which envelopes are written (DARE specification, sections 22 to 24): that of 2021 to 2023, and that of August 2019. All forms are read.
 */
import { fail } from '../errors.ts';
import type { AnnotationForm } from './body.ts';
import { writeObject } from './json.ts';
import type { ReadSigner } from './keys.ts';
import type { Members } from './members.ts';
import type { RecipientForm } from './recipient.ts';

/** `current`: names and rules of dare-11 and dare-12. `schema-03`: those of August 2019. */
export type ProfileName = 'current' | 'schema-03';

/** What differs. */
export interface Profile {
  /** Whether the extension A256GCM may be written. */
  gcm: boolean;
  recipient: RecipientForm;
  /** Whether entries of signatures have `alg` and `kid`. */
  namesSigner: boolean;
  /** @throws MeshError `bad_option` */
  checkSigners(signers: readonly ReadSigner[]): void;
  annotationForm: AnnotationForm;
  annotations: 'annotations' | 'Annotations';
  envelopeId: 'EnvelopeId' | 'EnvelopeID';
  /** Members of the header for ContentMeta. */
  contentMeta(members: Members): Members;
}

const current: Profile = {
  gcm: true,
  recipient: { rule: 'E5', info: '' },
  namesSigner: true,
  checkSigners() {},
  annotationForm: { first: 0, third: false },
  annotations: 'annotations',
  envelopeId: 'EnvelopeId',
  contentMeta: (members) => ({ ContentMetaData: writeObject(members) }),
};

/** Members of ContentMeta that stood in the header itself, by their names of today. */
const flat: Readonly<Record<string, string>> = {
  cty: 'cty',
  UniqueId: 'UniqueID',
  Filename: 'Filename',
  Event: 'Event',
  Labels: 'Labels',
  KeyValues: 'KeyValues',
  First: 'First',
  Previous: 'Previous',
};

const schema03: Profile = {
  gcm: false,
  recipient: { rule: 'E2', info: 'master' },
  namesSigner: false,
  checkSigners(signers) {
    if (signers.some(({ crv }) => crv !== 'Ed448')) fail('bad_option', 'schema-03 signs with Ed448');
  },
  annotationForm: { first: 1, third: true },
  annotations: 'Annotations',
  envelopeId: 'EnvelopeID',
  contentMeta(members) {
    const [header, rest]: [Members, Members] = [{}, {}];
    for (const [name, value] of Object.entries(members)) {
      if (Object.hasOwn(flat, name)) header[flat[name] as string] = value;
      else rest[name] = value;
    }
    return Object.keys(rest).length === 0 ? header : { ...header, ContentMeta: rest };
  },
};

/** @throws MeshError `bad_option` */
export function profileOf(name: unknown = 'current'): Profile {
  if (name === 'current') return current;
  return name === 'schema-03' ? schema03 : fail('bad_option', 'profile');
}
