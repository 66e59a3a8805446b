/**
 * What is known of an envelope, for people and for programs.
 */
import { toBase64url } from '../base64url.ts';
import { isBytes } from '../bytes.ts';
import { printable } from '../conformance/printable.ts';
import type { SignatureReport } from '../dare/signature.ts';
import type { Assurance } from '../dare/verify.ts';
import { fingerprint } from './keyring.ts';

/** Octets as base64url, in objects that become JSON. */
export function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, (_, member) => (isBytes(member) ? toBase64url(member) : typeof member === 'bigint' ? String(member) : member), 2)}\n`;
}

/** A report on a signature, with the fingerprint of the key in place of the key. */
function shownSignature({ key, crv, ...report }: SignatureReport): object {
  if (key === undefined || crv === undefined) return report;
  return { ...report, crv, fingerprint: fingerprint({ crv, publicKey: key }) };
}

/** What was reached, for JSON. */
export function shownAssurance({
  signatures,
  ...assurance
}: Partial<Assurance> & Pick<Assurance, 'signatures'>): object {
  return { ...assurance, signatures: signatures.map(shownSignature) };
}

/** The signers whose signatures are good and trusted, for people. */
export function believedSigners({ signatures }: Pick<Assurance, 'signatures'>): string[] {
  return signatures
    .filter(({ verdict, trusted, publicNonce }) => verdict === 'valid' && trusted && !publicNonce)
    .map(({ crv, key, kid = '' }) =>
      crv === undefined || key === undefined ? printable(kid) : `${fingerprint({ crv, publicKey: key })} (${crv})`,
    );
}
