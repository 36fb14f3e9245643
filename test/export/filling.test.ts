import { describe, expect, it } from 'vitest';
import { parseFillings } from '../../src/export/filling.js';
import { FIXTURES } from './fixtures.js';

const { catalog } = FIXTURES.find(({ name }) => name === 'mixed')!.snapshot;

describe('what only the customer knows', () => {
  it('is read in the order of the catalog, each once', () => {
    const { fillings, faults } = parseFillings(
      [
        'admin-network:10.2.0.0/16',
        'third-party:registry.example.io',
        'admin-network:10.1.0.0/16',
        'third-party:*.example.io',
        'admin-network:10.2.0.0/16',
        'third-party:8.8.8.8',
        'admin-network:FD00:1:0::/48',
      ],
      catalog,
    );
    expect(faults).toEqual([]);
    expect(fillings).toEqual([
      { of: 'third-party', values: ['*.example.io', '8.8.8.8/32', 'registry.example.io'] },
      { of: 'admin-network', values: ['10.1.0.0/16', '10.2.0.0/16', 'fd00:1::/48'] },
    ]);
  });

  it.each([
    'admin-network:10.0.0.0/8',
    'admin-network:192.168.1.1',
    'admin-network:fc00::/16',
    'cluster-network:169.253.0.0/16',
  ])('may be %s', (text) => {
    expect(parseFillings([text], catalog).faults).toEqual([]);
  });

  it.each([
    ['admin-network', 'malformed-value'],
    ['admin-network:', 'malformed-value'],
    ['admin-network:0.0.0.0/0', 'malformed-value'],
    ['admin-network:8.0.0.0/7', 'malformed-value'],
    ['admin-network:2000::/15', 'malformed-value'],
    ['admin-network:10.0.0.1/8', 'malformed-value'],
    ['admin-network:010.0.0.1', 'malformed-value'],
    ['admin-network:127.0.0.1', 'malformed-value'],
    ['admin-network:0.1.0.0/16', 'malformed-value'],
    ['admin-network:169.254.1.0/24', 'malformed-value'],
    ['admin-network:224.0.0.1', 'malformed-value'],
    ['admin-network:255.255.255.255', 'malformed-value'],
    ['admin-network:::1', 'malformed-value'],
    ['admin-network:::', 'malformed-value'],
    ['admin-network:fe80::1', 'malformed-value'],
    ['admin-network:ff02::1', 'malformed-value'],
    ['admin-network:a.example.com', 'malformed-value'],
    ['third-party:A.example.com', 'malformed-value'],
    ['third-party:*', 'malformed-value'],
    ['third-party:a b', 'malformed-value'],
    ['internet:10.0.0.0/8', 'unknown-value'],
    ['api.example.com:10.0.0.0/8', 'unknown-value'],
    ['', 'empty-value'],
  ])('is not %j', (text, code) => {
    const { fillings, faults } = parseFillings([text], catalog);
    expect(fillings).toEqual([]);
    expect(faults.map((fault) => [fault.code, fault.parameter])).toEqual([[code, 'fill']]);
  });
});
