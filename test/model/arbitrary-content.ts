import * as fc from 'fast-check';
import { byHost, type HeldAddress } from '../../src/model/address.js';
import {
  DEFAULT_LIMITS,
  DIRECTIONS,
  INITIATORS,
  NEEDS,
  type Alias,
  type Catalog,
  type CatalogEndpoint,
  type Dated,
  type PortRange,
  type Row,
} from '../../src/model/catalog.js';
import type { Content } from '../../src/model/revision.js';
import { cidr, held } from './fixture.js';

const MODES = ['online', 'airgap'];
const TASKS = ['install', 'upgrade', 'run'];
const HOSTS = ['a.example', 'b.example', 'c.example', 'general'];
const CIDRS = ['20.0.0.1', '20.0.0.2', '20.0.1.0/24', '2600:1::1', '2600:2::/64'].map(cidr);
const date = fc.constantFrom('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z');
const dateOrNone = fc.option(date, { freq: 2 });
const words = fc.constantFrom('one', 'other');
const wordsOrNone = fc.option(words);
const announcementName = fc.option(fc.constantFrom('move', 'close-down'));

const dated: fc.Arbitrary<Dated> = fc
  .record({ from: dateOrNone, until: dateOrNone, announcement: announcementName })
  .filter(({ from, until }) => from !== null || until !== null);
const alias = (name: string): fc.Arbitrary<Alias> =>
  fc.record({ name: fc.constant(name), deprecated: dateOrNone, sunset: fc.constant(null) });
const aliases = (name: string) => someOf([`old-${name}`, `older-${name}`].map(alias));

/** Some of some things, in any order. */
function someOf<T>(things: readonly fc.Arbitrary<T>[], minLength = 0): fc.Arbitrary<T[]> {
  return fc
    .shuffledSubarray([...things.keys()], { minLength })
    .chain((chosen) => fc.tuple(...chosen.map((i) => things[i]!)));
}

const address = (host: string, block: (typeof CIDRS)[number]): fc.Arbitrary<HeldAddress> =>
  fc
    .record({
      status: fc.constantFrom('current', 'announced', 'retiring', 'retired'),
      source: fc.constantFrom('published', 'dns'),
      firstSeenAt: date,
      effectiveFrom: dateOrNone,
      announcedRemovalAt: dateOrNone,
      removedAt: dateOrNone,
      retireAt: dateOrNone,
    })
    .map((life) => held(host, block, life));

const endpoint = (name: string, hosts: readonly string[]): fc.Arbitrary<CatalogEndpoint> =>
  fc
    .record({
      title: words,
      hosts: fc.shuffledSubarray([...hosts]),
      companions: fc.array(
        fc.record({
          hosts: fc.shuffledSubarray([...hosts, 'cdn.example'], { minLength: 1 }),
          document: wordsOrNone,
          why: words,
        }),
        { maxLength: 2 },
      ),
      published: fc.boolean(),
      operator: wordsOrNone,
      fill: wordsOrNone,
      document: wordsOrNone,
      aliases: aliases(name),
      dated: fc.option(
        someOf(
          hosts.map((host) => dated.map((dates) => ({ host, ...dates }))),
          1,
        ),
        { nil: undefined, freq: 2 },
      ),
    })
    .map(({ dated, ...rest }) => ({
      name,
      kind: 'service',
      ...rest,
      // A host that is only announced is not among those in effect.
      hosts: rest.hosts.filter((host) => !dated?.some((one) => one.host === host && one.from !== null)),
      ...(dated === undefined ? {} : { dated }),
    }));

const port: fc.Arbitrary<PortRange> = fc.record({
  protocol: fc.constantFrom('tcp', 'udp'),
  from: fc.constant(443),
  to: fc.constantFrom(443, 445),
  basis: fc.constantFrom('stated', 'assumed'),
});

const need = fc.constantFrom(...NEEDS);

/** A row that covers some tasks; another of the same name may cover others. */
const row = (name: string, endpoint: string | null, tasks: readonly string[]): fc.Arbitrary<Row> =>
  fc
    .record({
      tasks: fc.shuffledSubarray([...tasks], { minLength: 1 }),
      need: someOf(
        MODES.map((mode) => need.map((need) => ({ mode, need }))),
        1,
      ),
      direction: fc.constantFrom(...DIRECTIONS),
      initiator: fc.constantFrom(...INITIATORS),
      zone: fc.constantFrom('internet', 'inside'),
      ports: fc.array(port, { maxLength: 3 }),
      description: words,
      document: fc.option(fc.constantFrom('manual', 'page')),
      section: wordsOrNone,
      dated: fc.option(dated, { nil: undefined, freq: 2 }),
    })
    .map(({ dated, ...rest }) => ({
      name,
      endpoint,
      ifBlocked: null,
      data: null,
      topology: null,
      ...rest,
      ...(dated === undefined ? {} : { dated }),
    }));

const named = (names: readonly string[]) => names.map((name) => fc.record({ name: fc.constant(name), title: words }));

const catalogShape = fc.record({
  title: words,
  aliases: aliases('acme'),
  upstream: fc.option(fc.constant({ url: null, seed: null, limits: DEFAULT_LIMITS })),
  documents: someOf(
    named(['manual', 'page']).map((one) =>
      one.map((rest) => ({ ...rest, title: 'The title', url: null, published: null, modified: null })),
    ),
  ),
  notes: fc.array(fc.record({ document: words, section: wordsOrNone, text: words }), { maxLength: 3 }),
  promises: fc.array(
    fc.record({
      text: words,
      never: fc.record({
        task: fc.option(fc.shuffledSubarray(TASKS)),
        mode: fc.constant(null),
        need: fc.constant(null),
        zone: fc.constant(null),
        direction: fc.constant(null),
      }),
    }),
    { maxLength: 2 },
  ),
  modes: fc
    .shuffledSubarray(MODES, { minLength: 2 })
    .chain((names) =>
      fc.tuple(...named(names).map((one) => one.map((rest) => ({ ...rest, description: null, aliases: [] })))),
    ),
  tasks: fc.shuffledSubarray(TASKS, { minLength: 3 }).chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({
          name: fc.constant(name),
          title: words,
          description: fc.constant(null),
          document: fc.option(fc.constantFrom('manual', 'page')),
          section: wordsOrNone,
          aliases: aliases(name),
        }),
      ),
    ),
  ),
  zones: someOf(
    named(['internet', 'inside']).map((one) =>
      one.map((rest) => ({ ...rest, description: null, external: true, aliases: [] })),
    ),
  ),
  endpoints: fc
    .tuple(endpoint('first', ['a.example', 'b.example']), endpoint('second', ['b.example', 'c.example']))
    .chain((both) => fc.shuffledSubarray(both, { minLength: 2 })),
  spare: fc.option(endpoint('spare', ['d.example'])),
  rows: someOf([
    row('first', 'first', ['install']),
    row('first', 'first', ['upgrade', 'run']),
    row('second', 'second', TASKS),
    row('console', null, ['install', 'run']),
    row('console', null, ['upgrade']),
  ]),
  announcements: fc.option(
    someOf(
      ['move', 'close-down'].map((name) =>
        fc.record({
          name: fc.constant(name),
          title: words,
          announced: date,
          by: fc.constant(null),
          url: fc.constant(null),
        }),
      ),
      1,
    ),
    { nil: undefined },
  ),
});

export const anyCatalog: fc.Arbitrary<Catalog> = catalogShape.map(({ spare, announcements, endpoints, ...rest }) => ({
  product: 'acme',
  ...rest,
  endpoints: spare === null ? endpoints : [...endpoints, spare],
  ...(announcements === undefined ? {} : { announcements }),
}));

/** Contents small enough that two of them have much in common. */
export const anyContent: fc.Arbitrary<Content> = fc
  .record({
    catalog: anyCatalog,
    listedHosts: fc.shuffledSubarray(HOSTS),
    addresses: someOf(HOSTS.flatMap((host) => CIDRS.map((block) => address(host, block)))),
  })
  .map((content) => ({ ...content, addresses: byHost(content.addresses) }));

/** A content and one that differs from it in a few members only. */
export const twoContents: fc.Arbitrary<readonly [Content, Content]> = fc
  .tuple(anyContent, anyContent, fc.shuffledSubarray(['addresses', 'listedHosts', 'catalog'] as const))
  .chain(([a, b, parts]) => {
    const members = Object.keys(b.catalog) as (keyof Catalog)[];
    return fc.shuffledSubarray(members, { maxLength: 2 }).map((changed) => {
      const catalog = Object.fromEntries(
        Object.entries(a.catalog).map(([name, value]) => {
          const member = name as keyof Catalog;
          return [member, changed.includes(member) ? (b.catalog[member] ?? value) : value];
        }),
      );
      const near: Content = { ...a, catalog: catalog as unknown as Catalog };
      const other = Object.fromEntries(parts.map((part) => [part, b[part]]));
      return [a, parts.length === 3 ? b : { ...near, ...other }] as const;
    });
  });

/** The same content with every list whose order says nothing in another order. */
export function reordered(content: Content): fc.Arbitrary<Content> {
  const shuffle = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  const { catalog } = content;
  return fc
    .tuple(
      fc.record({ listedHosts: shuffle(content.listedHosts), addresses: shuffle(content.addresses) }),
      fc.record({
        aliases: shuffle(catalog.aliases),
        documents: shuffle(catalog.documents),
        notes: shuffle(catalog.notes),
        promises: shuffle(catalog.promises),
        zones: shuffle(catalog.zones),
        endpoints: shuffle(
          catalog.endpoints.map((one) => ({
            ...one,
            hosts: one.hosts.toReversed(),
            companions: one.companions.map((group) => ({ ...group, hosts: group.hosts.toReversed() })).reverse(),
          })),
        ),
        rows: fc.constant(
          catalog.rows.map((one) => ({
            ...one,
            tasks: one.tasks.toReversed(),
            need: one.need.toReversed(),
            ports: one.ports.toReversed(),
          })),
        ),
      }),
    )
    .map(([lists, members]) => ({ ...lists, catalog: { ...catalog, ...members } }));
}
