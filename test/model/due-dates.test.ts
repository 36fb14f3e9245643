import { describe, expect, it } from 'vitest';
import { catalogAt } from '../../src/model/catalog-at.js';
import { dueAt, nextDue } from '../../src/model/due.js';
import type { Content } from '../../src/model/revision.js';
import { addresses, catalog, held, listedHosts } from './fixture.js';

const BEGINS = '2026-03-01T00:00:00Z';
const RETIRES = '2026-02-01T00:00:00Z';

const rows = catalog.rows.with(1, {
  ...catalog.rows[1]!,
  dated: { from: BEGINS, until: null, announcement: null },
});
const content: Content = {
  catalog: { ...catalog, rows },
  listedHosts,
  addresses: [held('api.example.com', '20.0.0.1'), held('api.example.com', '20.0.0.2', { retireAt: RETIRES })],
};

describe("what is due of the vendor's dates and of retirements", () => {
  it('is due one after the other, the earlier first', () => {
    expect(nextDue(content)).toBe(RETIRES);
    const retired = dueAt(content, new Date(RETIRES))!;
    expect(retired).toEqual({ ...content, addresses: [content.addresses[0]] });
    expect(nextDue(retired)).toBe(BEGINS);
    expect(dueAt(retired, new Date(BEGINS))).toEqual({ ...retired, catalog });
  });

  it('comes at once where both have come', () => {
    const after = dueAt(content, new Date(BEGINS))!;
    expect(after).toEqual({ catalog, listedHosts, addresses: [content.addresses[0]] });
    expect(nextDue(after)).toBeNull();
    expect(dueAt(after, new Date('2030-01-01'))).toBeUndefined();
  });

  it('is nothing before a date', () => {
    const quiet = {
      catalog: content.catalog,
      listedHosts,
      addresses: addresses.filter(({ retireAt }) => retireAt === null),
    };
    expect(dueAt(quiet, new Date(Date.parse(BEGINS) - 1))).toBeUndefined();
    expect(catalogAt(quiet.catalog, new Date(BEGINS))).toEqual(catalog);
  });
});
