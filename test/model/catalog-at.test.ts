import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog, Dated } from '../../src/model/catalog.js';
import { catalogAt, nextCatalogDate } from '../../src/model/catalog-at.js';
import { requirementsOf } from '../../src/model/requirement.js';
import { digestOf } from '../../src/model/revision.js';
import { addresses, catalog, listedHosts } from './fixture.js';

const day = (n: number) => `2027-03-${String(n).padStart(2, '0')}T00:00:00Z`;
const on = (n: number) => new Date(day(n));
const dates = (from: number | null, until: number | null = null): Dated => ({
  from: from === null ? null : day(from),
  until: until === null ? null : day(until),
  announcement: null,
});

/** The catalog of the tests with dates on its rows, by place, and on the hosts of its service. */
function dated(rows: Readonly<Record<number, Dated>>, hosts: Readonly<Record<string, Dated>> = {}): Catalog {
  return {
    ...catalog,
    rows: catalog.rows.map((row, i) => (rows[i] === undefined ? row : { ...row, dated: rows[i] })),
    endpoints: catalog.endpoints.map((endpoint) => {
      if (endpoint.name !== 'hub' || Object.keys(hosts).length === 0) return endpoint;
      const all = Object.entries(hosts).map(([host, own]) => ({ host, ...own }));
      return { ...endpoint, dated: all, hosts: all.filter(({ from }) => from === null).map(({ host }) => host) };
    }),
  };
}

const rowNames = ({ rows }: Catalog) => rows.map(({ name }) => name);
const hubOf = ({ endpoints }: Catalog) => endpoints.find(({ name }) => name === 'hub')!;

describe('a catalog at a time', () => {
  it('without dates is itself', () => {
    expect(catalogAt(catalog, on(1))).toBe(catalog);
    expect(nextCatalogDate(catalog)).toBeNull();
  });

  it('is itself until its first date', () => {
    const announced = dated({ 1: dates(5), 2: dates(null, 9) });
    expect(nextCatalogDate(announced)).toBe(day(5));
    expect(catalogAt(announced, on(4))).toBe(announced);
  });

  it('requires from its date on what was only announced, as if there had been no date', () => {
    const announced = dated({ 1: dates(5) });
    expect(requirementsOf(announced).map(({ endpoint }) => endpoint.name)).not.toContain('api.example.com');
    expect(catalogAt(announced, on(5))).toEqual(catalog);
    expect(digestOf({ catalog: catalogAt(announced, on(5)), listedHosts, addresses })).toBe(
      digestOf({ catalog, listedHosts, addresses }),
    );
  });

  it('has no row that has ended, nor the endpoint whose last row that was', () => {
    const ended = catalogAt(dated({ 2: dates(null, 5) }), on(5));
    expect(rowNames(ended)).toEqual(rowNames(catalog).filter((name) => name !== 'get.example.com'));
    expect(ended.endpoints.map(({ name }) => name)).not.toContain('get.example.com');
  });

  it('keeps an endpoint that another row needs, if only later', () => {
    const twice = { ...catalog, rows: [...catalog.rows, { ...catalog.rows[2]!, name: 'again', dated: dates(20) }] };
    const ended = catalogAt(
      { ...twice, rows: twice.rows.with(2, { ...twice.rows[2]!, dated: dates(null, 5) }) },
      on(5),
    );
    expect(ended.endpoints).toEqual(catalog.endpoints);
    expect(nextCatalogDate(ended)).toBe(day(20));
  });

  it('keeps an endpoint that no row ever needed', () => {
    const unneeded = { ...catalog, rows: [{ ...catalog.rows[0]!, dated: dates(null, 5) }] };
    expect(catalogAt(unneeded, on(6)).endpoints).toEqual(catalog.endpoints);
  });

  it('keeps the end of what has begun, with its announcement', () => {
    const begun = catalogAt(dated({ 1: { ...dates(5, 9), announcement: 'move' } }), on(6));
    expect(begun.rows[1]!.dated).toEqual({ from: null, until: day(9), announcement: 'move' });
    expect(nextCatalogDate(begun)).toBe(day(9));
  });

  it('has hosts from their date on, in the order written, and until their end', () => {
    const service = dated(
      {},
      { 'a.hub': dates(7), 'b.hub': dates(null), 'c.hub': dates(5, 9), 'd.hub': dates(null, 8) },
    );
    const hostsOn = (n: number) => hubOf(catalogAt(service, on(n))).hosts;
    expect([4, 5, 7, 8, 9].map(hostsOn)).toEqual([
      ['b.hub', 'd.hub'],
      ['b.hub', 'c.hub', 'd.hub'],
      ['a.hub', 'b.hub', 'c.hub', 'd.hub'],
      ['a.hub', 'b.hub', 'c.hub'],
      ['a.hub', 'b.hub'],
    ]);
    expect(hubOf(catalogAt(service, on(9))).dated).toBeUndefined();
  });

  const someDates = fc
    .tuple(fc.option(fc.integer({ min: 1, max: 13 })), fc.option(fc.integer({ min: 14, max: 28 })))
    .map(([from, until]) => dates(from, until));
  const someCatalog = fc
    .record({
      rows: fc.dictionary(fc.constantFrom('0', '1', '2', '3', '4', '5', '6'), someDates),
      hosts: fc.dictionary(fc.constantFrom('a.hub', 'b.hub', 'c.hub', 'd.hub'), someDates),
    })
    .map(({ rows, hosts }) => dated(rows, hosts));

  it('comes to the same in steps as at once', () => {
    const twoDays = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(someCatalog, twoDays, (any, days) => {
        const [first, last] = days.toSorted((a, b) => a - b).map(on) as [Date, Date];
        expect(catalogAt(catalogAt(any, first), last)).toEqual(catalogAt(any, last));
      }),
    );
  });

  it('changes at its next date, and not before', () => {
    fc.assert(
      fc.property(someCatalog, fc.integer({ min: 1, max: 30 }), (any, n) => {
        const now = catalogAt(any, on(n));
        const next = nextCatalogDate(now);
        if (next === null) return;
        expect(Date.parse(next)).toBeGreaterThan(on(n).getTime());
        expect(catalogAt(now, new Date(Date.parse(next) - 1))).toBe(now);
        expect(catalogAt(now, new Date(next))).not.toEqual(now);
      }),
    );
  });
});
