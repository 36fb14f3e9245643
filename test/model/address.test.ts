import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressList, inAddressOrder, type ListedAddress } from '../../src/model/address.js';
import { cidr, held, listed } from './fixture.js';

const JUNE = '2026-06-01T00:00:00Z';
const JULY = '2026-07-01T00:00:00Z';

const dated = (effectiveFrom: string | null, announcedRemovalAt: string | null = null): ListedAddress =>
  listed('a.example', '20.0.0.1', { status: 'announced', effectiveFrom, announcedRemovalAt });
const current = (announcedRemovalAt: string | null = null): ListedAddress =>
  listed('a.example', '20.0.0.1', { announcedRemovalAt });

describe('rows of addresses', () => {
  it('stand by address, then by host', () => {
    const rows = [
      held('b.example', '2600::1'),
      held('b.example', '20.0.0.10'),
      held('b.example', '20.0.0.9'),
      held('a.example', '20.0.0.10'),
      held('c.example', '20.0.0.0/24'),
    ];
    expect(inAddressOrder(rows).map(({ cidr, host }) => `${cidr} ${host}`)).toEqual([
      '20.0.0.0/24 c.example',
      '20.0.0.9/32 b.example',
      '20.0.0.10/32 a.example',
      '20.0.0.10/32 b.example',
      '2600::1/128 b.example',
    ]);
  });

  it('are not changed in place', () => {
    const rows = [held('a.example', '20.0.0.2'), held('a.example', '20.0.0.1')];
    inAddressOrder(rows);
    expect(rows.map(({ cidr }) => cidr)).toEqual(['20.0.0.2/32', '20.0.0.1/32']);
  });
});

describe('a list', () => {
  it('has its hosts by name, each once, also those without addresses', () => {
    const { hosts } = addressList(['b.example', 'a.example', 'b.example', 'empty.example'], []);
    expect(hosts).toEqual(['a.example', 'b.example', 'empty.example']);
  });

  it('has its addresses by host, then in address order', () => {
    const { addresses } = addressList(
      [],
      [
        listed('b.example', '20.0.0.1'),
        listed('a.example', '2600::1'),
        listed('a.example', '20.0.0.10'),
        listed('a.example', '20.0.0.9'),
      ],
    );
    expect(addresses.map(({ host, cidr }) => `${host} ${cidr}`)).toEqual([
      'a.example 20.0.0.9/32',
      'a.example 20.0.0.10/32',
      'a.example 2600::1/128',
      'b.example 20.0.0.1/32',
    ]);
  });

  it('keeps one address of two hosts for each', () => {
    const { addresses } = addressList([], [listed('a.example', '20.0.0.1'), listed('b.example', '20.0.0.1')]);
    expect(addresses.map(({ host }) => host)).toEqual(['a.example', 'b.example']);
  });

  it.each([
    ['current beats announced', [current(), dated(JUNE)], current()],
    ['current beats an unknown date', [current(), dated(null)], current()],
    ['the same address twice is one', [current(), current()], current()],
    ['an earlier date beats a later', [dated(JUNE), dated(JULY)], dated(JUNE)],
    ['a date beats none', [dated(JULY), dated(null)], dated(JULY)],
    ['a removal date is kept, though only one entry has it', [current(JULY), current()], current(JULY)],
    ['a removal date is kept, though a less certain entry has it', [current(), dated(JUNE, JULY)], current(JULY)],
    ['the removal date of the more certain entry is kept', [current(JUNE), dated(JUNE, JULY)], current(JUNE)],
  ])('that has an address twice keeps one: %s', (_, entries, kept) => {
    expect(addressList([], entries).addresses).toEqual([kept]);
    expect(addressList([], entries.toReversed()).addresses).toEqual([kept]);
  });

  it('does not depend on the order of its lines', () => {
    // As parsing makes them: an address of a host has at most one date of removal.
    const line = fc
      .record({
        host: fc.constantFrom('a.example', 'b.example', 'general'),
        cidr: fc.constantFrom('20.0.0.1/32', '20.0.0.0/24', '2600::1/128', '2600::2/128').map(cidr),
        at: fc.constantFrom('current', null, JUNE, JULY),
      })
      .map(({ host, cidr, at }): ListedAddress => ({
        host,
        cidr,
        status: at === 'current' ? 'current' : 'announced',
        effectiveFrom: at === 'current' ? null : at,
        announcedRemovalAt: cidr.startsWith('2600::1') ? JULY : null,
      }));
    const lines = fc
      .array(line, { maxLength: 20 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(lines, ([all, shuffled]) => {
        const hosts = all.map(({ host }) => host);
        const others = shuffled.map(({ host }) => host);
        expect(addressList(others, shuffled)).toEqual(addressList(hosts, all));
      }),
    );
  });
});
