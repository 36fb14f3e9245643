import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import { sha256 } from '../../src/model/canonical.js';
import type { Catalog } from '../../src/model/catalog.js';
import { differs, digestOf, publicationInstant, type Content } from '../../src/model/revision.js';
import { addresses, catalog, held, listedHosts, revision, shippedContent } from './fixture.js';

const content: Content = { catalog, listedHosts, addresses };
const shipped = await shippedContent();

const withCatalog = (change: Partial<Catalog>): Content => ({ ...content, catalog: { ...catalog, ...change } });
const withFirst = (change: Partial<HeldAddress>): Content => ({
  ...content,
  addresses: addresses.with(0, { ...addresses[0]!, ...change }),
});
const [api, get, registry, hub] = catalog.endpoints;
const [console_, ...rows] = catalog.rows;

describe('the digest of a content', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(digestOf(content)).toMatch(/^sha256-[0-9a-f]{64}$/);
  });

  it('is the hash of the form that is published', () => {
    const bare: Catalog = {
      product: 'p',
      title: 'P',
      aliases: [],
      upstream: null,
      documents: [],
      notes: [],
      promises: [],
      modes: [],
      tasks: [],
      zones: [],
      endpoints: [],
      rows: [],
    };
    const text =
      '{"addresses":[["a.example","20.0.0.1/32","current","published",null]],' +
      '"catalog":{"aliases":[],"documents":[],"endpoints":[],"modes":[],"notes":[],"product":"p","promises":[],' +
      '"rows":[],"tasks":[],"title":"P","upstream":null,"zones":[]},"form":1,"product":"p"}';
    expect(digestOf({ catalog: bare, listedHosts: [], addresses: [held('a.example', '20.0.0.1')] })).toBe(
      `sha256-${sha256(text)}`,
    );
  });

  it('is equal for equal content that was built anew', () => {
    expect(digestOf(structuredClone(content))).toBe(digestOf(content));
  });

  it('comes back when a content comes back', () => {
    const a = digestOf(content);
    const b = digestOf({ ...content, addresses: addresses.slice(1) });
    const again = digestOf({ ...content, addresses: [...addresses.slice(1), addresses[0]!] });
    expect(b).not.toBe(a);
    expect(again).toBe(a);
  });

  it.each<[string, Content]>([
    ['tasks', withCatalog({ tasks: catalog.tasks.toReversed() })],
    ['modes', withCatalog({ modes: catalog.modes.toReversed() })],
    ['rows', withCatalog({ rows: [...rows, console_!] })],
  ])('is another when the order of %s changes', (_, changed) => {
    expect(digestOf(changed)).not.toBe(digestOf(content));
    expect(differs(changed, content)).toBe(true);
  });

  it.each<[string, Content]>([
    ['endpoints', withCatalog({ endpoints: catalog.endpoints.toReversed() })],
    ['zones', withCatalog({ zones: catalog.zones.toReversed() })],
    ['documents', withCatalog({ documents: catalog.documents.toReversed() })],
    ['notes', withCatalog({ notes: catalog.notes.toReversed() })],
    ['addresses', { ...content, addresses: addresses.toReversed() }],
    ['listed hosts', { ...content, listedHosts: listedHosts.toReversed() }],
    [
      "a service's hosts",
      withCatalog({ endpoints: catalog.endpoints.with(3, { ...hub!, hosts: hub!.hosts.toReversed() }) }),
    ],
    [
      "a companion's hosts",
      withCatalog({
        endpoints: catalog.endpoints.with(2, {
          ...registry!,
          companions: registry!.companions.map((one) => ({ ...one, hosts: one.hosts.toReversed() })),
        }),
      }),
    ],
    [
      "a row's tasks, needs and ports",
      withCatalog({
        rows: catalog.rows.map((row) => ({
          ...row,
          tasks: row.tasks.toReversed(),
          need: row.need.toReversed(),
          ports: row.ports.toReversed(),
        })),
      }),
    ],
  ])('is the same when the order of %s changes', (_, changed) => {
    expect(digestOf(changed)).toBe(digestOf(content));
    expect(differs(changed, content)).toBe(false);
  });

  it('is the same when the order of old names changes', () => {
    const [a, b] = [
      { name: 'old-a', deprecated: null, sunset: null },
      { name: 'old-b', deprecated: null, sunset: null },
    ];
    const withAliases = (aliases: Catalog['aliases']) =>
      digestOf(
        withCatalog({
          aliases,
          endpoints: [{ ...get!, aliases }],
          tasks: catalog.tasks.map((task) => ({ ...task, aliases })),
        }),
      );
    expect(withAliases([a, b])).toBe(withAliases([b, a]));
    expect(withAliases([a])).not.toBe(withAliases([a, b]));
  });

  it.each<[string, Content]>([
    ['the first sight of an address', withFirst({ firstSeenAt: '2001-01-01T00:00:00Z' })],
    ['its removal', withFirst({ removedAt: '2001-01-01T00:00:00Z' })],
    ['its retirement', withFirst({ retireAt: '2001-01-01T00:00:00Z' })],
  ])('does not know the time of %s', (_, changed) => {
    expect(digestOf(changed)).toBe(digestOf(content));
    expect(differs(changed, content)).toBe(false);
  });

  it.each<[string, Content]>([
    ["an address's host", withFirst({ host: 'get.example.com' })],
    ['an address', withFirst({ cidr: addresses[8]!.cidr })],
    ["an address's status", withFirst({ status: 'retiring' })],
    ["an address's source", withFirst({ source: 'dns' })],
    ['when an address is to come into use', withFirst({ effectiveFrom: '2027-01-01T00:00:00Z' })],
    ['an address that goes', { ...content, addresses: addresses.slice(1) }],
    ['the product', withCatalog({ product: 'other' })],
    ['the title', withCatalog({ title: 'Other' })],
    ['an endpoint', withCatalog({ endpoints: catalog.endpoints.with(0, { ...api!, operator: 'Someone' }) })],
    ['a row', withCatalog({ rows: [{ ...console_!, description: 'Other words.' }, ...rows] })],
    ['a port', withCatalog({ rows: [{ ...console_!, ports: [] }, ...rows] })],
    ['a note', withCatalog({ notes: catalog.notes.slice(1) })],
    ['a promise', withCatalog({ promises: [] })],
  ])('is another when %s changes', (_, changed) => {
    expect(digestOf(changed)).not.toBe(digestOf(content));
    expect(differs(changed, content)).toBe(true);
  });

  it('does not depend on the order in which a list was written', () => {
    const shuffle = fc.shuffledSubarray([...shipped.addresses], { minLength: shipped.addresses.length });
    fc.assert(
      fc.property(shuffle, (other) => {
        expect(digestOf({ ...shipped, addresses: other })).toBe(digestOf(shipped));
      }),
      { numRuns: 20 },
    );
  });
});

describe('two contents', () => {
  it('do not differ from themselves', () => {
    expect(differs(content, structuredClone(content))).toBe(false);
  });

  it('differ in a host without addresses, though their digests are equal', () => {
    const other = { ...content, listedHosts: [...listedHosts, 'new.example.com'] };
    expect(digestOf(other)).toBe(digestOf(content));
    expect(differs(content, other)).toBe(true);
  });

  it('differ in an announced removal, though their digests are equal', () => {
    const other = withFirst({ announcedRemovalAt: '2027-01-01T00:00:00Z' });
    expect(digestOf(other)).toBe(digestOf(content));
    expect(differs(content, other)).toBe(true);
    expect(differs(other, withFirst({ announcedRemovalAt: '2028-01-01T00:00:00Z' }))).toBe(true);
  });
});

describe('announced removals', () => {
  it('are the same in any order', () => {
    const leaving = addresses.map((one, i) => ({ ...one, announcedRemovalAt: `2027-01-0${i + 1}T00:00:00Z` }));
    const contentOf = (addresses: readonly HeldAddress[]): Content => ({ ...content, addresses });
    expect(differs(contentOf(leaving), contentOf(leaving.toReversed()))).toBe(false);
  });
});

describe('the instant of a revision', () => {
  const now = new Date('2026-01-03T00:00:00.000Z');

  it('is now', () => {
    expect(publicationInstant(now, undefined)).toBe('2026-01-03T00:00:00.000Z');
    expect(publicationInstant(now, revision)).toBe('2026-01-03T00:00:00.000Z');
  });

  it.each([
    ['equal to the head', '2026-01-03T00:00:00.000Z', '2026-01-03T00:00:00.001Z'],
    ['behind the head', '2030-01-01T00:00:00.000Z', '2030-01-01T00:00:00.001Z'],
    ['a millisecond after the head', '2026-01-02T23:59:59.999Z', '2026-01-03T00:00:00.000Z'],
  ])('is after the head, though the clock is %s', (_, publishedAt, expected) => {
    expect(publicationInstant(now, { ...revision, publishedAt })).toBe(expected);
  });
});
