import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/catalog/doubts.js';
import { CatalogError, describeFault } from '../../src/catalog/fault.js';
import { readCatalog } from '../../src/catalog/read.js';
import type { Catalog } from '../../src/model/catalog.js';

/** In an edit: the fault is at the letter after this one, which is taken out before the text is read. */
const HERE = '»';

const NOW = new Date('2027-03-05T00:00:00Z');

/** A catalog with a service, a host and an announcement. What begins with $ is where an edit puts something. */
const TEXT = `product: own
title: Own
notice: P30D
announcements:
  images-move: { title: Images move, announced: 2027-02-01, by: Own, url: "https://own.example/move" }
  goodbye: { title: The old host goes, announced: "2027-02-10T12:00:00+02:00" }
promises:
  - text: Airgap needs no internet.
    never: { mode: airgap, zone: internet, need: [required, conditional] }
modes: { online: { title: Online }, airgap: { title: Airgap } }
tasks: { install: { title: Installation } }
zones: { internet: { title: The internet } }
endpoints:
  images: { kind: service, hosts: [one.own.example, $host] }
  get.own.example: { kind: host$endpoint }
requirements:
  - { endpoint: images, tasks: all, need: { online: required }, direction: outbound, ports: [{ tcp: 443 }], description: A. }
  - $ref{ endpoint: get.own.example, tasks: all, need: { online: required }, direction: outbound, ports: [{ tcp: 80 }], description: B.$row }
`;

type Edits = Readonly<Partial<Record<'host' | 'endpoint' | 'ref' | 'row' | 'more', string>>>;

function textOf({ host = 'two.own.example', endpoint = '', ref = '', row = '', more = '' }: Edits): string {
  return TEXT.replace('$host', host).replace('$endpoint', endpoint).replace('$ref', ref).replace('$row', row) + more;
}

const load = (edits: Edits): Catalog => readCatalog('own.yaml', Buffer.from(textOf(edits).replace(HERE, ''))).catalog;

/** What is said of a catalog that does not load; empty where it does. */
function said(edits: Edits): string[] {
  try {
    load(edits);
    return [];
  } catch (error) {
    if (error instanceof CatalogError) return error.faults.map(describeFault);
    throw error;
  }
}

describe('dates as they are written', () => {
  it('leave a catalog without them as it was', () => {
    const without = readCatalog('own.yaml', Buffer.from(textOf({}).replace(/announcements:\n.*\n.*\n/, ''))).catalog;
    expect(Object.keys(without)).not.toContain('announcements');
    expect([...without.rows, ...without.endpoints].filter((one) => 'dated' in one)).toEqual([]);
  });

  it('are instants in UTC, a date being its start', () => {
    const { announcements, rows } = load({
      row: ', from: "2027-04-01T02:00:00+02:00", until: 2027-05-01, announcement: images-move',
    });
    expect(announcements).toEqual([
      {
        name: 'images-move',
        title: 'Images move',
        announced: '2027-02-01T00:00:00Z',
        by: 'Own',
        url: 'https://own.example/move',
      },
      { name: 'goodbye', title: 'The old host goes', announced: '2027-02-10T10:00:00Z', by: null, url: null },
    ]);
    expect(rows[1]!.dated).toEqual({
      from: '2027-04-01T00:00:00Z',
      until: '2027-05-01T00:00:00Z',
      announcement: 'images-move',
    });
  });

  it('of an endpoint hold for its rows; of two dates, the narrower', () => {
    const endpoint = ', from: 2027-04-01, until: 2027-06-01, announcement: images-move';
    const row = ', from: 2027-03-20, until: 2027-05-01, announcement: goodbye';
    expect(load({ endpoint }).rows.map(({ dated }) => dated)).toEqual([
      undefined,
      { from: '2027-04-01T00:00:00Z', until: '2027-06-01T00:00:00Z', announcement: 'images-move' },
    ]);
    expect(load({ endpoint, row }).rows[1]!.dated).toEqual({
      from: '2027-04-01T00:00:00Z',
      until: '2027-05-01T00:00:00Z',
      announcement: 'goodbye',
    });
  });

  it('of a host keep it out of the hosts until it comes', () => {
    const { hosts, dated } = load({ host: '{ host: two.own.example, from: 2027-04-01, announcement: images-move }' })
      .endpoints[0]!;
    const none = { from: null, until: null, announcement: null };
    expect(hosts).toEqual(['one.own.example']);
    expect(dated).toEqual([
      { host: 'one.own.example', ...none },
      { host: 'two.own.example', ...none, from: '2027-04-01T00:00:00Z', announcement: 'images-move' },
    ]);
  });
});

describe('a catalog is refused, at the place of it, for', () => {
  it.each<[what: string, edits: Edits, line: string]>([
    [
      'an announcement that does not exist',
      { row: ', until: 2027-04-01, announcement: »image-move' },
      '/requirements/1/announcement: There is no announcement "image-move". Allowed: images-move, goodbye. Did you mean "images-move"?',
    ],
    [
      'an announcement that does not exist, of a host',
      { host: '{ host: two.own.example, until: 2027-04-01, announcement: »bye }' },
      '/endpoints/images/hosts/1/announcement: There is no announcement "bye". Allowed: images-move, goodbye.',
    ],
    [
      'an announcement of no date',
      { row: ', »announcement: goodbye' },
      '/requirements/1/announcement: It has no date: write "from" or "until".',
    ],
    [
      'an urgency that has no beginning',
      { endpoint: ', until: 2027-04-01, »urgent: broken' },
      '/endpoints/get.own.example/urgent: Only a beginning can be urgent: "from" is missing.',
    ],
    [
      'a day that the calendar does not have',
      { row: ', until: »2027-02-29' },
      '/requirements/1/until: There is no day 2027-02-29.',
    ],
    [
      'a time that is none',
      { row: ', until: »2027-02-20T25:00:00Z' },
      '/requirements/1/until: "2027-02-20T25:00:00Z" is not allowed. A date, YYYY-MM-DD, which is its start in UTC, or an instant, YYYY-MM-DDTHH:MM:SSZ.',
    ],
    [
      'an end before the beginning',
      { row: ', from: 2027-04-02, until: »2027-04-01, announcement: goodbye' },
      '/requirements/1/until: It would end on 2027-04-01, before it begins on 2027-04-02.',
    ],
    [
      'an end before the beginning of its endpoint',
      { endpoint: ', from: 2027-04-02, announcement: goodbye', row: ', until: 2027-04-02', ref: '»' },
      '/requirements/1: With the dates of its endpoint it would end on 2027-04-02T00:00:00Z, before it begins on 2027-04-02T00:00:00Z.',
    ],
    [
      'an opening that is not announced',
      { row: ', from: »2027-04-01' },
      '/requirements/1/from: It begins on 2027-04-01 and is not announced; the notice is 30 days. Where it cannot wait, say why: "urgent".',
    ],
    [
      'an opening of an endpoint that is announced too late',
      { endpoint: ', from: »2027-03-11, announcement: goodbye' },
      '/endpoints/get.own.example/from: It begins on 2027-03-11 and was announced on 2027-02-10T12:00:00+02:00, 28 days before; the notice is 30 days. Where it cannot wait, say why: "urgent".',
    ],
    [
      'a host that is announced after it begins',
      { host: '{ host: two.own.example, from: »2027-01-01, announcement: images-move }' },
      '/endpoints/images/hosts/1/from: It begins on 2027-01-01 and was announced after that, on 2027-02-01; the notice is 30 days. Where it cannot wait, say why: "urgent".',
    ],
    [
      'an opening that only the earlier one of its endpoint is urgent for',
      { endpoint: ', from: 2027-03-01, urgent: taken over', row: ', from: »2027-03-02' },
      '/requirements/1/from: It begins on 2027-03-02 and is not announced; the notice is 30 days. Where it cannot wait, say why: "urgent".',
    ],
    [
      'an opening with its endpoint that is announced later than that',
      { endpoint: ', from: 2027-03-11, announcement: images-move', row: ', announcement: »goodbye' },
      '/requirements/1/announcement: It begins on 2027-03-11 and was announced on 2027-02-10T12:00:00+02:00, 28 days before; the notice is 30 days. Where it cannot wait, say why: "urgent".',
    ],
    [
      "an urgency of a beginning that is another's",
      { endpoint: ', from: 2027-04-01, announcement: images-move', row: ', »urgent: broken' },
      '/requirements/1/urgent: Only a beginning can be urgent: "from" is missing.',
    ],
    [
      'a host that is there twice',
      { host: '»{ host: one.own.example, until: 2027-04-01 }' },
      '/endpoints/images/hosts/1: "one.own.example" is there already.',
    ],
    [
      'a host that is no DNS name',
      { host: '»{ host: two.own.1, until: 2027-04-01 }' },
      '/endpoints/images/hosts/1: "two.own.1" is no DNS name or wildcard.',
    ],
    [
      'an announced row that would break a promise',
      {
        more: '  - »{ endpoint: images, variant: later, tasks: all, need: { airgap: required }, direction: outbound, ports: [{ tcp: 443 }], description: C., from: 2027-04-01, announcement: images-move }\n',
      },
      '/requirements/2: The row breaks the promise "Airgap needs no internet." (own/install/airgap/images-later).',
    ],
  ])('%s', (_what, edits, line) => {
    const before = textOf(edits).split(HERE)[0]!.split('\n');
    expect(said(edits)).toEqual([
      expect.stringContaining(`own.yaml:${before.length}:${before.at(-1)!.length + 1}: ${line}`),
    ]);
  });
});

describe('the notice is kept', () => {
  it.each<[what: string, edits: Edits]>([
    ['by an opening that is announced in time', { row: ', from: 2027-03-03, announcement: images-move' }],
    ['by an opening that says why it cannot wait', { row: ', from: 2027-03-01, urgent: the old host was taken over' }],
    ['where its endpoint begins, and says so', { endpoint: ', from: 2027-03-02, urgent: taken over' }],
    [
      'where its endpoint begins later, and says so',
      { endpoint: ', from: 2027-03-02, urgent: taken over', row: ', from: 2027-03-01, announcement: goodbye' },
    ],
    [
      'where it begins early within an endpoint that begins in time',
      { endpoint: ', from: 2027-03-12T10:00:00Z, announcement: goodbye', row: ', from: 2027-03-02' },
    ],
    [
      'where it begins with its endpoint, which says so',
      { endpoint: ', from: 2027-03-02, urgent: taken over', row: ', from: "2027-03-02T00:00:00Z"' },
    ],
    [
      'where its endpoint was announced',
      { endpoint: ', until: 2027-05-01, announcement: images-move', row: ', from: 2027-04-01' },
    ],
    ['by an end, which needs none', { row: ', until: 2027-03-01' }],
  ])('%s', (_what, edits) => {
    expect(said(edits)).toEqual([]);
  });
});

describe('a doubt', () => {
  it.each<[what: string, edits: Edits, ...doubts: string[]]>([
    [
      'is an announcement of nothing',
      { row: ', until: 2027-04-01, announcement: goodbye' },
      'The announcement "images-move" is of nothing that has a date.',
    ],
    [
      'is what has begun or ended',
      {
        host: '{ host: two.own.example, until: 2027-03-05, announcement: goodbye }',
        row: ', from: 2027-03-04, announcement: images-move',
      },
      '"get.own.example" is in force since 2027-03-04T00:00:00Z: its "from" can be taken out.',
      '"two.own.example" of "images" ended on 2027-03-05T00:00:00Z: it can be taken out.',
    ],
  ])('%s', (_what, edits, ...doubts) => {
    expect(doubtsOf(load(edits), undefined, NOW)).toEqual(doubts);
  });

  it('is an announcement that nobody can have read yet', () => {
    expect(
      doubtsOf(load({ row: ', until: 2027-04-01, announcement: goodbye' }), undefined, new Date('2027-02-05')),
    ).toContain('The announcement "goodbye" is of 2027-02-10T10:00:00Z, which is yet to come.');
  });

  it('is a service that is needed while it has no host', () => {
    const host = '{ host: two.own.example, from: 2027-04-02, announcement: images-move }';
    const text = textOf({ host }).replace(
      '[one.own.example',
      '[{ host: one.own.example, until: 2027-04-01, announcement: goodbye }',
    );
    const { catalog } = readCatalog('own.yaml', Buffer.from(text));
    expect(doubtsOf(catalog, undefined, NOW)).toEqual([
      'The endpoint "images" is needed from 2027-04-01T00:00:00Z on, and has no host then.',
    ]);
    expect(doubtsOf(catalog, undefined, new Date('2027-04-01'))).toContain(
      'The endpoint "images" is needed and has no host yet.',
    );
  });
});
