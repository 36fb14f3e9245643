import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/catalog/file.js';
import { addressList, type AddressList, type HeldAddress, type ListedAddress } from '../../src/model/address.js';
import { DEFAULT_LIMITS, type Alias, type Catalog, type CatalogEndpoint, type Row } from '../../src/model/catalog.js';
import { formatBlock, parseBlock, type Cidr } from '../../src/model/cidr.js';
import type { Content, Revision } from '../../src/model/revision.js';
import { openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { parseList } from '../../src/upstream/parse.js';
import { readSeed } from '../../src/publish/seed.js';

/** A canonical block from text that a test knows to be good. */
export function cidr(text: string): Cidr {
  const parsed = parseBlock(text);
  if (!parsed.ok) throw new TypeError(`the test has a bad block: ${text}`);
  return formatBlock(parsed.block);
}

/** An address as a revision holds it: current and published unless the test says otherwise. */
export function held(host: string, text: string, life: Partial<HeldAddress> = {}): HeldAddress {
  return {
    host,
    cidr: cidr(text),
    status: 'current',
    source: 'published',
    firstSeenAt: '2026-01-01T00:00:00Z',
    effectiveFrom: null,
    announcedRemovalAt: null,
    removedAt: null,
    retireAt: null,
    ...life,
  };
}

export function listed(host: string, text: string, rest: Partial<ListedAddress> = {}): ListedAddress {
  return { host, cidr: cidr(text), status: 'current', effectiveFrom: null, announcedRemovalAt: null, ...rest };
}

/** A list of current addresses: host → addresses. */
export function listOf(hosts: Readonly<Record<string, readonly string[]>>): AddressList {
  return addressList(
    Object.keys(hosts),
    Object.entries(hosts).flatMap(([host, texts]) => texts.map((text) => listed(host, text))),
  );
}

function alias(name: string, deprecated: string | null = null, sunset: string | null = null): Alias {
  return { name, deprecated, sunset };
}

function endpoint(name: string, kind: CatalogEndpoint['kind'], rest: Partial<CatalogEndpoint> = {}): CatalogEndpoint {
  return {
    name,
    kind,
    title: name,
    hosts: kind === 'host' || kind === 'wildcard' ? [name] : [],
    companions: [],
    published: false,
    operator: null,
    fill: null,
    document: null,
    aliases: [],
    ...rest,
  };
}

function row(rest: Pick<Row, 'name' | 'tasks' | 'ports'> & Partial<Row>): Row {
  return {
    endpoint: rest.name,
    zone: 'internet',
    need: [
      { mode: 'online', need: 'required' },
      { mode: 'airgap', need: 'not-required' },
    ],
    direction: 'outbound',
    initiator: 'installed-host',
    description: `${rest.name} is needed.`,
    ifBlocked: null,
    data: null,
    topology: null,
    document: null,
    section: null,
    ...rest,
  };
}

/** Small, but with every kind of endpoint, need, zone and old name. */
export const catalog: Catalog = {
  product: 'acme',
  title: 'Acme',
  aliases: [alias('acme-classic')],
  upstream: { url: null, seed: null, limits: DEFAULT_LIMITS },
  documents: [
    { name: 'manual', title: 'The manual', url: null, published: '2025-01-01', modified: null },
    { name: 'vendor-page', title: "The vendor's page", url: 'https://example.org/', published: null, modified: null },
  ],
  notes: [
    { document: 'manual', section: null, text: 'Read this first.' },
    { document: 'manual', section: 'Installing', text: 'Then this.' },
  ],
  promises: [
    {
      text: 'Airgap never needs the internet.',
      never: { task: null, mode: ['airgap'], need: ['required', 'conditional'], zone: ['internet'], direction: null },
    },
  ],
  modes: [
    { name: 'online', title: 'Online', description: null, aliases: [] },
    { name: 'airgap', title: 'Airgap', description: null, aliases: [alias('offline')] },
  ],
  tasks: [
    { name: 'install', title: 'Install', description: null, document: 'manual', section: 'Installing', aliases: [] },
    {
      name: 'upgrade',
      title: 'Upgrade',
      description: null,
      document: 'manual',
      section: 'Upgrading',
      aliases: [alias('update', '2025-01-01T00:00:00Z', '2027-01-01T00:00:00Z')],
    },
    { name: 'run', title: 'Run', description: null, document: null, section: null, aliases: [] },
  ],
  zones: [
    { name: 'internet', title: 'The internet', description: null, external: true, aliases: [] },
    {
      name: 'admin-network',
      title: 'Where the administrators sit',
      description: null,
      external: true,
      aliases: [alias('console-network')],
    },
  ],
  endpoints: [
    endpoint('api.example.com', 'host', { published: true }),
    endpoint('get.example.com', 'host', { published: true, aliases: [alias('download.example.com')] }),
    endpoint('registry.example.org', 'host', {
      operator: 'Example Org',
      companions: [
        {
          hosts: ['blobs.example.org', '*.layers.example.org'],
          document: 'vendor-page',
          why: 'image layers are served from these',
        },
      ],
    }),
    endpoint('hub', 'service', { title: 'The Hub', hosts: ['auth.hub.example', 'images.hub.example'] }),
    endpoint('*.cdn.example.net', 'wildcard'),
    endpoint('mirrors', 'placeholder', { title: 'Mirrors', fill: 'your mirrors' }),
  ],
  rows: [
    row({
      name: 'console',
      endpoint: null,
      zone: 'admin-network',
      tasks: ['install', 'upgrade', 'run'],
      need: [
        { mode: 'online', need: 'required' },
        { mode: 'airgap', need: 'required' },
      ],
      direction: 'bidirectional',
      initiator: 'either',
      ports: [{ protocol: 'tcp', from: 8800, to: 8800, basis: 'stated' }],
      topology: { singleHost: 'on the host', multiHost: 'on the first host' },
    }),
    row({
      name: 'api.example.com',
      tasks: ['install', 'upgrade'],
      ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'assumed' }],
    }),
    row({
      name: 'get.example.com',
      tasks: ['install'],
      ports: [
        { protocol: 'tcp', from: 443, to: 443, basis: 'stated' },
        { protocol: 'tcp', from: 80, to: 80, basis: 'assumed' },
      ],
      document: 'vendor-page',
      section: 'Downloads',
      data: { sends: 'the licence', receives: 'the installer' },
      ifBlocked: 'Nothing installs.',
    }),
    row({
      name: 'registry.example.org',
      tasks: ['install', 'upgrade'],
      ports: [
        { protocol: 'tcp', from: 443, to: 443, basis: 'assumed' },
        { protocol: 'tcp', from: 5000, to: 5010, basis: 'stated' },
        { protocol: 'udp', from: 5005, to: 5020, basis: 'stated' },
      ],
    }),
    row({
      name: 'hub',
      tasks: ['upgrade'],
      need: [
        { mode: 'online', need: 'conditional' },
        { mode: 'airgap', need: 'not-required' },
      ],
      ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'stated' }],
    }),
    row({
      name: '*.cdn.example.net',
      tasks: ['upgrade'],
      need: [{ mode: 'online', need: 'required' }],
      ports: [{ protocol: 'udp', from: 443, to: 443, basis: 'stated' }],
    }),
    row({
      name: 'mirrors',
      tasks: ['upgrade'],
      ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'assumed' }],
    }),
  ],
};

export const revision: Revision = {
  revision: 7,
  digest: 'sha256-of-the-test',
  publishedAt: '2026-01-02T00:00:00.000Z',
  previous: 6,
  cause: 'poll',
  by: null,
  note: null,
  upstream: null,
  catalog: { sha256: '' },
};

/** Every status, both families, a shared address, `general`, and a host that no catalog names. */
export const addresses: readonly HeldAddress[] = [
  held('api.example.com', '20.0.0.1'),
  held('api.example.com', '2600:1::1', { firstSeenAt: '2025-06-01T00:00:00Z' }),
  held('api.example.com', '20.0.0.9', {
    status: 'retired',
    removedAt: '2025-11-01T00:00:00Z',
    retireAt: '2025-12-01T00:00:00Z',
  }),
  held('general', '20.0.4.0/24', { status: 'announced', effectiveFrom: '2026-06-01T00:00:00Z' }),
  held('get.example.com', '20.0.0.1', { firstSeenAt: '2024-06-01T00:00:00Z' }),
  held('get.example.com', '20.0.0.2', {
    status: 'retiring',
    removedAt: '2025-12-20T00:00:00Z',
    retireAt: '2026-01-19T00:00:00Z',
  }),
  held('get.example.com', '20.0.0.3', { status: 'announced' }),
  held('other.example.com', '20.0.0.1'),
  held('other.example.com', '20.0.1.0/25'),
];

export const listedHosts = ['api.example.com', 'empty.example.com', 'general', 'get.example.com', 'other.example.com'];

export function snapshotOf(content: Partial<Content> = {}): Snapshot {
  return openRevision(revision, { catalog, listedHosts, addresses, ...content });
}

const catalogs = new URL('../../catalogs/', import.meta.url);

/** The catalog that ships, with the newest list that ships. */
export async function shippedContent(): Promise<Content> {
  const [{ catalog }, history] = await Promise.all([
    loadCatalog(fileURLToPath(new URL('replicated.yaml', catalogs))),
    readSeed(fileURLToPath(new URL('replicated.history.jsonl', catalogs))),
  ]);
  return { ...history.at(-1)!.content, catalog };
}

/** Every list that was really published, oldest first, with the time in its name. */
export function publishedLists(): { readonly file: string; readonly list: AddressList }[] {
  const folder = new URL('../fixtures/ip-list/', import.meta.url);
  return readdirSync(folder)
    .filter((file) => /^\d.*\.json$/.test(file))
    .sort()
    .map((file) => ({ file, list: parseList(readFileSync(new URL(file, folder))) }));
}
