import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/catalog/doubts.js';
import { SMALL_ROW, loaded } from './own.js';

const NOW = new Date('2027-03-05T00:00:00Z');
const PUBLISHED = { upstream: {}, endpoints: { 'a.com': { kind: 'host', addresses: 'published' } } };

describe('a catalog', () => {
  it('that needs each endpoint, has rows for each task and agrees with its list gives no cause for doubt', () => {
    expect(doubtsOf(loaded(), undefined, NOW)).toEqual([]);
    expect(doubtsOf(loaded(PUBLISHED), ['a.com', 'general'], NOW)).toEqual([]);
  });

  it('that gives several causes has a sentence for each', () => {
    const catalog = loaded({
      tasks: { install: { title: 'Installation' }, run: { title: 'Running' } },
      endpoints: { 'a.com': { kind: 'host' }, 'b.com': { kind: 'host' } },
      requirements: [{ ...SMALL_ROW, tasks: ['install'] }],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([
      'The endpoint "b.com" is in no requirement.',
      'The task "run" has no requirement.',
    ]);
  });
});

describe('a doubt', () => {
  it('is an endpoint that nobody needs', () => {
    const catalog = loaded({ endpoints: { 'a.com': { kind: 'host' }, 'b.com': { kind: 'host' } } });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual(['The endpoint "b.com" is in no requirement.']);
  });

  it('is a task without rows', () => {
    const catalog = loaded({
      tasks: { install: { title: 'Installation' }, run: { title: 'Running' } },
      requirements: [{ ...SMALL_ROW, tasks: ['install'] }],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual(['The task "run" has no requirement.']);
  });

  it('is a wildcard that covers a name, wherever either stands', () => {
    const catalog = loaded({
      endpoints: {
        'a.com': { kind: 'host', companions: [{ hosts: ['cdn.a.com', 'a.cdn.a.com', 'cdn.b.com'], why: 'images' }] },
        '*.a.com': { kind: 'wildcard' },
      },
      requirements: [SMALL_ROW, { ...SMALL_ROW, endpoint: '*.a.com' }],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([
      'The wildcard "*.a.com" already covers "cdn.a.com".',
      'The wildcard "*.a.com" already covers "a.cdn.a.com".',
    ]);
  });

  it('is a port of one endpoint that is stated in one row and assumed in another', () => {
    const catalog = loaded({
      requirements: [
        { ...SMALL_ROW, ports: [{ tcp: 443 }, { tcp: '8000-8080', basis: 'assumed' }, { udp: 443, basis: 'assumed' }] },
        { ...SMALL_ROW, variant: 'two', ports: [{ tcp: 443, basis: 'assumed' }, { tcp: '8000-8080' }, { tcp: 8000 }] },
      ],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([
      'Port 443/tcp of "a.com" is stated in one row and assumed in another.',
      'Port 8000-8080/tcp of "a.com" is stated in one row and assumed in another.',
    ]);
  });

  it('is not a port that two endpoints have on different grounds', () => {
    const catalog = loaded({
      endpoints: { 'a.com': { kind: 'host' }, 'b.com': { kind: 'host' } },
      requirements: [SMALL_ROW, { ...SMALL_ROW, endpoint: 'b.com', ports: [{ tcp: 443, basis: 'assumed' }] }],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([]);
  });

  it('is not a port that two rules with a zone have on different grounds', () => {
    const { endpoint: _endpoint, ...rest } = SMALL_ROW;
    const catalog = loaded({
      zones: { internet: { title: 'The internet' }, lan: { title: 'The network' } },
      requirements: [
        SMALL_ROW,
        { ...rest, zone: 'lan', name: 'console' },
        { ...rest, zone: 'lan', name: 'cluster', ports: [{ tcp: 443, basis: 'assumed' }] },
      ],
    });
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([]);
  });

  it('is a published host that the upstream list does not have', () => {
    expect(doubtsOf(loaded(PUBLISHED), [], NOW)).toEqual([
      '"a.com" is said to be published, but the upstream list does not have it.',
    ]);
  });

  it('is a host of the upstream list that no requirement names; `general` is no host', () => {
    expect(doubtsOf(loaded(PUBLISHED), ['a.com', 'b.com', 'general'], NOW)).toEqual([
      'The upstream list has "b.com", which no requirement names.',
    ]);
  });

  it('is not a host of the upstream list that is a companion', () => {
    const companions = [{ hosts: ['b.com'], why: 'images' }];
    const catalog = loaded({ endpoints: { 'a.com': { kind: 'host', companions } } });
    expect(doubtsOf(catalog, ['b.com'], NOW)).toEqual([]);
  });
});
