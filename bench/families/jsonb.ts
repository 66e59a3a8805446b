/**
 * JSON-B documents: objects as the Mesh has them, and binaries. There is no backend in it: what is called `wasm` is the one code there is.
 */
import { jsonb } from '../../src/jsonb/index.ts';
import type { Cast, Contender, Family, Row } from '../contender.ts';
import { octets } from '../inputs.ts';
import type { DocumentPeer } from '../peers/documents.ts';
import { fingerprint } from '../same.ts';

const key = (crv: string, label: string) => ({
  UDF: 'MAOZ-3MVE-G5EN-64BI-I3RM-ODFJ-H5W4',
  PublicParameters: { PublicKeyECDH: { crv, Public: octets(label, 57) } },
});

const envelope = (label: string, length: number) => [
  { dig: 'S512', cty: 'application/mmm' },
  { Body: octets(`${label} body`, length) },
  {
    signatures: [{ signature: octets(`${label} signature`, 114) }],
    PayloadDigest: octets(`${label} digest`, 64),
  },
];

/** After the examples of draft-hallambaker-mesh-schema-03, with octets where these have base64url. */
const objects = {
  CatalogedBookmark: { Uri: 'http://www.site1.com', Title: 'site1', Path: 'Folder1/1', Uid: 'NAEQ-6ZLD-3H7N' },
  ProfileDevice: {
    KeyOfflineSignature: key('Ed448', 'signature'),
    KeyEncryption: key('X448', 'encryption'),
    KeyAuthentication: key('X448', 'authentication'),
  },
  CatalogedDevice: {
    UDF: 'MDAA-75W5-HOD4-LSSU-JNYG-WHML-34DU',
    DeviceUDF: 'MABG-6ZLL-I2FM-KUKX-TM7E-OVAJ-M5QP',
    EnvelopedProfileDevice: envelope('profile', 780),
    EnvelopedConnectionDevice: envelope('connection', 760),
    EnvelopedActivationDevice: envelope('activation', 900),
  },
} as const;

const binaries = [
  ['64 KiB', 65536],
  ['1 MiB', 1048576],
] as const;

function rowsOf(peers: readonly DocumentPeer[], size: string, value: Parameters<typeof jsonb.encode>[0]): Row[] {
  const document = jsonb.encode(value);
  // Peers write other formats, so the rows of encoding cannot compare their results; what they read back must be the value.
  const written = peers.map((peer) => ({ peer, document: Uint8Array.from(peer.encode(value)) }));
  for (const { peer, document } of written) {
    if (fingerprint(peer.decode(document)) !== fingerprint(value)) throw new Error(`${peer.name} reads something else`);
  }
  const encoders: Contender[] = peers.map((peer) => ({ name: peer.name, call: () => peer.encode(value) }));
  const decoders: Contender[] = written.map(({ peer, document }) => ({
    name: peer.name,
    call: () => peer.decode(document),
  }));
  const copying = ({ name }: Contender) => name.endsWith('copying');
  return [
    {
      id: `jsonb/encode/${size}`,
      title: `encode ${size}`,
      contenders: [{ name: 'wasm', call: () => jsonb.encode(value) }, ...encoders.filter((one) => !copying(one))],
      random: true,
    },
    {
      id: `jsonb/decode/${size}`,
      title: `decode ${size}`,
      contenders: [
        { name: 'wasm', call: () => jsonb.decode(document) },
        ...decoders.filter((one) => copying(one) || one.name === 'JSON'),
      ],
    },
    {
      id: `jsonb/decode-views/${size}`,
      title: `decode ${size}, views`,
      contenders: [
        { name: 'wasm', call: () => jsonb.decode(document, { views: true }) },
        ...decoders.filter((one) => !copying(one)),
      ],
    },
  ];
}

/** The rows of documents. */
export function jsonbFamily({ documents }: Cast): Family {
  const peers = documents?.() ?? [];
  return {
    name: 'jsonb',
    title: 'JSON-B',
    rows: [
      ...Object.entries(objects).flatMap(([name, value]) => rowsOf(peers, name, value)),
      ...binaries.flatMap(([size, length]) => rowsOf(peers, size, { dig: 'S512', Body: octets(size, length) })),
    ],
  };
}
