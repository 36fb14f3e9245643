import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/model/catalog.js';
import { diff } from '../../src/model/diff.js';
import { differs, type Content } from '../../src/model/revision.js';
import { addresses, catalog, listedHosts } from './fixture.js';

const AT = '2026-05-01T00:00:00.000Z';
const content: Content = { catalog, listedHosts, addresses };
const withCatalog = (change: Partial<Catalog>): Content => ({ ...content, catalog: { ...catalog, ...change } });

const [manual, page] = catalog.documents;
const [online, airgap] = catalog.modes;
const [install, upgrade, run] = catalog.tasks;
const [, api] = catalog.rows;
const registry = catalog.endpoints[2]!;
const [first, second] = catalog.notes;
const [promise] = catalog.promises;
const alias = { name: 'old-acme', deprecated: null, sunset: null };
const announcement = { name: 'move', title: 'The move', announced: '2026-04-01T00:00:00Z', by: null, url: null };
const unused = { ...registry, name: 'unused', companions: [] };
const upstream = { ...catalog.upstream!, seed: 'list.jsonl' };
const rowsOf = (names: readonly string[]) =>
  expect.arrayContaining(names.map((name) => expect.objectContaining({ name })));

describe('the difference that a member of a catalog makes', () => {
  it.each<[string, Partial<Catalog>, { [name: string]: unknown } | null, { [name: string]: unknown } | null]>([
    ['the title', { title: 'ACME' }, { title: 'Acme' }, { title: 'ACME' }],
    ['an old name that comes', { aliases: [...catalog.aliases, alias] }, null, { aliases: alias }],
    ['an old name that goes', { aliases: [] }, { aliases: catalog.aliases[0] }, null],
    ['where its list is', { upstream }, { upstream: catalog.upstream }, { upstream }],
    ['that it has no list', { upstream: null }, { upstream: catalog.upstream }, null],
    [
      'when a document was changed',
      { documents: [{ ...manual!, modified: '2026-01-01' }, page!] },
      { documents: manual },
      { documents: { ...manual!, modified: '2026-01-01' } },
    ],
    ['a note that goes', { notes: [second!] }, { notes: first }, null],
    ['a note that is there twice', { notes: [first!, second!, first!] }, null, { notes: first }],
    ['a promise that goes', { promises: [] }, { promises: promise }, null],
    [
      'the title of a mode',
      { modes: [{ ...online!, title: 'On line' }, airgap!] },
      { modes: online },
      { modes: { ...online!, title: 'On line' } },
    ],
    [
      'the order of modes',
      { modes: [airgap!, online!] },
      { modes: ['online', 'airgap'] },
      { modes: ['airgap', 'online'] },
    ],
    [
      'the order of tasks',
      { tasks: [run!, install!, upgrade!] },
      { tasks: ['install', 'upgrade', 'run'] },
      { tasks: ['run', 'install', 'upgrade'] },
    ],
    [
      'a new task of which nothing is said',
      { tasks: [{ ...run!, name: 'stop' }, ...catalog.tasks] },
      null,
      { tasks: { ...run!, name: 'stop' } },
    ],
    [
      'where a zone is',
      { zones: [catalog.zones[0]!, { ...catalog.zones[1]!, external: false }] },
      { zones: catalog.zones[1] },
      { zones: { ...catalog.zones[1]!, external: false } },
    ],
    ['an endpoint that nothing asks for', { endpoints: [...catalog.endpoints, unused] }, null, { endpoints: unused }],
    [
      'whether the list has an endpoint',
      { endpoints: catalog.endpoints.with(2, { ...registry, published: true }) },
      { endpoints: registry },
      { endpoints: { ...registry, published: true } },
    ],
    ['an announcement', { announcements: [announcement] }, null, { announcements: announcement }],
    [
      'the order of rows',
      { rows: [...catalog.rows.slice(1), catalog.rows[0]!] },
      { rows: rowsOf(['console']) },
      { rows: rowsOf(['console']) },
    ],
    [
      'a row that is written as two',
      {
        rows: catalog.rows.flatMap((row) => (row === api ? row.tasks.map((task) => ({ ...row, tasks: [task] })) : row)),
      },
      { rows: expect.arrayContaining([expect.objectContaining({ name: api!.name, tasks: ['install', 'upgrade'] })]) },
      { rows: expect.arrayContaining([expect.objectContaining({ name: api!.name, tasks: ['upgrade'] })]) },
    ],
  ])('%s', (_, change, previous, current) => {
    const kind = previous === null ? 'added' : current === null ? 'removed' : 'modified';
    expect(diff(content, withCatalog(change), AT)).toEqual([
      {
        kind,
        subject: 'catalog',
        action: { byName: 'none', byAddress: 'none' },
        reason: 'text',
        firstOfFamily: null,
        actBy: null,
        host: null,
        address: null,
        requirement: null,
        previous,
        current,
        announced: false,
        leadTimeSeconds: null,
        effectiveFrom: null,
      },
    ]);
  });

  it('tells rows in order, each by what its requirements do not say', () => {
    const [difference] = diff(content, withCatalog({ rows: catalog.rows.toReversed() }), AT);
    const names = catalog.rows.map(({ name }) => name);
    const told = (names: readonly string[]) => ({ rows: names.map((name) => expect.objectContaining({ name })) });
    expect(difference).toMatchObject({ previous: told(names), current: told(names.toReversed()) });
    const console_ = {
      name: 'console',
      tasks: ['install', 'run', 'upgrade'],
      modes: ['airgap', 'online'],
      document: null,
      section: null,
    };
    expect(difference?.previous).toEqual({ rows: expect.arrayContaining([console_]) });
  });

  it('is told of an endpoint where its companions say the same otherwise grouped', () => {
    const [group] = registry.companions;
    const companions = group!.hosts.map((host) => ({ ...group!, hosts: [host] }));
    const after = withCatalog({ endpoints: catalog.endpoints.with(2, { ...registry, companions }) });
    expect(differs(content, after)).toBe(true);
    expect(diff(content, after, AT)).toMatchObject([
      { subject: 'catalog', previous: { endpoints: registry }, current: { endpoints: { ...registry, companions } } },
    ]);
  });

  it('is none of order where a task came in between', () => {
    const stop = { ...run!, name: 'stop' };
    expect(diff(content, withCatalog({ tasks: [install!, stop, upgrade!, run!] }), AT)).toHaveLength(1);
  });

  it('is one of order where rows changed places and one of them is asked for by another task', () => {
    const [console_, api, ...rows] = catalog.rows;
    const after = withCatalog({ rows: [{ ...api!, tasks: ['install', 'upgrade', 'run'] }, console_!, ...rows] });
    expect(diff(content, after, AT).map(({ subject, requirement }) => requirement ?? subject)).toEqual([
      'catalog',
      'acme/run/online/api.example.com',
      'acme/run/airgap/api.example.com',
    ]);
  });

  it('of an endpoint that comes with its requirement is told, and its names not by themselves', () => {
    const before = withCatalog({
      endpoints: catalog.endpoints.filter(({ name }) => name !== 'hub'),
      rows: catalog.rows.filter(({ name }) => name !== 'hub'),
    });
    expect(diff(before, content, AT).map(({ subject, requirement }) => requirement ?? subject)).toEqual([
      'catalog',
      'acme/upgrade/online/hub',
      'acme/upgrade/airgap/hub',
    ]);
  });
});

describe('the differences of two contents', () => {
  it('are told by subject: catalog, requirements, ports, hosts, addresses', () => {
    const after: Content = {
      listedHosts: listedHosts.slice(1),
      addresses: addresses.slice(1),
      catalog: {
        ...catalog,
        title: 'ACME',
        endpoints: catalog.endpoints.map((one) => (one.name === 'mirrors' ? { ...one, hosts: ['m.example'] } : one)),
        rows: catalog.rows.map((row) => {
          if (row.name === 'hub') return { ...row, need: [{ mode: 'online', need: 'required' }] };
          return row.name === 'mirrors' ? { ...row, ports: [] } : row;
        }),
      },
    };
    expect(diff(content, after, AT).map(({ subject, kind, reason }) => `${subject} ${kind} ${reason}`)).toEqual([
      'catalog modified text',
      'requirement modified widened',
      'requirement removed retired',
      'port removed narrowed',
      'port removed narrowed',
      'host added new',
      'host removed delisted',
      'address removed retired',
    ]);
  });
});
