import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/catalog/doubts.js';
import { loadCatalog } from '../../src/catalog/file.js';
import { checkPromises } from '../../src/model/promise.js';
import { requirementsOf } from '../../src/model/requirement.js';
import { CORRECTIONS, SOURCE, fold, readDocument } from './document.js';

const FILE = fileURLToPath(new URL('../../catalogs/replicated.yaml', import.meta.url));
/** The tasks that the rows of a section stand for; a table with a column of tasks says its own. */
const TASKS_OF_SECTION: Readonly<Record<string, readonly string[]>> = {
  'Initial Installation of Replicated': ['install'],
  'Application Installation and Upgrade': ['app-install', 'upgrade'],
};
const TASK_OF_ROW: Readonly<Record<string, string>> = {
  'Check for updates': 'check-updates',
  'License sync': 'license-sync',
};
const NEED_OF_CELL: Readonly<Record<string, string>> = {
  '<i class="fa fa-check" /> Required': 'required',
  '<i class="fa fa-times" /> Not Required': 'not-required',
};

const DOCUMENT = readDocument();
const { catalog, sha256 } = await loadCatalog(FILE);

describe('the document', () => {
  it('is read: five parts, eleven paragraphs, eleven rows', () => {
    expect(DOCUMENT.sections.map(({ title, paragraphs, rows }) => [title, paragraphs.length, rows.length])).toEqual([
      [null, 4, 0],
      ['Port Requirements', 2, 0],
      ['Initial Installation of Replicated', 1, 4],
      ['Application Installation and Upgrade', 1, 5],
      ['Ongoing Access', 3, 2],
    ]);
  });

  it.each(CORRECTIONS)('has the misprint "%s" once, and "%s" is what the catalog has', (misprint, meant) => {
    expect(SOURCE.split(misprint)).toHaveLength(2);
    const text = fold(readFileSync(FILE, 'utf8'));
    expect(text).not.toContain(misprint);
    expect(text).toContain(meant);
  });
});

describe('the catalog that ships', () => {
  it('has every row of the tables, in their order, and no other on the internet', () => {
    const expected = DOCUMENT.sections.flatMap(({ title, rows }) =>
      rows.map((row) => {
        const [, host = '', stated] = /^(.*?)( \(port 443\))?$/.exec(row['Host'] ?? '') ?? [];
        return {
          section: title,
          tasks: row['Task'] === undefined ? TASKS_OF_SECTION[title ?? ''] : [TASK_OF_ROW[row['Task']]],
          host,
          need: [
            { mode: 'online', need: NEED_OF_CELL[row['Online Installation'] ?? ''] },
            { mode: 'airgap', need: NEED_OF_CELL[row['Airgap Installation'] ?? ''] },
          ],
          ports: [{ protocol: 'tcp', from: 443, to: 443, basis: stated === undefined ? 'assumed' : 'stated' }],
          direction: 'outbound',
          initiator: 'installed-host',
          zone: 'internet',
          description: row['Description'],
        };
      }),
    );
    const titles = new Map(catalog.endpoints.map(({ name, title }) => [name, title]));
    const sections = new Map(catalog.tasks.map(({ name, section }) => [name, section]));
    const actual = catalog.rows
      .filter(({ endpoint }) => endpoint !== null)
      .map(({ tasks, endpoint, need, ports, direction, initiator, zone, description, section }) => ({
        section: section ?? sections.get(tasks[0] ?? ''),
        tasks,
        host: titles.get(endpoint ?? ''),
        need,
        ports,
        direction,
        initiator,
        zone,
        description: fold(description),
      }));
    expect(expected).toHaveLength(11);
    expect(actual).toEqual(expected);
  });

  it('has every paragraph of running text under its section, in order, and no other', () => {
    const expected = DOCUMENT.sections.flatMap(({ title, paragraphs }) =>
      paragraphs.map((text) => ({ document: 'firewalls', section: title, text })),
    );
    expect(expected).toHaveLength(11);
    expect(catalog.notes.map((note) => ({ ...note, text: fold(note.text) }))).toEqual(expected);
  });

  it('has the two rules for ports, whose descriptions are the paragraphs about them', () => {
    const paragraphs = DOCUMENT.sections.find(({ title }) => title === 'Port Requirements')!.paragraphs;
    const ALWAYS = [
      { mode: 'online', need: 'required' },
      { mode: 'airgap', need: 'required' },
    ];
    const rules = catalog.rows.filter(({ endpoint }) => endpoint === null);
    expect(rules.map((rule) => ({ ...rule, description: fold(rule.description) }))).toEqual([
      {
        name: 'management-console',
        endpoint: null,
        zone: 'admin-network',
        tasks: ['install', 'app-install', 'upgrade', 'check-updates', 'license-sync', 'run'],
        need: ALWAYS,
        direction: 'bidirectional',
        initiator: 'either',
        ports: [{ protocol: 'tcp', from: 8800, to: 8800, basis: 'stated' }],
        description: paragraphs[0],
        ifBlocked: null,
        data: null,
        topology: null,
        document: 'firewalls',
        section: 'Port Requirements',
      },
      {
        name: 'cluster-communication',
        endpoint: null,
        zone: 'cluster-network',
        tasks: ['install', 'app-install', 'upgrade', 'check-updates', 'license-sync', 'run'],
        need: ALWAYS,
        direction: 'bidirectional',
        initiator: 'either',
        ports: [{ protocol: 'tcp', from: 9870, to: 9880, basis: 'stated' }],
        description: paragraphs[1],
        ifBlocked: null,
        data: null,
        topology: { singleHost: 'on the host itself', multiHost: 'between hosts as well as on the primary host' },
        document: 'firewalls',
        section: 'Port Requirements',
      },
    ]);
  });

  it('has the dates and title of the document', () => {
    const { front } = DOCUMENT;
    expect(catalog.documents.find(({ name }) => name === 'firewalls')).toEqual({
      name: 'firewalls',
      title: front['title']?.replaceAll('"', ''),
      url: null,
      published: front['date']?.slice(1, 11),
      modified: front['lastmod']?.slice(1, 11),
    });
  });

  it('has its tasks in the order of the document, each with the section it came from', () => {
    expect(catalog.tasks.map(({ name, section, document }) => [name, section, document])).toEqual([
      ['install', 'Initial Installation of Replicated', 'firewalls'],
      ['app-install', 'Application Installation and Upgrade', 'firewalls'],
      ['upgrade', 'Application Installation and Upgrade', 'firewalls'],
      ['check-updates', 'Ongoing Access', 'firewalls'],
      ['license-sync', 'Ongoing Access', 'firewalls'],
      ['run', 'Ongoing Access', 'firewalls'],
    ]);
    expect(catalog.modes.map(({ name, title }) => [name, title])).toEqual([
      ['online', 'Online Installation'],
      ['airgap', 'Airgap Installation'],
    ]);
    expect(catalog.zones.map(({ name, external }) => [name, external])).toEqual([
      ['internet', true],
      ['admin-network', true],
      ['cluster-network', false],
    ]);
  });

  it('says in the words of the document that running the application needs no outbound access', () => {
    const run = catalog.tasks.find(({ name }) => name === 'run')!;
    expect(DOCUMENT.sections.at(-1)?.paragraphs).toContain(fold(run.description ?? ''));
    const outbound = requirementsOf(catalog).filter(({ task, zone }) => task === 'run' && zone === 'internet');
    expect(outbound).toEqual([]);
  });

  it('makes both promises of the document, and keeps them', () => {
    expect(catalog.promises.map(({ never }) => never)).toEqual([
      { task: null, mode: ['airgap'], need: ['required', 'conditional'], zone: ['internet'], direction: null },
      { task: null, mode: null, need: null, zone: ['internet'], direction: ['inbound', 'bidirectional'] },
    ]);
    expect(checkPromises(catalog).map(({ brokenBy }) => brokenBy)).toEqual([[], []]);
    expect(DOCUMENT.sections[0]?.paragraphs[1]).toContain(catalog.promises[0]?.text);
  });

  it.each([
    ['upgrade', 'online', 7],
    ['upgrade', 'airgap', 2],
    ['install', 'online', 6],
    ['run', 'online', 2],
  ])('requires for %s %s %i things', (task, mode, count) => {
    const required = requirementsOf(catalog).filter(
      (requirement) => requirement.task === task && requirement.mode === mode && requirement.need === 'required',
    );
    expect(required).toHaveLength(count);
  });

  it('has for endpoints the hosts of the tables by their titles, and invents nothing about them', () => {
    const hosts = new Set(DOCUMENT.sections.flatMap(({ rows }) => rows.map((row) => row['Host']!.split(' (')[0])));
    expect(new Set(catalog.endpoints.map(({ title }) => title))).toEqual(hosts);
    expect(catalog.endpoints.map(({ operator }) => operator)).toEqual([null, null, null, null, null, null]);
    expect(catalog.endpoints.map(({ name, kind, hosts, published }) => [name, kind, hosts.length, published])).toEqual([
      ['get.replicated.com', 'host', 1, true],
      ['registry.replicated.com', 'host', 1, true],
      ['api.replicated.com', 'host', 1, true],
      ['quay.io', 'host', 1, false],
      ['docker-hub', 'service', 6, false],
      ['third-party-registries', 'placeholder', 0, false],
    ]);
  });

  it('keeps what the document does not say apart, with the document that says it', () => {
    const quay = catalog.endpoints.find(({ name }) => name === 'quay.io')!;
    expect(quay.companions).toEqual([
      {
        hosts: [
          'cdn.quay.io',
          'cdn01.quay.io',
          'cdn02.quay.io',
          'cdn03.quay.io',
          'cdn04.quay.io',
          'cdn05.quay.io',
          'cdn06.quay.io',
        ],
        document: 'redhat-firewall',
        why: 'image layers are served from these',
      },
    ]);
    expect(catalog.endpoints.find(({ name }) => name === 'docker-hub')).toMatchObject({
      title: 'Docker Hub',
      document: 'docker-allow-list',
      hosts: [
        'registry-1.docker.io',
        'auth.docker.io',
        'hub.docker.com',
        'production.cloudflare.docker.com',
        'production.cloudfront.docker.com',
        'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
      ],
    });
  });

  it('names the list that is polled, and the history that ships', () => {
    expect(catalog.upstream).toEqual({
      url: 'https://raw.githubusercontent.com/replicatedhq/ips/HEAD/ip_addresses.json',
      seed: 'replicated.history.jsonl',
      limits: { bytes: 1_048_576, hosts: 500, addresses: 5_000, widestIpv4: 20, widestIpv6: 32 },
    });
  });

  it('is known by the SHA-256 of its bytes', () => {
    expect(sha256).toBe(createHash('sha256').update(readFileSync(FILE)).digest('hex'));
  });

  it('gives no cause for doubt but the one that its document gives, which names a port in one section only', () => {
    expect(doubtsOf(catalog, undefined, new Date('2027-03-05T00:00:00Z'))).toEqual([
      'Port 443/tcp of "api.replicated.com" is stated in one row and assumed in another.',
    ]);
  });
});
