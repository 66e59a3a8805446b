/**
 * Sharing what has a type: keys and profile seeds as UDF texts, and the check that a recovered seed is the one that was shared
 * (architecture drafts, escrow and recovery). Not the sharing itself, which knows octets only.
 */
import type { Provider } from '../backend/types.ts';
import { concat, equal, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { makeOverlay } from '../overlay/index.ts';
import { type Generation, makeUdf } from '../udf/index.ts';
import { algorithmCodes, algorithmMask } from '../udf/seed.ts';
import type { TextCodec } from '../udf/text.ts';
import { type } from '../udf/type.ts';

/** What a recovered seed has to give. */
export interface CombineSeedOptions {
  /** Fingerprint of a public key of the seed, 20 characters at least: that of the profile, as it is printed on a profile. */
  fingerprint?: string;
  /** Label of that key; by default that of the profile key of the seed's kind. */
  keyName?: string;
  /** Its curve; by default what the seed or the label implies. */
  algorithm?: 'Ed448' | 'X448';
  /** The form of the derivation; by default both, `info` with label and then `salt` without. */
  form?: 'info' | 'salt';
  /** The rules of the fingerprint; by default `G4` and `G3`. A G2 fingerprint does not bind the curve, so that it has to be asked for. */
  generation?: Generation;
}

/** Labels of the key that a profile is named after (schema-06 to 08). */
const profileKeys: Readonly<Record<number, string>> = {
  [algorithmCodes.ProfileDevice]: 'BaseDeviceProfile',
  [algorithmCodes.ProfileAccount]: 'CompleteAccountProfile',
};

/** More bits than a fingerprint has: all that the caller gives are compared. */
const everyBit = 512;

/** Octets before a seed: the type identifier and the key specifier. */
const headerLength = 3;

/** The octets of a key text. @throws MeshError `noncanonical_text` for a key that has bits beyond whole octets, and as `udf.parse` */
export function keyOctets(codec: TextCodec, text: string): Uint8Array {
  const { data, text: upper } = codec.parseAs(text, type.encryptionKey);
  try {
    wipe(codec.parse(upper, { canonical: true }).data);
    return data;
  } catch (error) {
    wipe(data);
    throw error;
  }
}

/** A text that says these octets. @throws MeshError `fault_detected` */
function writtenText(codec: TextCodec, id: number, octets: Uint8Array): string {
  const text = codec.format(id, octets);
  const { type: read, data } = codec.parse(text);
  const same = read === id && equal(data, octets);
  wipe(data);
  return same ? text : fail('fault_detected');
}

/** The text of key octets. */
export function keyText(codec: TextCodec, octets: Uint8Array): string {
  return writtenText(codec, type.encryptionKey, octets);
}

/** The whole binary form of a seed text. */
export function seedOctets(codec: TextCodec, text: string): Uint8Array {
  const { data } = codec.parseAs(text, type.seed);
  const octets = concat(Uint8Array.of(type.seed), data);
  wipe(data);
  return octets;
}

/** The text of a binary seed, whatever zeros `S2` put before it. @throws MeshError `not_a_seed` */
export function seedText(codec: TextCodec, octets: Uint8Array): string {
  // The number of these zeros follows from the lengths, and the octet after them is the same for all seeds.
  const start = octets.findIndex((octet) => octet !== 0);
  if (start < 0 || octets[start] !== type.seed || octets.length - start <= headerLength) fail('not_a_seed');
  return writtenText(codec, type.seed, octets.subarray(start + 1));
}

/** The labelled form of 2020 on, and the plain one of 2019. */
const forms = ['info', 'salt'] as const;

/** Refuses a seed text which does not give the key that was asked for. @throws MeshError `udf_mismatch`, and as `udf.deriveKey` */
export type SeedCheck = (seed: string, given: CombineSeedOptions | undefined) => void;

/** {@link SeedCheck} over a backend. */
export function makeSeedCheck(p: Provider): SeedCheck {
  const udf = makeUdf(p);
  const overlay = makeOverlay(p);

  /** The code of what a seed is for. */
  function codeOf(seed: string): number {
    const { data } = udf.parse(seed);
    const code = (((data[0] as number) << 8) | (data[1] as number)) & algorithmMask;
    wipe(data);
    return code;
  }

  /** The derivations to try, one for each form. */
  function derivations(seed: string, { keyName, algorithm, form }: Partial<CombineSeedOptions>) {
    if (form !== undefined && !forms.includes(form)) fail('bad_option', `form is one of ${forms.join(', ')}`);
    const code = codeOf(seed);
    const label = keyName ?? profileKeys[code] ?? '';
    const isX448 = code === algorithmCodes.X448 || /(?:Encrypt|Authenticate|Escrow)$/.test(label);
    const crv = algorithm ?? (isX448 ? 'X448' : 'Ed448');
    if (crv !== 'Ed448' && crv !== 'X448') fail('unsupported_algorithm', 'keys of seeds are checked on Ed448 and X448');
    // Only the labelled form can give a key that the caller names.
    const wanted = form === undefined ? forms.filter((each) => each === 'info' || keyName === undefined) : [form];
    return wanted.map((each) => ({
      crv,
      derive: { form: each, algorithm: crv, keyName: each === 'salt' ? (keyName ?? '') : label },
    }));
  }

  function publicKey(seed: string, { crv, derive }: ReturnType<typeof derivations>[number]) {
    const secretKey = udf.deriveKey(seed, derive);
    try {
      const key = overlay.seedKey({ crv, secretKey });
      key.destroy();
      return { crv, publicKey: key.publicKey };
    } finally {
      wipe(secretKey);
    }
  }

  return (seed, given) => {
    const { fingerprint, generation, ...rest } = options(given);
    if (fingerprint === undefined) return;
    udf.parse(fingerprint); // refused before anything is derived
    const rules: readonly Generation[] = generation === undefined ? ['G4', 'G3'] : [generation];
    const found = derivations(seed, rest).some((derivation) => {
      const key = publicKey(seed, derivation);
      return rules.some((rule) => udf.matches(udf.publicKey(key, { generation: rule, bits: everyBit }), fingerprint));
    });
    if (!found) fail('udf_mismatch', 'the seed gives no key with this fingerprint');
  };
}
