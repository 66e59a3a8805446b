/**
 * Envelopes as they travel (DARE specification, section 3): JSON text, or JSON text with the payload as a data item. Not what is in them.
 */
import { toBase64url } from '../base64url.ts';
import { bytes, concat, empty, isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { jsonb } from '../jsonb/index.ts';
import { fromUtf8Strict } from '../jsonb/text.ts';
import { own } from '../own.ts';
import { fromUtf8 } from '../utf8.ts';
import { type Form, jsonText, parseObject, takeApart, takeItems } from './json.ts';
import { type DareLimits, limitsOf } from './limits.ts';
import type { Members } from './members.ts';
import type { Parts } from './parts.ts';

/** What is read as an envelope: one, its octets or text, or what a JSON parser made of it, each also wrapped as `{ DareEnvelope: ... }`. */
export type EnvelopeInput = Envelope | Uint8Array | string | readonly unknown[] | { DareEnvelope: readonly unknown[] };

/**
 * An envelope: header, payload and trailer as they are carried. It is not changed by reading it, and what it does not know it keeps.
 */
export class Envelope {
  /** How `bytes` writes it. */
  readonly form: Form;
  readonly #parts: Parts;

  /** @internal Takes over the parts. */
  constructor(parts: Parts, form: Form) {
    this.#parts = parts;
    this.form = form;
  }

  /** Whether a value is one, whatever its prototype says. */
  static is(value: unknown): value is Envelope {
    return typeof value === 'object' && value !== null && #parts in value;
  }

  /** @internal */
  static partsOf(envelope: Envelope): Parts {
    return envelope.#parts;
  }

  /** The members of the header, parsed anew: binary values are base64url texts. No prototype. */
  get header(): Members {
    return parseObject(this.#parts.header, 'header', limitsOf({ header: this.#parts.header.length }));
  }

  /** The payload as carried: ciphertext when it is encrypted. A copy. */
  get payload(): Uint8Array {
    return this.#parts.payload.slice();
  }

  /** The members of the trailer, as those of the header; none when there is no trailer. */
  get trailer(): Members | undefined {
    const { trailer } = this.#parts;
    return trailer && parseObject(trailer, 'trailer', limitsOf({ header: trailer.length }));
  }

  /** The octets of the envelope in its form. */
  get bytes(): Uint8Array {
    return this.form === 'json' ? fromUtf8(this.toString()) : this.#binary();
  }

  /** For `JSON.stringify` without indentation, which changes the octets that A256GCM binds: two or three items, binary values as base64url. */
  toJSON(): unknown[] {
    return JSON.parse(this.toString());
  }

  /** JSON text of the envelope, whatever its form. */
  toString(): string {
    const { header, payload, trailer } = this.#parts;
    const end = trailer === undefined ? '' : `,${textOf(trailer)}`;
    return `[${textOf(header)},"${toBase64url(payload)}"${end}]`;
  }

  /** Section 3.2. */
  #binary(): Uint8Array {
    const { header, payload, trailer } = this.#parts;
    const separator = fromUtf8(',\n  ');
    return concat(
      fromUtf8('['),
      header,
      separator,
      jsonb.encode(payload),
      trailer === undefined ? empty : concat(separator, trailer),
      fromUtf8(']'),
    );
  }
}

function textOf(octets: Uint8Array): string {
  const text = jsonText(octets, limitsOf({ header: octets.length }));
  return fromUtf8Strict(text, 0, text.length, 0);
}

/** An envelope as the caller has it. @throws MeshError `structure`, `base64`, `limit`, `not_bytes`, and those of the JSON reader */
export function readEnvelope(value: EnvelopeInput, limits: Required<DareLimits>): Envelope {
  if (Envelope.is(value)) return value;
  if (typeof value === 'string') return made(takeApart(fromUtf8(value), limits));
  if (isBytes(value)) return made(takeApart(bytes(value, 'envelope'), limits));
  if (Array.isArray(value)) return made(takeItems(value, limits));
  const inner = typeof value === 'object' && value !== null ? own(value, 'DareEnvelope') : undefined;
  return Array.isArray(inner) ? made(takeItems(inner, limits)) : fail('structure', 'an envelope is an array');
}

function made({ form, ...parts }: Parts & { form: Form }): Envelope {
  return new Envelope(parts, form);
}
