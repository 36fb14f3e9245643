import { describe, expect, it } from 'vitest';
import type { Catalog, Dated } from '../../src/model/catalog.js';
import { parseSelection, type SelectionInput } from '../../src/model/selection.js';
import { upcomingOf, type Upcoming } from '../../src/model/upcoming.js';
import { catalog, held, snapshotOf } from './fixture.js';

const day = (n: number) => `2027-03-${String(n).padStart(2, '0')}T00:00:00Z`;
const dates = (from: number | null, until: number | null = null, announcement: string | null = null): Dated => ({
  from: from === null ? null : day(from),
  until: until === null ? null : day(until),
  announcement,
});
const MOVE = { name: 'move', title: 'Images move', announced: day(1), by: null, url: null };

function dated(rows: Readonly<Record<string, Dated>>, hosts: Readonly<Record<string, Dated>> = {}): Catalog {
  return {
    ...catalog,
    announcements: [MOVE],
    rows: catalog.rows.map((row) => (rows[row.name] === undefined ? row : { ...row, dated: rows[row.name]! })),
    endpoints: catalog.endpoints.map((endpoint) => {
      if (endpoint.name !== 'hub' || Object.keys(hosts).length === 0) return endpoint;
      const all = Object.entries(hosts).map(([host, own]) => ({ host, ...own }));
      return { ...endpoint, dated: all, hosts: all.filter(({ from }) => from === null).map(({ host }) => host) };
    }),
  };
}

/** What is to come of a selection, each in a line. */
function told(content: Parameters<typeof snapshotOf>[0], input: SelectionInput = {}): string[] {
  const snapshot = snapshotOf({ addresses: [], ...content });
  const { selection, faults } = parseSelection(input, snapshot.catalog, null);
  expect(faults).toEqual([]);
  return upcomingOf(snapshot, selection).map(line);
}

function line({ date, event, requirement, host, address, actsByItself, announcement, action }: Upcoming): string {
  const what = requirement ?? [host, address].filter((part) => part !== null).join(' ');
  const by = announcement === null ? '' : `, ${announcement.name}`;
  const self = actsByItself ? '' : ', not by itself';
  return `${date?.slice(0, 10) ?? 'some day'} ${event} ${what}: ${action.byName}/${action.byAddress}${by}${self}`;
}

describe('what is to come', () => {
  it('is nothing where nothing is said', () => {
    expect(told({})).toEqual([]);
  });

  it('is a row, in each task and mode, with what its need asks for', () => {
    expect(told({ catalog: dated({ 'get.example.com': dates(5, 9, 'move') }) })).toEqual([
      '2027-03-05 opening acme/install/online/get.example.com: open/none, move',
      '2027-03-05 opening acme/install/airgap/get.example.com: none/none, move',
      '2027-03-09 closing acme/install/online/get.example.com: close/none, move',
      '2027-03-09 closing acme/install/airgap/get.example.com: none/none, move',
    ]);
  });

  it('is a host that comes to what is needed, or leaves it', () => {
    const hosts = { 'new.hub': dates(5), 'kept.hub': dates(null), 'old.hub': dates(null, 9, 'move') };
    expect(told({ catalog: dated({}, hosts) })).toEqual([
      '2027-03-05 opening new.hub: open/none',
      '2027-03-09 closing old.hub: close/none, move',
    ]);
  });

  it('is a host with its addresses, where it has some that no other needs', () => {
    const addresses = [
      held('new.hub', '20.0.0.1'),
      held('old.hub', '20.0.0.2'),
      held('shared.hub', '20.0.0.3'),
      held('api.example.com', '20.0.0.3'),
    ];
    const hosts = { 'new.hub': dates(5), 'old.hub': dates(null, 9), 'shared.hub': dates(null, 9) };
    expect(told({ catalog: dated({}, hosts), addresses })).toEqual([
      '2027-03-05 opening new.hub: open/open',
      '2027-03-09 closing old.hub: close/close',
      '2027-03-09 closing shared.hub: close/none',
    ]);
  });

  it('is not a host that comes or goes with its requirement, which says so itself', () => {
    const hosts = { 'new.hub': dates(5), 'old.hub': dates(null, 9), 'late.hub': dates(7) };
    expect(told({ catalog: dated({ hub: dates(5, 9) }, hosts) }, { mode: ['online'] })).toEqual([
      '2027-03-05 opening acme/upgrade/online/hub: open/none',
      '2027-03-07 opening late.hub: open/none',
      '2027-03-09 closing acme/upgrade/online/hub: close/none',
    ]);
  });

  it("is what the published list says of addresses, which does not act by itself, and the end of an address's grace, which does", () => {
    const addresses = [
      held('api.example.com', '20.0.0.1', { announcedRemovalAt: day(8) }),
      held('api.example.com', '20.0.0.2', { status: 'announced', effectiveFrom: '2020-01-01T00:00:00Z' }),
      held('api.example.com', '2600::1', { status: 'announced' }),
      held('get.example.com', '20.0.0.4', { status: 'retiring', retireAt: day(6) }),
      held('general', '20.0.8.0/24', { status: 'announced', effectiveFrom: day(7) }),
      held('other.example.com', '20.0.0.9', { status: 'announced', effectiveFrom: day(7) }),
    ];
    expect(told({ addresses })).toEqual([
      '2020-01-01 opening api.example.com 20.0.0.2/32: none/none, not by itself',
      '2027-03-06 retirement get.example.com 20.0.0.4/32: none/close',
      '2027-03-07 opening general 20.0.8.0/24: none/none, not by itself',
      '2027-03-08 closing api.example.com 20.0.0.1/32: none/none, not by itself',
      'some day opening api.example.com 2600::1/128: none/none, not by itself',
    ]);
    expect(told({ addresses }, { family: ['ipv6'] })).toEqual([
      'some day opening api.example.com 2600::1/128: none/none, not by itself',
    ]);
    expect(told({ addresses }, { status: ['current'] })).toHaveLength(5);
    expect(told({ addresses }, { host: ['get.example.com'] })).toEqual([
      '2027-03-06 retirement get.example.com 20.0.0.4/32: none/close',
      '2027-03-07 opening general 20.0.8.0/24: none/none, not by itself',
    ]);
  });

  it('is the end of its grace also of an address that the list still has for later', () => {
    const life = { status: 'retiring', retireAt: day(6), effectiveFrom: day(9) } as const;
    expect(told({ addresses: [held('get.example.com', '20.0.0.4', life)] })).toEqual([
      '2027-03-06 retirement get.example.com 20.0.0.4/32: none/close',
    ]);
  });

  it('is by date; at one date, requirements before hosts before addresses', () => {
    const addresses = [held('api.example.com', '20.0.0.4', { status: 'retiring', retireAt: day(5) })];
    const all = dated(
      { 'api.example.com': dates(5), console: dates(null, 4) },
      { 'new.hub': dates(5), 'a.hub': dates(null) },
    );
    expect(told({ catalog: all, addresses }, { task: ['upgrade'], mode: ['online'] })).toEqual([
      '2027-03-04 closing acme/upgrade/online/console: close/close',
      '2027-03-05 opening acme/upgrade/online/api.example.com: open/none',
      '2027-03-05 opening new.hub: open/none',
      '2027-03-05 retirement api.example.com 20.0.0.4/32: none/close',
    ]);
  });

  it('can be asked for by the name of a host that is not there yet', () => {
    const hosts = { 'new.hub': dates(5), 'a.hub': dates(null) };
    expect(told({ catalog: dated({ 'api.example.com': dates(4) }, hosts) }, { host: ['new.hub'] })).toEqual([
      '2027-03-05 opening new.hub: open/none',
    ]);
  });
});
