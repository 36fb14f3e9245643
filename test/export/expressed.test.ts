import { describe, expect, it } from 'vitest';
import { express } from '../../src/export/expressed.js';
import { trafficKey, writtenName } from '../../src/export/rule.js';
import { EVERYTHING, type Supports } from '../../src/export/supports.js';
import { wantedOf, type Wishes } from '../../src/export/wanted.js';
import { parseFillings } from '../../src/export/filling.js';
import { parseSelection } from '../../src/model/selection.js';
import { select } from '../../src/model/select.js';
import { FIXTURES } from './fixtures.js';

const { snapshot } = FIXTURES.find(({ name }) => name === 'mixed')!;

/** What some names of the mixed fixture come to, as `traffic far side (labels)` and `item: reason`. */
function told(
  host: readonly string[],
  supports: Partial<Supports>,
  wishes: Partial<Wishes> = {},
  fill: readonly string[] = [],
  aggregated = false,
) {
  const { selection } = parseSelection({ host }, snapshot.catalog, ['required']);
  const { fillings } = parseFillings(fill, snapshot.catalog);
  const wanted = wantedOf(select(snapshot, selection), { fillings, exclude: [], ...wishes });
  const { rules, omitted } = express(wanted, { ...EVERYTHING, ...supports }, aggregated);
  return [
    ...rules.names.map((rule) => `${trafficKey(rule)} ${writtenName(rule)}`),
    ...rules.addresses.map((rule) => `${trafficKey(rule)} ${rule.cidr} (${rule.labels.join(', ')})`),
    ...omitted.map(({ item, reason }) => `${item}: ${reason}`),
  ];
}

const ADDRESSES: Partial<Supports> = { names: false, wildcards: 'none' };
const NAMES: Partial<Supports> = { families: [] };

describe('what a format can express', () => {
  it.each<[what: string, told: readonly string[], expected: readonly string[]]>([
    ['a name where names are known', told(['api.example.com'], {}), ['outbound tcp 443-443 api.example.com']],
    [
      'its addresses where they are not, and the ranges that may serve any host',
      told(['api.example.com'], ADDRESSES),
      [
        'outbound tcp 443-443 20.0.0.10/32 (api.example.com)',
        'outbound tcp 443-443 20.0.1.0/24 (api.example.com)',
        'outbound tcp 443-443 20.0.9.0/24 (api.example.com)',
        'outbound tcp 443-443 2600:db8:10::1/128 (api.example.com)',
      ],
    ],
    [
      'one family of them',
      told(['time.example.com'], { ...ADDRESSES, families: ['ipv6'] }),
      ['outbound udp 123-123 2600:db8:20::/64 (time.example.com)', '20.0.2.0/25: family', '20.0.9.0/24: family'],
    ],
    [
      'no address where none is known',
      told(['one.example.edu'], ADDRESSES),
      ['one.example.edu: no-address', 'two.example.edu: no-address'],
    ],
    [
      'no protocol but those of the format',
      told(['time.example.com'], { protocols: ['tcp'] }),
      ['time.example.com: protocol'],
    ],
    ['a wildcard', told(['*.cdn.example.net'], {}), ['outbound tcp 443-443 *.cdn.example.net']],
    [
      'no wildcard where there are none',
      told(['*.cdn.example.net'], { wildcards: 'none' }),
      ['*.cdn.example.net: wildcard'],
    ],
    [
      'a narrower wildcard, which is told as well',
      told(['*.cdn.example.net'], { wildcards: 'one-label' }),
      ['outbound tcp 443-443 *.cdn.example.net', '*.cdn.example.net: wildcard'],
    ],
    [
      'what is asked to be left out is told',
      told(['images.example.org'], {}, { exclude: ['companion'] }),
      ['outbound tcp 443-443 images.example.org', '*.layers.example.org: excluded', 'layers.example.org: excluded'],
    ],
    [
      'wildcards alone',
      told(['images.example.org', '*.cdn.example.net'], {}, { exclude: ['wildcard'] }),
      [
        'outbound tcp 443-443 images.example.org',
        'outbound tcp 443-443 layers.example.org',
        '*.cdn.example.net: excluded',
        '*.layers.example.org: excluded',
      ],
    ],
    [
      'what nobody said',
      told(['third-party', 'admin-network'], {}),
      ['admin-network: zone', 'third-party: placeholder'],
    ],
    [
      'what the customer said',
      told(['third-party'], {}, {}, [
        'third-party:r.example.io',
        'third-party:*.example.io',
        'third-party:30.0.0.0/24',
      ]),
      [
        'outbound tcp 5000-5000 *.example.io',
        'outbound tcp 5000-5000 r.example.io',
        'outbound tcp 5000-5000 30.0.0.0/24 (third-party)',
      ],
    ],
    [
      'what the customer said, without wildcards',
      told(['third-party'], {}, { exclude: ['wildcard'] }, ['third-party:*.example.io']),
      ['*.example.io: excluded'],
    ],
    [
      'a network both ways',
      told(['admin-network'], {}, {}, ['admin-network:10.1.0.0/16']),
      ['outbound tcp 8800-8800 10.1.0.0/16 (admin-network)', 'inbound tcp 8800-8800 10.1.0.0/16 (admin-network)'],
    ],
    [
      'a network one way, which is told',
      told(['admin-network'], { flows: ['outbound'] }, {}, ['admin-network:10.1.0.0/16']),
      ['outbound tcp 8800-8800 10.1.0.0/16 (admin-network)', 'admin-network: zone'],
    ],
    [
      'no network where only names are known',
      told(['admin-network'], NAMES, {}, ['admin-network:10.1.0.0/16']),
      ['10.1.0.0/16: family'],
    ],
    [
      'nothing that only comes in',
      told(['cluster-network'], { flows: ['outbound'] }, {}, ['cluster-network:10.1.0.0/16']),
      ['cluster-network: zone'],
    ],
    [
      'blocks that are joined, with the labels of all',
      told(
        ['third-party', 'get.example.com'],
        ADDRESSES,
        {},
        ['third-party:30.0.0.0/25', 'third-party:30.0.0.128/25'],
        true,
      ).filter((line) => line.includes('5000')),
      ['outbound tcp 5000-5000 30.0.0.0/24 (third-party)'],
    ],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('is nothing of what is not required', () => {
    const { selection } = parseSelection({}, snapshot.catalog, null);
    const requirements = select(snapshot, selection).map((one) => ({ ...one, need: 'not-required' as const }));
    expect(wantedOf(requirements, { fillings: [], exclude: [] })).toEqual([]);
  });

  it('is one rule for an address that several requirements and hosts have', () => {
    expect(
      told(['api.example.com', 'get.example.com'], ADDRESSES).filter((line) =>
        line.startsWith('outbound tcp 443-443 20.0.0.10'),
      ),
    ).toEqual(['outbound tcp 443-443 20.0.0.10/32 (api.example.com, get.example.com)']);
  });
});
