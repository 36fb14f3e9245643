import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogEndpoint, Row } from '../../src/model/catalog.js';
import type { Difference } from '../../src/model/change.js';
import { diff } from '../../src/model/diff.js';
import type { Content } from '../../src/model/revision.js';
import { addresses, catalog, held, listedHosts } from './fixture.js';

const AT = '2026-05-01T00:00:00.000Z';
const SAID = '2026-04-01T00:00:00Z';
const LEAD = 30 * 24 * 60 * 60;
const SOON = '2026-06-01T00:00:00Z';
const LATER = '2026-07-01T00:00:00Z';

const content: Content = { catalog, listedHosts, addresses };
const withCatalog = (change: Partial<Catalog>): Content => ({ ...content, catalog: { ...catalog, ...change } });
const withRow = (name: string, change: Partial<Row>): Content =>
  withCatalog({ rows: catalog.rows.map((row) => (row.name === name ? { ...row, ...change } : row)) });
const withEndpoint = (name: string, change: Partial<CatalogEndpoint>): Content =>
  withCatalog({ endpoints: catalog.endpoints.map((one) => (one.name === name ? { ...one, ...change } : one)) });
const without = (row: string): Content => withCatalog({ rows: catalog.rows.filter(({ name }) => name !== row) });
const saying = (content: Content): Content => ({
  ...content,
  catalog: {
    ...content.catalog,
    announcements: [{ name: 'move', title: 'The move', announced: SAID, by: null, url: null }],
  },
});
const dates = (change: { from?: string; until?: string; announcement?: string | null }) => ({
  from: null,
  until: null,
  announcement: 'move',
  ...change,
});

/** The differences, without those that tell of the announcement itself. */
const between = (before: Content, after: Content): Difference[] =>
  diff(before, after, AT).filter(({ previous, current }) => !('announcements' in Object(current ?? previous)));

const nothing = {
  action: { byName: 'none', byAddress: 'none' },
  firstOfFamily: null,
  actBy: null,
  host: null,
  address: null,
  requirement: null,
  announced: false,
  leadTimeSeconds: null,
  effectiveFrom: null,
} as const;
/** By name alone: nothing of `hub` has an address. */
const open = { ...nothing, action: { byName: 'open', byAddress: 'none' }, actBy: AT } as const;
const close = { ...nothing, action: { byName: 'close', byAddress: 'none' } } as const;
const both = (word: 'open' | 'close') => ({ byName: word, byAddress: word }) as const;

/** A requirement as a difference tells it: `hub` is asked for in one task, and only online. */
const HUB = 'acme/upgrade/online/hub';
const hubItself = {
  ref: HUB,
  product: 'acme',
  task: 'upgrade',
  mode: 'online',
  need: 'conditional',
  condition: null,
  direction: 'outbound',
  initiator: 'installed-host',
  zone: 'internet',
  endpoint: { kind: 'service', name: 'hub', title: 'The Hub', operator: null },
  description: 'hub is needed.',
  ifBlocked: null,
  data: null,
  topology: null,
  facets: {},
  source: { document: 'The manual', section: 'Upgrading' },
  dated: null,
};
const hubWhole = {
  ...hubItself,
  endpoint: { ...hubItself.endpoint, hosts: ['auth.hub.example', 'images.hub.example'], companions: [] },
  ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'stated' }],
};
const hub = (change: Partial<Row>) => withRow('hub', { need: [{ mode: 'online', need: 'conditional' }], ...change });
const plain = hub({});
const needing = (need: Row['need'][number]['need']) => hub({ need: [{ mode: 'online', need }] });
const unneeded = { need: [{ mode: 'online', need: 'not-required' }] } as const;

type Expected = Omit<Difference, 'subject' | 'requirement'>;

describe('the difference that a requirement makes', () => {
  const soon = { dated: dates({ from: SOON }) };
  const ending = { dated: dates({ until: SOON }) };
  const widened = { ...open, kind: 'modified', reason: 'widened' } as const;
  const narrowed = { ...close, kind: 'modified', reason: 'narrowed' } as const;
  const stays = { ...nothing, kind: 'modified' } as const;

  it.each<[string, Content, Content, Expected]>([
    ['comes', without('hub'), plain, { ...open, kind: 'added', reason: 'new', previous: null, current: hubWhole }],
    [
      'comes and is not needed',
      without('hub'),
      needing('not-required'),
      { ...nothing, kind: 'added', reason: 'new', previous: null, current: { ...hubWhole, need: 'not-required' } },
    ],
    [
      'is announced',
      without('hub'),
      saying(hub(soon)),
      {
        ...open,
        actBy: SOON,
        kind: 'added',
        reason: 'announced',
        effectiveFrom: SOON,
        previous: null,
        current: { ...hubWhole, ...soon },
      },
    ],
    [
      'is announced and is not needed',
      without('hub'),
      saying(hub({ ...soon, ...unneeded })),
      {
        ...nothing,
        kind: 'added',
        reason: 'announced',
        effectiveFrom: SOON,
        previous: null,
        current: { ...hubWhole, ...soon, need: 'not-required' },
      },
    ],
    [
      'is put off',
      saying(hub(soon)),
      saying(hub({ dated: dates({ from: LATER }) })),
      {
        ...open,
        actBy: LATER,
        kind: 'modified',
        reason: 'announced',
        effectiveFrom: LATER,
        previous: { ...hubWhole, ...soon },
        current: { ...hubWhole, dated: dates({ from: LATER }) },
      },
    ],
    [
      'takes effect as it was announced',
      saying(hub(soon)),
      saying(hub({ dated: dates({}), ports: [] })),
      {
        ...open,
        kind: 'modified',
        reason: 'new',
        announced: true,
        leadTimeSeconds: LEAD,
        effectiveFrom: SOON,
        previous: { ...hubWhole, ...soon },
        current: { ...hubWhole, ports: [], dated: dates({}) },
      },
    ],
    [
      'takes effect, and no announcement was named',
      hub({ dated: dates({ from: SOON, announcement: null }) }),
      plain,
      {
        ...open,
        kind: 'modified',
        reason: 'new',
        announced: true,
        effectiveFrom: SOON,
        previous: { ...hubWhole, dated: dates({ from: SOON, announcement: null }) },
        current: hubWhole,
      },
    ],
    [
      'is announced no longer',
      saying(hub(soon)),
      without('hub'),
      { ...nothing, kind: 'removed', reason: 'delisted', previous: { ...hubWhole, ...soon }, current: null },
    ],
    [
      'was in effect and is announced for later',
      plain,
      saying(hub(soon)),
      {
        ...close,
        kind: 'modified',
        reason: 'retired',
        effectiveFrom: SOON,
        previous: hubWhole,
        current: { ...hubWhole, ...soon },
      },
    ],
    [
      'goes',
      plain,
      without('hub'),
      { ...close, kind: 'removed', reason: 'retired', previous: hubWhole, current: null },
    ],
    [
      'goes and was not needed',
      needing('not-required'),
      without('hub'),
      {
        ...nothing,
        kind: 'removed',
        reason: 'retired',
        previous: { ...hubWhole, need: 'not-required' },
        current: null,
      },
    ],
    [
      'goes as it was announced',
      saying(hub(ending)),
      without('hub'),
      {
        ...close,
        kind: 'removed',
        reason: 'retired',
        announced: true,
        leadTimeSeconds: LEAD,
        effectiveFrom: SOON,
        previous: { ...hubWhole, ...ending },
        current: null,
      },
    ],
    [
      'is to end',
      plain,
      saying(hub(ending)),
      {
        ...stays,
        reason: 'announced',
        effectiveFrom: SOON,
        previous: hubItself,
        current: { ...hubItself, ...ending },
      },
    ],
    [
      'is to stay after all',
      saying(hub(ending)),
      plain,
      { ...stays, reason: 'announced', previous: { ...hubItself, ...ending }, current: hubItself },
    ],
    [
      'is needed more',
      plain,
      needing('required'),
      { ...widened, previous: hubItself, current: { ...hubItself, need: 'required' } },
    ],
    [
      'is needed at last',
      needing('not-required'),
      plain,
      { ...widened, previous: { ...hubItself, need: 'not-required' }, current: hubItself },
    ],
    [
      'is needed less',
      needing('required'),
      plain,
      { ...narrowed, action: nothing.action, previous: { ...hubItself, need: 'required' }, current: hubItself },
    ],
    [
      'is needed no longer',
      plain,
      hub({ ...unneeded, direction: 'bidirectional' }),
      {
        ...narrowed,
        previous: hubItself,
        current: { ...hubItself, need: 'not-required', direction: 'bidirectional' },
      },
    ],
    [
      'goes both ways',
      plain,
      hub({ direction: 'bidirectional' }),
      { ...widened, previous: hubItself, current: { ...hubItself, direction: 'bidirectional' } },
    ],
    [
      'goes one way only',
      hub({ initiator: 'either' }),
      plain,
      { ...narrowed, previous: { ...hubItself, initiator: 'either' }, current: hubItself },
    ],
    [
      'goes the other way',
      plain,
      hub({ direction: 'inbound' }),
      { ...widened, previous: hubItself, current: { ...hubItself, direction: 'inbound' } },
    ],
    [
      'leads to another zone',
      plain,
      hub({ zone: 'admin-network' }),
      { ...widened, previous: hubItself, current: { ...hubItself, zone: 'admin-network' } },
    ],
    [
      'goes both ways and is not needed',
      needing('not-required'),
      hub({ ...unneeded, direction: 'bidirectional' }),
      {
        ...widened,
        ...nothing,
        previous: { ...hubItself, need: 'not-required' },
        current: { ...hubItself, need: 'not-required', direction: 'bidirectional' },
      },
    ],
    [
      'goes both ways and is only announced',
      saying(hub(soon)),
      saying(hub({ ...soon, direction: 'bidirectional' })),
      {
        ...widened,
        actBy: SOON,
        effectiveFrom: SOON,
        previous: { ...hubItself, ...soon },
        current: { ...hubItself, ...soon, direction: 'bidirectional' },
      },
    ],
    [
      'goes one way only and is only announced',
      saying(hub({ ...soon, direction: 'bidirectional' })),
      saying(hub(soon)),
      {
        ...narrowed,
        action: nothing.action,
        previous: { ...hubItself, ...soon, direction: 'bidirectional' },
        current: { ...hubItself, ...soon },
      },
    ],
    [
      'is described in other words',
      plain,
      hub({ description: 'It is.' }),
      { ...stays, reason: 'text', previous: hubItself, current: { ...hubItself, description: 'It is.' } },
    ],
  ])('that %s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual([{ subject: 'requirement', ...expected, requirement: HUB }]);
  });

  it('of an endpoint with another title is told of each, and of the endpoint', () => {
    expect(between(content, withEndpoint('hub', { title: 'A Hub' }))).toMatchObject([
      { subject: 'catalog', reason: 'text' },
      { subject: 'requirement', requirement: 'acme/upgrade/online/hub', reason: 'text' },
      { subject: 'requirement', requirement: 'acme/upgrade/airgap/hub', reason: 'text' },
    ]);
  });
});

describe('the difference that a port makes', () => {
  const [https] = hubWhole.ports;
  const more = { protocol: 'tcp', from: 5000, to: 5010, basis: 'stated' } as const;
  const two = [{ ...more, from: 443, to: 443 }, more];

  it.each<[string, Content, Content, Expected]>([
    [
      'is added',
      plain,
      hub({ ports: two }),
      { ...open, kind: 'added', reason: 'widened', previous: null, current: more },
    ],
    [
      'is removed',
      hub({ ports: two }),
      plain,
      { ...close, kind: 'removed', reason: 'narrowed', previous: more, current: null },
    ],
    [
      'is added where nothing is needed',
      needing('not-required'),
      hub({ ...unneeded, ports: two }),
      { ...nothing, kind: 'added', reason: 'widened', previous: null, current: more },
    ],
    [
      'is removed where nothing is needed',
      hub({ ...unneeded, ports: two }),
      needing('not-required'),
      { ...nothing, kind: 'removed', reason: 'narrowed', previous: more, current: null },
    ],
    [
      'is stated now',
      hub({ ports: [{ ...more, basis: 'assumed' }] }),
      hub({ ports: [more] }),
      { ...nothing, kind: 'modified', reason: 'text', previous: { ...more, basis: 'assumed' }, current: more },
    ],
    [
      'is added to what is only announced',
      saying(hub({ dated: dates({ from: SOON }) })),
      saying(hub({ dated: dates({ from: SOON }), ports: two })),
      { ...open, actBy: SOON, effectiveFrom: SOON, kind: 'added', reason: 'widened', previous: null, current: more },
    ],
    [
      'is named twice',
      plain,
      hub({ ports: [two[0]!, two[0]!] }),
      { ...open, kind: 'added', reason: 'widened', previous: null, current: https! },
    ],
  ])('that %s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual([{ subject: 'port', ...expected, requirement: HUB }]);
  });

  it('with another end is one that comes and one that goes', () => {
    const after = hub({ ports: [{ ...two[0]!, to: 444 }] });
    expect(between(plain, after).map(({ kind, current, previous }) => [kind, current ?? previous])).toEqual([
      ['added', { protocol: 'tcp', from: 443, to: 444, basis: 'stated' }],
      ['removed', https],
    ]);
  });
});

describe('the difference that a name of an endpoint makes', () => {
  const NAME = 'new.hub.example';
  const hosts = ['auth.hub.example', 'images.hub.example'];
  const joined = (change: Partial<CatalogEndpoint> = {}) => withEndpoint('hub', { hosts: [...hosts, NAME], ...change });
  const told = { name: NAME, endpoint: 'hub', companionOf: null, companions: [], dated: null };
  const served = (content: Content): Content => ({ ...content, addresses: [...addresses, held(NAME, '20.0.7.1')] });
  const ending = { dated: [{ host: NAME, ...dates({ until: SOON }) }] };
  const soon = withEndpoint('hub', { dated: [{ host: NAME, ...dates({ from: SOON }) }] });
  const companion = { hosts: [NAME], document: 'manual', why: 'it redirects there' };
  const companions = [{ document: 'manual', why: 'it redirects there' }];
  const shared = (content: Content): Content => ({ ...content, addresses: [...addresses, held(NAME, '20.0.0.1')] });

  it.each<[string, Content, Content, Expected]>([
    ['comes', content, joined(), { ...open, kind: 'added', reason: 'new', previous: null, current: told }],
    [
      'comes and has addresses',
      served(content),
      served(joined()),
      { ...open, action: both('open'), kind: 'added', reason: 'new', previous: null, current: told },
    ],
    [
      'comes as a companion',
      content,
      withEndpoint('hub', { companions: [companion] }),
      {
        ...open,
        kind: 'added',
        reason: 'new',
        previous: null,
        current: { ...told, companionOf: 'hub', companions },
      },
    ],
    ['goes', joined(), content, { ...close, kind: 'removed', reason: 'retired', previous: told, current: null }],
    [
      'goes and has addresses',
      served(joined()),
      served(content),
      { ...close, action: both('close'), kind: 'removed', reason: 'retired', previous: told, current: null },
    ],
    [
      'goes and shares its addresses with a name that is needed',
      shared(joined()),
      shared(content),
      { ...close, kind: 'removed', reason: 'retired', previous: told, current: null },
    ],
    [
      'goes as it was announced',
      saying(joined(ending)),
      content,
      {
        ...close,
        kind: 'removed',
        reason: 'retired',
        announced: true,
        leadTimeSeconds: LEAD,
        effectiveFrom: SOON,
        previous: { ...told, dated: dates({ until: SOON }) },
        current: null,
      },
    ],
    [
      'is to go',
      joined(),
      saying(joined(ending)),
      {
        ...nothing,
        kind: 'modified',
        reason: 'announced',
        effectiveFrom: SOON,
        previous: told,
        current: { ...told, dated: dates({ until: SOON }) },
      },
    ],
    [
      'is announced',
      content,
      saying(soon),
      {
        ...open,
        actBy: SOON,
        kind: 'added',
        reason: 'announced',
        effectiveFrom: SOON,
        previous: null,
        current: { ...told, dated: dates({ from: SOON }) },
      },
    ],
    [
      'takes effect as it was announced',
      saying(soon),
      saying(joined()),
      {
        ...open,
        kind: 'modified',
        reason: 'new',
        announced: true,
        leadTimeSeconds: LEAD,
        effectiveFrom: SOON,
        previous: { ...told, dated: dates({ from: SOON }) },
        current: told,
      },
    ],
    [
      'is announced no longer',
      saying(soon),
      content,
      {
        ...nothing,
        kind: 'removed',
        reason: 'delisted',
        previous: { ...told, dated: dates({ from: SOON }) },
        current: null,
      },
    ],
    [
      'was a companion',
      withEndpoint('hub', { companions: [companion] }),
      joined(),
      {
        ...nothing,
        kind: 'modified',
        reason: 'text',
        previous: { ...told, companionOf: 'hub', companions },
        current: told,
      },
    ],
  ])('that %s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual([{ subject: 'host', ...expected, host: NAME }]);
  });

  it('asks for nothing where nothing needs the endpoint', () => {
    const idle = (hosts: readonly string[]) => {
      const { catalog } = withEndpoint('hub', { hosts });
      return { ...content, catalog: { ...catalog, rows: catalog.rows.filter(({ name }) => name !== 'hub') } };
    };
    const [few, many] = [idle(hosts), idle([...hosts, NAME])];
    for (const [before, after] of [[few, many] as const, [many, few] as const]) {
      expect(between(before, after)).toMatchObject([
        { subject: 'host', host: NAME, action: nothing.action, actBy: null },
      ]);
    }
  });

  it('is to be open when the requirement takes effect that needs it', () => {
    const announced = (content: Content): Content => {
      const rows = content.catalog.rows.map((row) =>
        row.name === 'hub' ? { ...row, dated: dates({ from: LATER }) } : row,
      );
      return saying({ ...content, catalog: { ...content.catalog, rows } });
    };
    expect(between(announced(content), announced(joined()))).toMatchObject([
      { host: NAME, reason: 'new', action: open.action, actBy: LATER },
    ]);
  });

  it('stays open where another endpoint needs it', () => {
    const also = (content: Content): Content => ({
      ...content,
      catalog: {
        ...content.catalog,
        endpoints: content.catalog.endpoints.map((one) => (one.name === 'mirrors' ? { ...one, hosts: [NAME] } : one)),
      },
    });
    expect(between(also(joined()), also(content))).toMatchObject([
      { host: NAME, kind: 'removed', reason: 'retired', action: nothing.action },
    ]);
  });
});

describe('the difference that a name of the upstream list makes', () => {
  it.each<[string, readonly string[], Expected]>([
    [
      'comes',
      [...listedHosts, 'new.example.com'],
      {
        ...nothing,
        kind: 'added',
        reason: 'new',
        host: 'new.example.com',
        previous: null,
        current: { name: 'new.example.com', listed: true },
      },
    ],
    [
      'goes',
      listedHosts.filter((name) => name !== 'empty.example.com'),
      {
        ...nothing,
        kind: 'removed',
        reason: 'delisted',
        host: 'empty.example.com',
        previous: { name: 'empty.example.com', listed: true },
        current: null,
      },
    ],
  ])('that %s', (_, after, expected) => {
    expect(between(content, { ...content, listedHosts: after })).toEqual([
      { subject: 'host', ...expected, requirement: null },
    ]);
  });
});
