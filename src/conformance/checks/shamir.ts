/**
 * Secret sharing: draft-hallambaker-mesh-udf section 4.5, account escrow of the architecture drafts, and the form of 2015 to 2018.
 * Lists are texts with spaces between their members. Coefficients are given, as nothing random can be compared.
 */
import { agrees, type Checks } from '../check.ts';
import { type Inputs, toHex } from '../fields.ts';
import type { FingerprintGeneration, Provided, SharingGeneration } from '../implementation.ts';

/** The members of a list. */
const listOf = (text: string): string[] => text.split(' ').filter((member) => member !== '');

/** The coefficients of a vector, hexadecimal. */
function coefficients(inputs: Inputs): bigint[] {
  return listOf(inputs.text('coefficients')).map((digits) => BigInt(`0x${digits}`));
}

/** Every choice of so many members. */
function choices<T>(members: readonly T[], size: number): T[][] {
  const [first, ...rest] = members;
  if (size === 0) return [[]];
  if (first === undefined) return [];
  return [...choices(rest, size - 1).map((choice) => [first, ...choice]), ...choices(rest, size)];
}

/** The secret of shares, which any quorum of them gives, and all of them together. */
export function recovered(
  api: Provided,
  shares: readonly string[],
  quorum: number,
  generation: SharingGeneration,
): Uint8Array {
  return choices(shares, quorum).reduce(
    (secret, choice) => agrees('another quorum', secret, api.shamirCombine(choice, generation)),
    api.shamirCombine(shares, generation),
  );
}

/** Octets as they are shown without a type identifier. */
export function bareText(api: Provided, octets: Uint8Array, group: number): string {
  return api.udfFormat(octets[0] as number, octets.slice(1), undefined, group);
}

/** Kinds of vectors about shared secrets. */
export const shamirChecks: Checks = {
  'shamir-split'(api, inputs) {
    const [secret, quorum, count] = [inputs.bytes('secret'), inputs.number('quorum'), inputs.number('shares')];
    const generation = inputs.text<SharingGeneration>('generation');
    const given = coefficients(inputs);
    const shares = api.shamirSplit(secret, count, quorum, generation, given);
    const length = generation === 'S2' ? 4 * Math.ceil(secret.length / 4) : secret.length;
    const padded = new Uint8Array(length);
    padded.set(secret, length - secret.length);
    agrees('the secret', recovered(api, shares, quorum, generation), padded);
    const parsed = shares.map((share) => api.udfParse(share));
    const octets = parsed.map(({ type, data }) =>
      // A share of the first generation has no type: what is read as one is its first octet.
      toHex(generation === 'S1' ? Uint8Array.of(type, ...data) : data),
    );
    return {
      shares: shares.join(' '),
      octets: octets.join(' '),
      secretText: generation === 'S1' ? bareText(api, secret, 5) : api.udfFormat(32, secret),
    };
  },

  'shamir-combine'(api, inputs) {
    const [shares, generation] = [listOf(inputs.text('shares')), inputs.text<SharingGeneration>('generation')];
    return { secret: api.shamirCombine(shares, generation) };
  },

  /** 0 and 2^(8 n) - 1 give 2^(8 n) - 2 - d at x = 2, modulo 2^(8 n) + d. */
  'shamir-primes'(api, inputs) {
    const most = inputs.number('length');
    const offsets = Array.from({ length: most }, (_, i) => {
      const power = 1n << BigInt(8 * (i + 1));
      const [, share = ''] = api.shamirSplit(new Uint8Array(i + 1), 2, 2, 'S3', [power - 1n]);
      return power - 2n - BigInt(`0x${toHex(api.udfParse(share).data.slice(1))}`);
    });
    return { offsets: offsets.join(' ') };
  },

  'shamir-escrow'(api, inputs) {
    const [shares, quorum] = [listOf(inputs.text('shares')), inputs.number('quorum')];
    const generation = inputs.text<SharingGeneration>('generation');
    const octets = recovered(api, shares, quorum, generation);
    const again = api.shamirSplit(octets, shares.length, quorum, generation, coefficients(inputs));
    agrees('the shares', again.join(' '), shares.join(' '));
    const binary = octets.slice(octets.findIndex((octet) => octet !== 0));
    const seedUdf = api.udfFormat(binary[0] as number, binary.slice(1));
    const [form, keyName] = [inputs.text<'salt' | 'info'>('form'), inputs.text('keyName')];
    const key = api.meshPublicKey('Ed448', api.udfDeriveKey(seedUdf, form, 'Ed448', keyName));
    const rules = inputs.text<FingerprintGeneration>('fingerprintGeneration');
    const fingerprint = api.udfPublicKey('Ed448', key, rules);
    agrees('the seed with a check', api.shamirCombineSeed(shares, fingerprint), seedUdf);
    return { recovered: octets, seed: binary, seedUdf, fingerprint };
  },

  'shamir-seed-check'(api, inputs) {
    return { seedUdf: api.shamirCombineSeed(listOf(inputs.text('shares')), inputs.text('fingerprint')) };
  },
};
