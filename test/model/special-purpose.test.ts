import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { blockOf, formatAddress, rangeOf } from '../../src/model/cidr.js';
import { specialPurposeOf } from '../../src/model/special-purpose.js';
import { ipv4Value } from './arbitrary.js';
import { cidr } from './fixture.js';

const judged = (text: string) => specialPurposeOf(rangeOf(blockOf(cidr(text))));

/** The registries' rows that are not globally reachable, and what else is refused: block, first, last, name. */
const REFUSED = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255', 'This network'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255', 'Private-Use'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255', 'Shared Address Space'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255', 'Loopback'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255', 'Link Local'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255', 'Private-Use'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255', 'IETF Protocol Assignments'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', 'Documentation (TEST-NET-1)'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255', 'Deprecated (6to4 Relay Anycast)'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255', 'Private-Use'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255', 'Benchmarking'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255', 'Documentation (TEST-NET-2)'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', 'Documentation (TEST-NET-3)'],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255', 'Multicast'],
  ['240.0.0.0/4', '240.0.0.0', '255.255.255.255', 'Reserved'],
  ['::/128', '::', '::', 'Unspecified Address'],
  ['::1/128', '::1', '::1', 'Loopback Address'],
  ['::ffff:0:0/96', '::ffff:0.0.0.0', '::ffff:255.255.255.255', 'IPv4-mapped Address'],
  ['64:ff9b::/96', '64:ff9b::', '64:ff9b::ffff:ffff', 'IPv4-IPv6 Translation'],
  ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', 'IPv4-IPv6 Translation'],
  ['100::/64', '100::', '100::ffff:ffff:ffff:ffff', 'Discard-Only Address Block'],
  ['100:0:0:1::/64', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff', 'Dummy IPv6 Prefix'],
  ['2001::/23', '2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', 'IETF Protocol Assignments'],
  ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 'Documentation'],
  ['2002::/16', '2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '6to4'],
  ['3fff::/20', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', 'Documentation'],
  ['5f00::/16', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'Segment Routing (SRv6) SIDs'],
  ['fc00::/7', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'Unique-Local'],
  ['fe80::/10', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'Link-Local Unicast'],
  ['fec0::/10', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'Deprecated (Site-Local)'],
  ['ff00::/8', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'Multicast'],
] as const;

describe('a special-purpose block', () => {
  it.each(REFUSED)('%s is refused from %s to %s as %s', (block, first, last, name) => {
    const expected = { cidr: cidr(block), name };
    expect(judged(block)).toEqual(expected);
    expect(judged(first)).toEqual(expected);
    expect(judged(last)).toEqual(expected);
  });

  it.each([
    ['192.0.0.8', 'IETF Protocol Assignments'],
    ['192.0.0.9', 'IETF Protocol Assignments'],
    ['192.0.0.171', 'IETF Protocol Assignments'],
    ['255.255.255.255', 'Reserved'],
    ['2001::/32', 'IETF Protocol Assignments'],
    ['2001:1::1', 'IETF Protocol Assignments'],
    ['2001:2::/48', 'IETF Protocol Assignments'],
    ['2001:10::/28', 'IETF Protocol Assignments'],
    ['2001:20::/28', 'IETF Protocol Assignments'],
  ])('%s is refused with the larger row around it, as %s', (text, name) => {
    expect(judged(text)?.name).toBe(name);
  });

  it.each([
    '::2',
    '::1.2.3.4',
    '64:ff9b::1:0:0',
    '100:0:0:2::',
    '1fff:ffff::',
    '4000::',
    '5eff::',
    '6000::',
    '8000::',
    'fbff::',
    'fe00::',
  ])('%s is refused because it is not global unicast', (text) => {
    expect(judged(text)?.name).toBe('Not global unicast');
  });

  it.each([
    ['0.0.0.0/0', 'This network'],
    ['8.0.0.0/6', 'Private-Use'],
    ['192.0.0.0/22', 'IETF Protocol Assignments'],
    ['203.0.112.0/23', 'Documentation (TEST-NET-3)'],
    ['2000::/3', 'IETF Protocol Assignments'],
    ['2001:d00::/24', 'Documentation'],
  ])('%s is refused because it reaches into %s', (text, name) => {
    expect(judged(text)?.name).toBe(name);
  });

  it('is every IPv4 address that ipaddr.js does not call public', () => {
    const public_ = new Set(['unicast', 'as112', 'amt']);
    const edges = REFUSED.filter(([block]) => !block.includes(':')).flatMap(([, first, last]) =>
      [first, last].map((text) => rangeOf(blockOf(cidr(text))).first),
    );
    const near = fc
      .tuple(fc.constantFrom(...edges), fc.bigInt({ min: -300n, max: 300n }))
      .map(([edge, by]) => BigInt.asUintN(32, edge + by));
    fc.assert(
      fc.property(fc.oneof(ipv4Value, near), (value) => {
        const text = formatAddress('ipv4', value);
        // ipaddr.js names the registry's rows; 192.0.0.0/24 it calls reserved, as we refuse it whole.
        expect(judged(text) === undefined, text).toBe(public_.has(ipaddr.IPv4.parse(text).range()));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a public address', () => {
  it.each([
    '1.0.0.0',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '191.255.255.255',
    '192.0.1.0',
    '192.0.1.255',
    '192.0.3.0',
    '192.88.98.255',
    '192.88.100.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '198.51.99.255',
    '198.51.101.0',
    '203.0.112.255',
    '203.0.114.0',
    '223.255.255.255',
    '2000::',
    '2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:200::',
    '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:db9::',
    '2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2003::',
    '3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '3fff:1000::',
    '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ])('beside a refused block passes: %s', (text) => {
    expect(judged(text)).toBeUndefined();
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '34.194.217.225',
    '52.7.167.120',
    '141.193.148.0/24',
    '162.159.137.43',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.175.48.0/24',
    '8.0.0.0/7',
    '2400:cb00::/32',
    '2606:4700:7::a29f:892b',
    '2620:4f:8000::/48',
    '2a00:1450:4001:800::200e',
    '2c0f:f248::/32',
  ])('passes: %s', (text) => {
    expect(judged(text)).toBeUndefined();
  });
});
