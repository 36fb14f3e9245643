import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CatalogError, describeFault, type CatalogFault } from '../../src/catalog/fault.js';
import { readCatalog } from '../../src/catalog/read.js';

const SHIPPED = readFileSync(new URL('../../catalogs/replicated.yaml', import.meta.url), 'utf8');

/** In an edit: the fault is at the letter after this one, which is taken out before the text is read. */
const HERE = '»';

const ROOT_MEMBERS =
  'product title aliases upstream documents notes promises notice announcements modes tasks zones endpoints requirements'.split(
    ' ',
  );
const ROW_MEMBERS =
  'endpoint zone name variant tasks need direction initiator ports description ifBlocked data topology document section from until announcement urgent'.split(
    ' ',
  );
const TASKS = ['install', 'app-install', 'upgrade', 'check-updates', 'license-sync', 'run'];
const ZONES = ['internet', 'admin-network', 'cluster-network'];
const ENDPOINTS = [
  'get.replicated.com',
  'registry.replicated.com',
  'api.replicated.com',
  'quay.io',
  'docker-hub',
  'third-party-registries',
];
const DOCUMENTS = ['firewalls', 'docker-allow-list', 'redhat-firewall'];

/** The shipped catalog with one passage, which it has once, replaced. */
function edited(from: string, to: string): string {
  const parts = SHIPPED.split(from);
  expect(parts, from).toHaveLength(2);
  return parts.join(to);
}

/** The places that are marked in a text, and the text without the marks. */
function unmarked(marked: string): { text: string; places: { line: number; column: number }[] } {
  const parts = marked.split(HERE);
  const places = parts.slice(0, -1).map((_part, i) => {
    const lines = parts
      .slice(0, i + 1)
      .join('')
      .split('\n');
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  });
  return { text: parts.join(''), places };
}

/** Every fault of a catalog; empty where it loads. */
function faultsOf(text: string | Uint8Array): readonly CatalogFault[] {
  try {
    readCatalog('own.yaml', Buffer.from(text));
    return [];
  } catch (error) {
    if (error instanceof CatalogError) return error.faults;
    throw error;
  }
}

interface Expected {
  readonly path: string;
  readonly message: string;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string;
}

/** The rows of app-install and upgrade, which differ enough to be told apart. */
const ROW_OF_LICENSE_CHECK = `  - endpoint: api.replicated.com
    tasks: [app-install, upgrade]
    need: { online: required, airgap: not-required }
    direction: outbound
    ports: [{ tcp: 443, basis: assumed }]
    description: This endpoint services the license`;
const PULL_ROW_END = `    ports: [{ tcp: 443, basis: assumed }]
    description: This endpoint services pull requests for all private images.`;

const CASES: readonly (readonly [what: string, from: string, to: string, ...faults: Expected[]])[] = [
  // The text itself
  [
    'a quote that is not closed',
    'title: Replicated\n',
    'title: "Replicated»\n',
    { path: '', message: 'Missing closing "quote.' },
  ],
  [
    'a duplicate key',
    'title: Replicated\n',
    'title: Replicated\n»title: Replicated\n',
    { path: '', message: 'Map keys must be unique.' },
  ],
  [
    'an endpoint that is there twice',
    'endpoints:\n  get',
    'endpoints:\n  get.replicated.com: { kind: host }\n  »get',
    { path: '', message: 'Map keys must be unique.' },
  ],
  [
    'a tag',
    'title: Replicated\n',
    'title: »!!js/function "() => 1"\n',
    { path: '', message: 'Unresolved tag: tag:yaml.org,2002:js/function.' },
  ],

  // Names of members
  [
    'an unknown member of the catalog',
    'title: Replicated\n',
    'title: Replicated\n»tittle: Replicated\n',
    {
      path: '/tittle',
      found: 'tittle',
      allowed: ROOT_MEMBERS,
      didYouMean: 'title',
      message: '"tittle" is no member here. Did you mean "title"?',
    },
  ],
  [
    'an unknown member of a row that is like nothing',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('tasks', '»colour: red\n    tasks'),
    {
      path: '/requirements/6/colour',
      found: 'colour',
      allowed: ROW_MEMBERS,
      message: `"colour" is no member here. Allowed: ${ROW_MEMBERS.join(', ')}.`,
    },
  ],
  [
    'a misspelled member that is needed, and so missing too',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('- endpoint', '- »endpoint').replace('direction', '»directon'),
    { path: '/requirements/6', message: 'The member "direction" is missing.' },
    {
      path: '/requirements/6/directon',
      found: 'directon',
      allowed: ROW_MEMBERS,
      didYouMean: 'direction',
      message: '"directon" is no member here. Did you mean "direction"?',
    },
  ],
  [
    'a mode without a title',
    'online: { title: Online Installation }',
    '»online: {}',
    { path: '/modes/online', message: 'The member "title" is missing.' },
  ],
  [
    'a mode whose name is no slug',
    '  airgap:\n',
    '  »Air_Gap:\n',
    {
      path: '/modes/Air_Gap',
      found: 'Air_Gap',
      message: '"Air_Gap" is no name for this. Lower-case letters, digits and single hyphens.',
    },
  ],
  [
    '`all` for a task',
    '  check-updates: {',
    '  »all: {',
    { path: '/tasks/all', found: 'all', message: '"all" is no name for this. The name is reserved.' },
  ],

  // Values
  [
    'a word that is no need',
    'need: required\n    direction: bidirectional\n    ports: [{ tcp: 8800 }]',
    'need: »requierd\n    direction: bidirectional\n    ports: [{ tcp: 8800 }]',
    {
      path: '/requirements/0/need',
      found: 'requierd',
      allowed: ['required', 'conditional', 'not-required'],
      didYouMean: 'required',
      message: '"requierd" is not allowed. Allowed: required, conditional, not-required. Did you mean "required"?',
    },
  ],
  [
    'a word that is no direction',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('outbound', '»up'),
    {
      path: '/requirements/6/direction',
      found: 'up',
      allowed: ['outbound', 'inbound', 'bidirectional'],
      message: '"up" is not allowed. Allowed: outbound, inbound, bidirectional.',
    },
  ],
  [
    'a kind that an endpoint cannot be',
    '    kind: placeholder\n',
    '    kind: »zone\n',
    {
      path: '/endpoints/third-party-registries/kind',
      found: 'zone',
      allowed: ['host', 'wildcard', 'service', 'placeholder'],
      message: '"zone" is not allowed. Allowed: host, wildcard, service, placeholder.',
    },
  ],
  [
    'addresses from elsewhere',
    'get.replicated.com: { kind: host, addresses: published }',
    'get.replicated.com: { kind: host, addresses: »publishd }',
    {
      path: '/endpoints/get.replicated.com/addresses',
      found: 'publishd',
      allowed: ['published'],
      didYouMean: 'published',
      message: '"publishd" is not allowed. Allowed: published. Did you mean "published"?',
    },
  ],
  [
    'a number for a title',
    'title: Replicated\n',
    'title: »7\n',
    { path: '/title', found: '7', allowed: ['string'], message: '7 is not allowed. Allowed: string.' },
  ],
  [
    'a title that is left out',
    'title: Replicated\n',
    'title:»\n',
    { path: '/title', found: 'null', allowed: ['string'], message: 'null is not allowed. Allowed: string.' },
  ],
  [
    'a list for a zone',
    '  - zone: admin-network\n',
    '  - »zone: [admin-network]\n',
    {
      path: '/requirements/0/zone',
      found: '["admin-network"]',
      allowed: ['string'],
      message: '["admin-network"] is not allowed. Allowed: string.',
    },
  ],

  // References
  [
    'a task that does not exist',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('upgrade]', '»upgrad]'),
    {
      path: '/requirements/6/tasks/1',
      found: 'upgrad',
      allowed: TASKS,
      didYouMean: 'upgrade',
      message: `There is no task "upgrad". Allowed: ${TASKS.join(', ')}. Did you mean "upgrade"?`,
    },
  ],
  [
    'a mode that does not exist',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('airgap', '»air-gap'),
    {
      path: '/requirements/6/need/air-gap',
      found: 'air-gap',
      allowed: ['online', 'airgap'],
      didYouMean: 'airgap',
      message: 'There is no mode "air-gap". Allowed: online, airgap. Did you mean "airgap"?',
    },
  ],
  [
    'a zone that does not exist',
    '  - zone: admin-network\n',
    '  - zone: »admin-net\n',
    {
      path: '/requirements/0/zone',
      found: 'admin-net',
      allowed: ZONES,
      didYouMean: 'admin-network',
      message: `There is no zone "admin-net". Allowed: ${ZONES.join(', ')}. Did you mean "admin-network"?`,
    },
  ],
  [
    'an endpoint that does not exist',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('api.', '»app.'),
    {
      path: '/requirements/6/endpoint',
      found: 'app.replicated.com',
      allowed: ENDPOINTS,
      didYouMean: 'api.replicated.com',
      message: `There is no endpoint "app.replicated.com". Allowed: ${ENDPOINTS.join(', ')}. Did you mean "api.replicated.com"?`,
    },
  ],
  [
    'a document that does not exist, of a companion',
    'document: redhat-firewall\n',
    'document: »red-hat\n',
    {
      path: '/endpoints/quay.io/companions/0/document',
      found: 'red-hat',
      allowed: DOCUMENTS,
      message: `There is no document "red-hat". Allowed: ${DOCUMENTS.join(', ')}.`,
    },
  ],
  [
    'a document that does not exist, of a task',
    'license-sync: { title: License sync, document: firewalls,',
    'license-sync: { title: License sync, document: »firewall,',
    {
      path: '/tasks/license-sync/document',
      found: 'firewall',
      allowed: DOCUMENTS,
      didYouMean: 'firewalls',
      message: `There is no document "firewall". Allowed: ${DOCUMENTS.join(', ')}. Did you mean "firewalls"?`,
    },
  ],
  [
    'a mode that does not exist, in a promise',
    'never: { mode: airgap,',
    'never: { mode: »airgaped,',
    {
      path: '/promises/0/never/mode',
      found: 'airgaped',
      allowed: ['online', 'airgap'],
      didYouMean: 'airgap',
      message: 'There is no mode "airgaped". Allowed: online, airgap. Did you mean "airgap"?',
    },
  ],

  // Ports
  [
    'port 0',
    'ports: [{ tcp: 8800 }]',
    'ports: [{ tcp: »0 }]',
    { path: '/requirements/0/ports/0/tcp', found: '0', message: '0 must be >= 1.' },
  ],
  [
    'a port past the last',
    'ports: [{ tcp: 8800 }]',
    'ports: [{ tcp: »65536 }]',
    { path: '/requirements/0/ports/0/tcp', found: '65536', message: '65536 must be <= 65535.' },
  ],
  [
    'a range that ends before it begins',
    'ports: [{ tcp: 9870-9880 }]',
    'ports: [{ tcp: »9880-9870 }]',
    {
      path: '/requirements/1/ports/0/tcp',
      found: '9880-9870',
      message: '"9880-9870" is no range of ports: from 1 to 65535, the lower one first.',
    },
  ],
  [
    'a range past the last port',
    'ports: [{ tcp: 9870-9880 }]',
    'ports: [{ udp: »9870-65536 }]',
    {
      path: '/requirements/1/ports/0/udp',
      found: '9870-65536',
      message: '"9870-65536" is no range of ports: from 1 to 65535, the lower one first.',
    },
  ],
  [
    'a port without a protocol',
    'ports: [{ tcp: 8800 }]',
    'ports: [»{ basis: stated }]',
    { path: '/requirements/0/ports/0', allowed: ['tcp', 'udp'], message: 'A port has "tcp" or "udp".' },
  ],

  // Rows
  [
    'two rows with one ref',
    PULL_ROW_END,
    `${PULL_ROW_END}\n  - »endpoint: api.replicated.com\n    tasks: [upgrade]\n    need: required\n    direction: outbound\n    ports: [{ tcp: 8443 }]\n    description: Again.`,
    {
      path: '/requirements/8',
      found: 'api.replicated.com',
      message:
        'The row at /requirements/6 has the ref "replicated/upgrade/online/api.replicated.com" already. Tell them apart by a "variant".',
    },
  ],
  [
    'a row with an endpoint and a zone',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('- endpoint', '- »endpoint').replace('tasks', 'zone: admin-network\n    tasks'),
    { path: '/requirements/6', message: 'A row has either an "endpoint", or a "zone" and a "name".' },
  ],
  [
    'a rule with a zone but no name',
    '  - zone: admin-network\n    name: management-console\n',
    '  - »zone: admin-network\n',
    { path: '/requirements/0', message: 'A row has either an "endpoint", or a "zone" and a "name".' },
  ],
  [
    'a row with neither endpoint nor zone',
    '  - zone: admin-network\n    name: management-console\n    tasks',
    '  - »tasks',
    { path: '/requirements/0', message: 'A row has either an "endpoint", or a "zone" and a "name".' },
  ],
  [
    'a rule whose zone is the internet',
    '  - zone: admin-network\n',
    '  - zone: »internet\n',
    {
      path: '/requirements/0/zone',
      found: 'internet',
      allowed: ['admin-network', 'cluster-network'],
      message: `The far side of a rule with a zone is the customer's own network; on the internet it is an "endpoint".`,
    },
  ],
  [
    'the promise that airgap needs no internet, broken',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('- endpoint', '- »endpoint').replace('not-required', 'conditional'),
    {
      path: '/requirements/6',
      found: 'api.replicated.com',
      message:
        'The row breaks the promise "Airgap installations can run completely offline, and all tasks can be performed without outbound internet access." (replicated/app-install/airgap/api.replicated.com, replicated/upgrade/airgap/api.replicated.com).',
    },
  ],
  [
    'the promise that nothing needs inbound access, broken',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('- endpoint', '- »endpoint')
      .replace('[app-install, upgrade]', '[upgrade]')
      .replace('outbound', 'inbound'),
    {
      path: '/requirements/6',
      found: 'api.replicated.com',
      message:
        'The row breaks the promise "No installation ever requires inbound access from the internet." (replicated/upgrade/online/api.replicated.com, replicated/upgrade/airgap/api.replicated.com).',
    },
  ],
  [
    'both promises, broken by one row',
    ROW_OF_LICENSE_CHECK,
    ROW_OF_LICENSE_CHECK.replace('- endpoint', '- »»endpoint')
      .replace('[app-install, upgrade]', '[upgrade]')
      .replace('{ online: required, airgap: not-required }', '{ airgap: required }')
      .replace('outbound', 'bidirectional'),
    {
      path: '/requirements/6',
      found: 'api.replicated.com',
      message:
        'The row breaks the promise "Airgap installations can run completely offline, and all tasks can be performed without outbound internet access." (replicated/upgrade/airgap/api.replicated.com).',
    },
    {
      path: '/requirements/6',
      found: 'api.replicated.com',
      message:
        'The row breaks the promise "No installation ever requires inbound access from the internet." (replicated/upgrade/airgap/api.replicated.com).',
    },
  ],

  // Endpoints
  [
    'a host that is no DNS name',
    'endpoints:\n',
    'endpoints:\n  »third..parties: { kind: host }\n',
    {
      path: '/endpoints/third..parties',
      found: 'third..parties',
      message: '"third..parties" is no DNS name, so it cannot be a host.',
    },
  ],
  [
    'a host that is an address',
    'endpoints:\n',
    'endpoints:\n  »162.159.137.43: { kind: host }\n',
    {
      path: '/endpoints/162.159.137.43',
      found: '162.159.137.43',
      message: '"162.159.137.43" is no DNS name, so it cannot be a host.',
    },
  ],
  [
    'a host that is a wildcard',
    'endpoints:\n',
    'endpoints:\n  »"*.quay.io": { kind: host }\n',
    {
      path: '/endpoints/*.quay.io',
      found: '*.quay.io',
      message: '"*.quay.io" is no DNS name, so it cannot be a host.',
    },
  ],
  [
    'a name that is neither a DNS name nor a slug',
    'endpoints:\n',
    'endpoints:\n  »a/b~c: { kind: service, hosts: [a.com] }\n',
    {
      path: '/endpoints/a~1b~0c',
      found: 'a/b~c',
      message: '"a/b~c" is no name for this. A DNS name, a wildcard `*.example.com`, or a slug.',
    },
  ],
  [
    'a wildcard that is a host',
    '  quay.io:\n    kind: host\n',
    '  »quay.io:\n    kind: wildcard\n',
    {
      path: '/endpoints/quay.io',
      found: 'quay.io',
      message: '"quay.io" is no wildcard: write *.example.com.',
    },
  ],
  [
    'a service without hosts',
    "  third-party-registries:\n    kind: placeholder\n    title: Third Party Registries\n    fill: the registries that your vendor's images come from\n",
    '  »third-party-registries:\n    kind: service\n    title: Third Party Registries\n',
    {
      path: '/endpoints/third-party-registries',
      message: 'A service is a group of DNS names: the member "hosts" is missing.',
    },
  ],
  [
    'a host with hosts',
    '  quay.io:\n    kind: host\n',
    '  quay.io:\n    kind: host\n    »hosts: [quay.io]\n',
    { path: '/endpoints/quay.io/hosts', message: 'Only a service has hosts; this is a host.' },
  ],
  [
    'a host that is to be filled in',
    '  quay.io:\n    kind: host\n',
    '  quay.io:\n    kind: host\n    »fill: your registry\n',
    { path: '/endpoints/quay.io/fill', message: 'Only a placeholder is filled in; this is a host.' },
  ],
  [
    'published addresses of a placeholder',
    '    kind: placeholder\n',
    '    kind: placeholder\n    addresses: »published\n',
    {
      path: '/endpoints/third-party-registries/addresses',
      message: 'A placeholder has no addresses of its own.',
    },
  ],
  [
    'a service whose host is no DNS name',
    '      - hub.docker.com\n',
    '      - »hub.docker.1\n',
    {
      path: '/endpoints/docker-hub/hosts/2',
      found: 'hub.docker.1',
      message: '"hub.docker.1" is no DNS name or wildcard.',
    },
  ],
  [
    'a companion that is no DNS name',
    'cdn01.quay.io, ',
    '»cdn-.quay.io, ',
    {
      path: '/endpoints/quay.io/companions/0/hosts/1',
      found: 'cdn-.quay.io',
      message: '"cdn-.quay.io" is no DNS name or wildcard.',
    },
  ],

  // Aliases and dates
  [
    'an alias that is a name',
    'aliases: [app-upgrade]',
    'aliases: [app-upgrade, »install]',
    { path: '/tasks/upgrade/aliases/1', found: 'install', message: '"install" is a name or alias already.' },
  ],
  [
    'an alias that is an alias',
    'license-sync: { title: License sync,',
    'license-sync: { title: License sync, aliases: [»app-upgrade],',
    {
      path: '/tasks/license-sync/aliases/0',
      found: 'app-upgrade',
      message: '"app-upgrade" is a name or alias already.',
    },
  ],
  [
    '`all` for an alias of a task',
    'aliases: [app-upgrade]',
    'aliases: [»all]',
    { path: '/tasks/upgrade/aliases/0', found: 'all', message: '"all" is a name or alias already.' },
  ],
  [
    'a day that the calendar does not have',
    'published: "2016-07-01"',
    'published: »"2016-02-30"',
    { path: '/documents/firewalls/published', found: '2016-02-30', message: 'There is no day 2016-02-30.' },
  ],
  [
    'a day on which an alias ends that the calendar does not have',
    'aliases: [app-upgrade]',
    'aliases: [{ name: app-upgrade, sunset: »2027-02-29 }]',
    { path: '/tasks/upgrade/aliases/0/sunset', found: '2027-02-29', message: 'There is no day 2027-02-29.' },
  ],
];

describe('a catalog that is broken', () => {
  const cases = CASES.map(([what, from, to, ...faults]) => ({ what, from, to, faults }));

  it.each(cases)('is refused for $what, at its place', ({ from, to, faults }) => {
    const { text, places } = unmarked(edited(from, to));
    expect(places).toHaveLength(faults.length);
    expect(faultsOf(text)).toEqual(
      faults.map((fault, i) => ({
        file: 'own.yaml',
        ...places[i],
        found: null,
        allowed: [],
        didYouMean: null,
        ...fault,
      })),
    );
  });
});

describe('a text that is no YAML', () => {
  it.each([
    ['a bracket that is not closed', '8800 }]\n    document', '8800 }\n    »document'],
    ['a line that is indented too little', '    kind: placeholder\n', '   kind: »placeholder\n'],
    ['a tab for indentation', '    kind: placeholder\n', '»\tkind: placeholder\n'],
    ['a second document', 'title: Replicated\n', 'title: Replicated\n»---\n'],
  ])('is refused for %s, there first of all', (_what, from, to) => {
    const { text, places } = unmarked(edited(from, to));
    expect(faultsOf(text)[0]).toMatchObject({ file: 'own.yaml', ...places[0], path: '' });
  });
});

describe('a text with control characters', () => {
  it.each([
    ['NUL', '»Repl\u0000icated'],
    ['NUL, escaped', '»"Repl\\u0000icated"'],
    ['an escape sequence of a terminal', '»Repl\u001b[31micated'],
    ['a line break, escaped', '»"Repl\\nicated"'],
    ['a next line', '»"Repl\\u0085icated"'],
    ['a line separator', '»"Repl\\u2028icated"'],
    ['half a surrogate', '»"Repl\\ud800icated"'],
    ['delete', '»Repl\u007ficated'],
  ])('is refused for %s in a title', (_what, title) => {
    const { text, places } = unmarked(edited('title: Replicated\n', `title: ${title}\n`));
    const faults = faultsOf(text);
    expect(faults.map(({ path }) => path)).toEqual(['/title']);
    expect(faults[0]).toMatchObject({ ...places[0], allowed: [], didYouMean: null });
  });

  it('is refused for a bell in a description, though line breaks are allowed there', () => {
    const description = 'description: »"one\\u0007two"\n    document: firewalls\n    section: Ongoing Access\n\nzones:';
    const run = SHIPPED.slice(SHIPPED.indexOf('    description: >-\n      Once'), SHIPPED.indexOf('zones:\n') + 6);
    const { text, places } = unmarked(edited(run, `    ${description}`));
    expect(faultsOf(text)).toMatchObject([{ ...places[0], path: '/tasks/run/description' }]);
    expect(faultsOf(text.replace('\\u0007', '\\n\\t'))).toEqual([]);
  });

  it('loads with letters of any script, and with the byte order mark and line ends of other systems', () => {
    const title = 'title: Répliqué 応用 😀';
    expect(faultsOf(edited('title: Replicated\n', `${title}\n`))).toEqual([]);
    expect(faultsOf(`\ufeff${SHIPPED}`)).toEqual([]);
    expect(faultsOf(SHIPPED.replaceAll('\n', '\r\n'))).toEqual([]);
  });
});

describe('a file that is no catalog as a whole', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...Array.from('bcdefghij', (name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(', ')}]`),
  ].join('\n');

  it.each<[what: string, bytes: Uint8Array, message: string]>([
    ['an empty file', Buffer.of(), 'The file is empty.'],
    ['white space', Buffer.from(' \n\t\n'), 'The file is empty.'],
    ['latin-1', Buffer.from(SHIPPED.replace('Replicated', 'R\u00e9pliqu\u00e9'), 'latin1'), 'The file is not UTF-8.'],
    ['UTF-16', Buffer.from(`\ufeff${SHIPPED}`, 'utf16le'), 'The file is not UTF-8.'],
    ['more than five megabytes', Buffer.alloc(5_242_881, '#'), 'The file has 5242881 bytes; the limit is 5242880.'],
    ['a bomb of aliases', Buffer.from(bomb), 'Excessive alias count indicates a resource exhaustion attack'],
  ])('is refused: %s', (_what, bytes, message) => {
    expect(faultsOf(bytes)).toEqual([
      { file: 'own.yaml', line: null, column: null, path: '', found: null, allowed: [], didYouMean: null, message },
    ]);
  });

  it.each([
    ['a sentence', 'hello', 'hello'],
    ['a list', '- a', '["a"]'],
    ['a number', '7', '7'],
  ])('is refused: %s', (_what, text, found) => {
    expect(faultsOf(text)).toMatchObject([{ line: 1, column: 1, path: '', found, allowed: ['object'] }]);
  });

  it('is refused: nothing but comments', () => {
    expect(faultsOf('# later\n')).toMatchObject([{ path: '', found: 'null', allowed: ['object'] }]);
  });

  it('is refused for nesting without end', () => {
    expect(faultsOf('['.repeat(20_000))).not.toEqual([]);
    expect(faultsOf('{a: '.repeat(20_000))).not.toEqual([]);
  });
});

describe('every fault', () => {
  const text = edited('title: Replicated\n', 'tittle: Replicated\n').replaceAll('outbound', 'out');

  it('is told at once', () => {
    expect(faultsOf(text).map(({ path }) => path)).toEqual([
      '',
      '/tittle',
      ...Array.from({ length: 11 }, (_, i) => `/requirements/${i + 2}/direction`),
    ]);
  });

  it('is a line of the error, as compilers write it', () => {
    const one = edited('title: Replicated\n', 'title: Replicated\ntittle: Replicated\n');
    const load = () => readCatalog('catalogs/own.yaml', Buffer.from(one));
    expect(load).toThrow(
      new CatalogError([
        {
          file: 'catalogs/own.yaml',
          line: 4,
          column: 1,
          path: '/tittle',
          found: 'tittle',
          allowed: ROOT_MEMBERS,
          didYouMean: 'title',
          message: '"tittle" is no member here. Did you mean "title"?',
        },
      ]),
    );
    expect(load).toThrow('catalogs/own.yaml:4:1: /tittle: "tittle" is no member here. Did you mean "title"?');
    expect(new CatalogError(faultsOf(text)).message.split('\n')).toHaveLength(13);
  });

  it.each([
    [{}, 'own.yaml: It is wrong.'],
    [{ line: 3, column: 8 }, 'own.yaml:3:8: It is wrong.'],
    [{ path: '/title' }, 'own.yaml: /title: It is wrong.'],
    [{ line: 3, column: 8, path: '/title' }, 'own.yaml:3:8: /title: It is wrong.'],
  ])('is described with what is known of its place: %j', (place, line) => {
    const fault: CatalogFault = {
      file: 'own.yaml',
      line: null,
      column: null,
      path: '',
      found: null,
      allowed: [],
      didYouMean: null,
      message: 'It is wrong.',
      ...place,
    };
    expect(describeFault(fault)).toBe(line);
  });

  it('shows of a long value only its beginning', () => {
    const long = 'x'.repeat(600);
    const [fault] = faultsOf(edited('title: Replicated\n', `title: ${long}\n`));
    expect(fault).toMatchObject({ line: 3, column: 8, path: '/title', found: `${'x'.repeat(119)}…` });
    expect(fault?.message.length).toBeLessThan(200);
  });
});
