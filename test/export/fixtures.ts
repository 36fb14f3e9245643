import type { Exporter } from '../../src/export/exporter.js';
import type { ExportQuestion } from '../../src/export/exported.js';
import { parseFillings } from '../../src/export/filling.js';
import type { ChosenOptions } from '../../src/export/option.js';
import { byHost, type HeldAddress } from '../../src/model/address.js';
import type { Catalog } from '../../src/model/catalog.js';
import { parseSelection, type SelectionInput } from '../../src/model/selection.js';
import { openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { loaded } from '../catalog/own.js';
import { held, shippedContent } from '../model/fixture.js';
import { contentOf, revisionOf } from '../store/stores.js';

/** A revision, and what is asked of it, in whatever format. */
export interface Fixture {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly input: SelectionInput;
  readonly fill: readonly string[];
}

/** With a list that may have the addresses of its hosts. */
function catalogOf(members: Readonly<Record<string, unknown>>): Catalog {
  return loaded({ upstream: { url: 'https://lists.example.com/list.json' }, ...members });
}

function row(endpoint: string, ports: readonly object[], rest: object = {}): object {
  return {
    endpoint,
    tasks: 'all',
    need: 'required',
    direction: 'outbound',
    ports,
    description: `For ${endpoint}.`,
    ...rest,
  };
}

function fixture(
  name: string,
  catalog: Catalog,
  addresses: readonly HeldAddress[],
  rest: Partial<Pick<Fixture, 'input' | 'fill'>> = {},
): Fixture {
  const content = contentOf(catalog, byHost(addresses));
  const revision = { ...revisionOf(1, content), publishedAt: '2026-01-01T00:00:00.000Z' };
  return { name, snapshot: openRevision(revision, content), input: {}, fill: [], ...rest };
}

const published = { kind: 'host', addresses: 'published' };

const MINIMAL = fixture('minimal', catalogOf({ endpoints: { 'a.com': published } }), [held('a.com', '20.0.0.1')]);

const MIXED = fixture(
  'mixed',
  catalogOf({
    title: 'Mixed',
    zones: {
      internet: { title: 'The internet' },
      'admin-network': { title: 'Administrators' },
      'cluster-network': { title: 'Between the hosts', external: false },
    },
    endpoints: {
      'api.example.com': published,
      'get.example.com': published,
      'time.example.com': published,
      '*.cdn.example.net': { kind: 'wildcard' },
      'images.example.org': {
        kind: 'host',
        companions: [{ hosts: ['layers.example.org', '*.layers.example.org'], why: 'layers are served from there' }],
      },
      'some-service': { kind: 'service', title: 'Some Service', hosts: ['one.example.edu', 'two.example.edu'] },
      'third-party': { kind: 'placeholder', title: 'Third Parties', fill: 'what your vendor says' },
    },
    requirements: [
      {
        zone: 'admin-network',
        name: 'console',
        tasks: 'all',
        need: 'required',
        direction: 'bidirectional',
        ports: [{ tcp: 8800 }],
        description: 'Console.',
      },
      {
        zone: 'cluster-network',
        name: 'nodes',
        tasks: 'all',
        need: 'required',
        direction: 'inbound',
        ports: [{ tcp: '9870-9880' }],
        description: 'Nodes.',
      },
      row('api.example.com', [{ tcp: 443 }]),
      row('get.example.com', [{ tcp: 443 }, { tcp: 80 }]),
      row('time.example.com', [{ udp: 123 }]),
      row('*.cdn.example.net', [{ tcp: 443 }]),
      row('images.example.org', [{ tcp: 443 }]),
      row('some-service', [{ tcp: 443 }]),
      row('third-party', [{ tcp: 5000 }]),
    ],
  }),
  [
    held('api.example.com', '20.0.0.10'),
    held('api.example.com', '20.0.1.0/24'),
    held('api.example.com', '2600:db8:10::1'),
    held('get.example.com', '20.0.0.10'),
    held('get.example.com', '20.0.0.9', {
      status: 'retiring',
      removedAt: '2026-01-01T00:00:00Z',
      retireAt: '2026-02-01T00:00:00Z',
    }),
    held('get.example.com', '20.0.0.8', { status: 'announced', effectiveFrom: '2026-03-01T00:00:00Z' }),
    held('time.example.com', '20.0.2.0/25'),
    held('time.example.com', '2600:db8:20::/64'),
    held('general', '20.0.9.0/24'),
    held('elsewhere.example.com', '20.0.8.8'),
  ],
  {
    fill: [
      'admin-network:10.1.0.0/16',
      'admin-network:fd00:1::/64',
      'third-party:registry.example.io',
      'third-party:172.16.4.0/24',
    ],
  },
);

/** Blocks within others, ports of ranges, networks within networks. */
const NESTED = fixture(
  'nested',
  catalogOf({
    zones: { internet: { title: 'The internet' }, 'admin-network': { title: 'Administrators' } },
    endpoints: {
      'wide.example.com': published,
      'narrow.example.com': published,
      'both.example.com': published,
      'some-registry': {
        kind: 'placeholder',
        title: 'Some Registry',
        fill: 'what your vendor says',
        companions: [{ hosts: ['login.example.com'], why: 'who pulls logs in there' }],
      },
    },
    requirements: [
      {
        zone: 'admin-network',
        name: 'console',
        tasks: 'all',
        need: 'required',
        direction: 'bidirectional',
        initiator: 'far-side',
        ports: [{ tcp: 443 }],
        description: 'Console.',
      },
      row('wide.example.com', [{ tcp: 443 }]),
      row('narrow.example.com', [{ tcp: 443 }, { udp: 443 }]),
      row('both.example.com', [{ tcp: '400-500' }, { tcp: '450-600' }]),
      row('some-registry', [{ tcp: 443 }]),
    ],
  }),
  [
    held('wide.example.com', '20.0.0.0/22'),
    held('wide.example.com', '2600::/32'),
    held('narrow.example.com', '20.0.0.0/24'),
    held('narrow.example.com', '20.0.0.7'),
    held('narrow.example.com', '20.0.1.0/24'),
    held('both.example.com', '20.0.0.7'),
    held('both.example.com', '2600::1'),
  ],
  { input: {}, fill: ['admin-network:10.0.0.0/8', 'admin-network:10.1.0.0/16', 'some-registry:10.2.0.0/24'] },
);

const UNRESOLVED = fixture(
  'unresolved',
  catalogOf({
    zones: { internet: { title: 'The internet' }, 'admin-network': { title: 'Administrators' } },
    endpoints: {
      'a.com': published,
      '*.b.com': { kind: 'wildcard' },
      'third-party': { kind: 'placeholder', title: 'Third Parties', fill: 'what your vendor says' },
    },
    requirements: [
      {
        zone: 'admin-network',
        name: 'console',
        tasks: 'all',
        need: 'required',
        direction: 'bidirectional',
        ports: [{ tcp: 443 }],
        description: 'Console.',
      },
      row('a.com', [{ tcp: 443 }]),
      row('*.b.com', [{ tcp: 443 }]),
      row('third-party', [{ tcp: 443 }]),
    ],
  }),
  [],
);

const EMPTY = fixture(
  'empty',
  catalogOf({
    endpoints: { 'a.com': published },
    requirements: [row('a.com', [{ tcp: 443 }], { need: 'not-required' })],
  }),
  [held('a.com', '20.0.0.1')],
);

/** What a text may hold that some format takes for more than text. */
export const HOSTILE: readonly string[] = [
  '"; accept; "',
  "'; reboot; '",
  'one\ntwo accept',
  'one\r\ntwo: three',
  'one\u2028two\u2029three\u0085four\u000bfive',
  '${file("/etc/passwd")} %{ if true }',
  '=HYPERLINK("http://evil.example","x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\u202eevil\u202c \u2066x\u2069 \u200bzero\u00ad',
  '<script>alert(1)</script> --> ]]> &amp;',
  '| cell | `code` [link](javascript:alert(1)) \\',
  '`$(reboot)` $((1)) %PATH% !x! ^&|',
  '# } table inet evil { chain c { type filter hook output priority 0; policy accept; } }',
  '*/ } /* {{ template }} # noqa',
  'COMMIT\n*filter\n-A OUTPUT -j ACCEPT',
  '‘; Remove-Item C: ;’ „x“ ‚y‛',
  '?help ! exit',
  'é'.repeat(200),
  'x'.repeat(10_000),
  '\u0000nul \u001b[31mred',
];

const hostileText = HOSTILE.join(' ');

/** Text gets past the reader of catalogs only where it may be free: titles, descriptions, reasons. */
const HOSTILE_FIXTURE = ((): Fixture => {
  const { snapshot, ...rest } = MIXED;
  const { catalog } = snapshot;
  const wild: Catalog = {
    ...catalog,
    title: hostileText,
    modes: catalog.modes.map((mode) => ({ ...mode, title: hostileText })),
    tasks: catalog.tasks.map((task) => ({
      ...task,
      title: hostileText,
      description: hostileText,
      section: hostileText,
    })),
    zones: catalog.zones.map((zone) => ({ ...zone, title: hostileText })),
    endpoints: catalog.endpoints.map((endpoint) => ({ ...endpoint, title: hostileText, operator: hostileText })),
    rows: catalog.rows.map((one) => ({
      ...one,
      description: hostileText,
      section: hostileText,
      ifBlocked: hostileText,
    })),
    notes: [{ document: 'manual', section: hostileText, text: hostileText }],
  };
  return {
    ...rest,
    ...fixture('hostile', wild, snapshot.addresses),
    name: 'hostile',
    input: rest.input,
    fill: rest.fill,
  };
})();

/** As long as a name may be. */
const LONG = ['a', 'b', 'c'].map((letter) => letter.repeat(63)).join('.') + `.${'d'.repeat(57)}.com`;

const LIMITS = fixture(
  'limits',
  catalogOf({
    title: 'T'.repeat(120),
    endpoints: {
      [LONG]: published,
      [`${'e'.repeat(63)}.example.com`]: published,
      [`${'e'.repeat(62)}f.example.com`]: published,
      'many.example.com': published,
    },
    requirements: [
      row(LONG, [{ tcp: 443 }]),
      row(`${'e'.repeat(63)}.example.com`, [{ tcp: 443 }]),
      row(`${'e'.repeat(62)}f.example.com`, [{ tcp: 443 }]),
      row('many.example.com', [
        { tcp: 443 },
        { udp: 65_535 },
        { tcp: 1 },
        ...Array.from({ length: 18 }, (_, i) => ({ tcp: `${1000 + 20 * i}-${1009 + 20 * i}` })),
      ]),
    ],
  }),
  [
    held(LONG, '20.0.0.1'),
    held(`${'e'.repeat(63)}.example.com`, '20.0.0.2'),
    held(`${'e'.repeat(62)}f.example.com`, '20.0.0.3'),
    held('many.example.com', '255.255.255.254'),
    held('many.example.com', '1.0.0.0/20'),
    held('many.example.com', '2600::/32'),
    held('many.example.com', '2600:1:ffff:ffff:ffff:ffff:ffff:ffff'),
    ...Array.from({ length: 40 }, (_, i) => held('many.example.com', `30.0.${i}.1`)),
  ],
);

const CONTENT = await shippedContent();
const SHIPPED: Fixture = {
  ...fixture('shipped', CONTENT.catalog, CONTENT.addresses),
  input: { task: ['upgrade'], mode: ['online'] },
};

export const FIXTURES: readonly Fixture[] = [
  MINIMAL,
  MIXED,
  NESTED,
  UNRESOLVED,
  EMPTY,
  HOSTILE_FIXTURE,
  LIMITS,
  SHIPPED,
];

/** What is asked of a fixture in a format: of a list one port, because it knows none; of a table all that there is. */
export function questionOf(
  { snapshot, input, fill, name }: Fixture,
  exporter: Exporter,
  wishes: Partial<Omit<ExportQuestion, 'exporter' | 'selection'>> = {},
): ExportQuestion {
  const isTable = exporter.kind === 'table';
  const asked: SelectionInput = {
    ...(isTable && name === 'shipped' ? {} : input),
    ...(exporter.supports.ports ? {} : { port: ['443'], protocol: ['tcp'] }),
  };
  const { selection, faults } = parseSelection(asked, snapshot.catalog, isTable ? null : ['required']);
  const { fillings, faults: others } = parseFillings(fill, snapshot.catalog);
  const [fault] = [...faults, ...others];
  if (fault !== undefined) throw new TypeError(fault.message);
  return {
    exporter,
    selection,
    chosen: defaultsOf(exporter),
    fillings,
    exclude: [],
    isAggregated: false,
    isAhead: true,
    isStrict: false,
    accepted: [],
    ...wishes,
  };
}

export function defaultsOf({ options }: Exporter): ChosenOptions {
  return new Map(options.map((option) => [option.name, option.default]));
}
