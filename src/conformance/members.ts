/**
 * The check of somebody else's object before it is run: a function whose name is misspelt would otherwise never be asked.
 * Not what the functions do: see implementation.ts.
 */
import { fail } from '../errors.ts';
import type { Implementation } from './implementation.ts';
import { printable } from './printable.ts';

type Properties = 'name' | 'errorCodes';

/** All functions; the type makes sure that none is forgotten. */
const functions: Readonly<Record<Exclude<keyof Implementation, Properties>, true>> = {
  sha512: true,
  sha3_512: true,
  shake256: true,
  hmacSha512: true,
  hkdfSha512: true,
  hkdfSha256: true,
  ed448PublicKey: true,
  ed448Sign: true,
  ed448Verify: true,
  ed448phSign: true,
  ed448phVerify: true,
  x448PublicKey: true,
  x448: true,
  scalarFromSeed: true,
  scalarFromWide: true,
  scalarAdd: true,
  scalarMultiply: true,
  scalarNegate: true,
  scalarInvert: true,
  pointAdd: true,
  pointMultiply: true,
  baseMultiply: true,
  validatePoint: true,
  meshPublicKey: true,
  combinePublicKeys: true,
  composePublicKey: true,
  agree: true,
  compositeSign: true,
  deriveMeshSeed: true,
  activatePublicKey: true,
  detectPublicNonce: true,
  sharedPublicKey: true,
  sharedPublicSum: true,
  sharedSecretSum: true,
  sharedContribution: true,
  sharedCompletion: true,
  sharedCoefficient: true,
  sharedRecovery: true,
  sharedQuorumContribution: true,
  recryptionShare: true,
  dh2017PublicKey: true,
  draftThresholdSign: true,
  frostDeal: true,
  frostSign: true,
  udfParse: true,
  udfFormat: true,
  udfDigest: true,
  udfDigestType: true,
  udfAuthenticator: true,
  udfPublicKey: true,
  udfRsaKey: true,
  udfOid: true,
  udfMatches: true,
  udfDeriveKey: true,
  udfDeriveNistKey: true,
  udfDerivePrimes: true,
  udfEarl: true,
  udfUri: true,
  udfSin: true,
  udfKeyIdentifier: true,
  udfMessageId: true,
  udfSaltedPin: true,
  udfPinId: true,
  udfConnectPin: true,
  shamirSplit: true,
  shamirCombine: true,
  shamirCombineSeed: true,
  jsonbDecode: true,
  jsonbEncode: true,
  jsonbSession: true,
  aesKeyWrap: true,
  aesKeyUnwrap: true,
  aesCbcEncrypt: true,
  dareOpen: true,
  dareInspect: true,
  dareSign: true,
  dareKeyId: true,
  frames: true,
  framesBackward: true,
  framesBuild: true,
  sequenceVerify: true,
  sequencePath: true,
  sequenceChain: true,
  sequenceTree: true,
};

/** The names of an object and of the classes it is made from. */
function namesOf(value: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = value; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (at === value || name !== 'constructor') names.add(name);
  }
  return [...names];
}

/**
 * The value as an implementation.
 *
 * @throws MeshError `bad_option` for everything that is not an object with a name, and for a member that is unknown or no function
 */
export function implementationOf(value: unknown): Implementation {
  if (typeof value !== 'object' || value === null) fail('bad_option', 'an implementation must be an object');
  const { name, errorCodes } = value as Record<Properties, unknown>;
  if (typeof name !== 'string' || name === '') fail('bad_option', 'an implementation must have a name');
  const of = `implementation ${printable(name)}`;
  if (errorCodes !== undefined && typeof errorCodes !== 'boolean') {
    fail('bad_option', `${of}: errorCodes must be true or false`);
  }
  for (const member of namesOf(value)) {
    if (member === 'name' || member === 'errorCodes') continue;
    if (!Object.hasOwn(functions, member)) fail('bad_option', `${of}: unknown member ${printable(member)}`);
    const found: unknown = Reflect.get(value, member);
    if (found !== undefined && typeof found !== 'function') fail('bad_option', `${of}: ${member} must be a function`);
  }
  return value as Implementation;
}
