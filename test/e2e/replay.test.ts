import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importHistory } from '../../src/cli/history-import.js';
import { readConfig } from '../../src/config.js';
import type { HeldAddress } from '../../src/model/address.js';
import type { Change } from '../../src/model/change.js';
import type { Revision } from '../../src/model/revision.js';
import { LISTS } from '../publish/past.js';
import { startService, trueList, type RunningService } from './service.js';

/** Written by hand from the true lists, not by the program: its head says how to read it. */
const EXPECTED = new URL('../golden/history/changes.txt', import.meta.url);

let folder: string;
let service: RunningService;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-replay-'));
  const settings = { DATABASE_URL: `file:${path.join(folder, 'store.db')}`, GRACE_DAYS: '30' };
  const how = { catalog: undefined, file: undefined, now: new Date(), signal: new AbortController().signal };
  await importHistory(LISTS, readConfig(settings), how, () => undefined);
  service = await startService(settings);
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

async function answer<T>(pathAndQuery: string): Promise<T> {
  const { body } = await service.ask.get(pathAndQuery).expect(200);
  return body as T;
}

async function allChanges(selection = ''): Promise<Change[]> {
  const all: Change[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const after = cursor === '' ? '' : `&after=${cursor}`;
    const page: { changes: Change[]; nextCursor: string | null } = await answer(
      `/changes?since=1&first=50${selection}${after}`,
    );
    all.push(...page.changes);
    cursor = page.nextCursor;
  }
  return all;
}

/** As the golden file writes it: whole seconds. */
const short = (instant: string) => instant.replace('.000Z', 'Z');

function lineOf(change: Change): string {
  const [was, is] = [change.previous, change.current] as readonly Partial<HeldAddress>[];
  const { kind, subject, host, address, reason, action, leadTimeSeconds } = change;
  const said = (name: string, instant: string | null | undefined) =>
    instant == null ? [] : [`${name}:${short(instant)}`];
  return [
    kind,
    subject,
    host,
    ...(subject === 'address' ? [address, `${was?.status ?? 'none'}>${is?.status ?? 'none'}`] : []),
    reason,
    `by-name:${action.byName}`,
    `by-address:${action.byAddress}`,
    ...(change.firstOfFamily === null ? [] : [`first:${change.firstOfFamily}`]),
    ...said('act-by', change.actBy),
    ...(change.announced ? ['announced'] : []),
    ...said('effective', change.effectiveFrom),
    ...(leadTimeSeconds === null ? [] : [`lead:${leadTimeSeconds}`]),
    ...(was?.retireAt === is?.retireAt ? [] : said('until', is?.retireAt)),
  ].join(' ');
}

function told(revisions: readonly Revision[], changes: readonly Change[]): string[] {
  return revisions.flatMap(({ revision, publishedAt, cause }) => [
    `${revision} ${short(publishedAt)} ${cause}`,
    ...changes.filter((change) => change.revision === revision).map(lineOf),
  ]);
}

/** The golden file without what is only for its reader. */
async function expectedLines(): Promise<string[]> {
  const lines = (await readFile(EXPECTED, 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the true lists, imported one after another', () => {
  it('change exactly what somebody found who read them', async () => {
    const { revisions } = await answer<{ revisions: Revision[] }>('/revisions?first=500');
    expect(told(revisions.toReversed(), await allChanges())).toEqual(await expectedLines());
  });

  it.each([
    // While an address was on the wrong list for three minutes, and in its grace there, the right host shared it.
    ['api.replicated.com', ['get.replicated.com 54.174.248.164/32', 'get.replicated.com 54.236.191.206/32'], 4],
    ['get.replicated.com', [], 0],
    ['registry.replicated.com', [], 0],
  ] as const)(
    'tell of %s what alters its answers: its own addresses, and who shares them',
    async (host, shared, times) => {
      const expected = (await expectedLines()).filter(
        (line) =>
          (line.includes(` address ${host} `) && !/ announced>/.test(line)) ||
          (shared.some((one) => line.includes(` address ${one} `)) && /^(?:added|removed)/.test(line)),
      );
      expect(expected.filter((line) => !line.includes(` ${host} `))).toHaveLength(times);
      expect((await allChanges(`&host=${host}`)).map(lineOf)).toEqual(expected);
    },
  );
});

interface Then {
  readonly at: string;
  /** The file that was the list. */
  readonly list: string;
  /** What had left it and was still served. */
  readonly retiring: Readonly<Record<string, readonly string[]>>;
}

const LEFT_IN_2021 = {
  'api.replicated.com': [
    '18.211.10.161',
    '54.172.64.205',
    '54.173.15.255',
    '54.174.248.164',
    '54.236.191.206',
    '107.23.48.227',
  ],
  'get.replicated.com': ['52.91.83.38', '54.86.176.181', '54.165.10.106'],
  'registry.replicated.com': ['54.175.57.8', '54.226.216.146'],
  'proxy.replicated.com': ['18.207.75.177', '34.234.23.38'],
  'replicated.app': ['52.71.188.72', '54.237.62.84'],
};

const THEN: readonly Then[] = [
  { at: '2018-01-01T00:00:00Z', list: '2017-12-27T173220Z', retiring: {} },
  {
    at: '2017-01-01',
    list: '2016-12-01T230022Z',
    retiring: {},
  },
  {
    at: '2016-12-31T23:00:21.999Z',
    list: '2016-12-01T230022Z',
    retiring: { 'registry.replicated.com': ['52.7.167.120', '52.201.232.167'] },
  },
  {
    at: '2017-06-22T01:01:09Z',
    list: '2017-06-22T005800Z',
    retiring: { 'api.replicated.com': ['54.174.248.164', '54.236.191.206'] },
  },
  {
    at: '2017-07-21T17:25:18Z',
    list: '2017-06-22T010110Z',
    retiring: { 'get.replicated.com': ['54.174.248.164', '54.236.191.206'] },
  },
  { at: '2021-02-12T19:53:56Z', list: '2021-01-15T185407Z', retiring: LEFT_IN_2021 },
  { at: '2021-02-12T19:53:57Z', list: '2021-01-15T185407Z', retiring: {} },
];

describe('what is said at an instant', () => {
  it.each(THEN)('is at $at what $list says, and what had left it within 30 days', async ({ at, list, retiring }) => {
    const listed = Object.entries(JSON.parse(trueList(list)) as Record<string, { current?: string[] }>);
    const served = listed
      .filter(([host]) => host !== 'general')
      .map(([host, { current = [] }]) => [
        host,
        [
          ...current.map((address) => `${blockOf(address)} current`),
          ...(retiring[host] ?? []).map((address) => `${blockOf(address)} retiring`),
        ].sort(),
      ]);
    const said = served.map(async ([host]) => {
      const { addresses } = await answer<{ addresses: HeldAddress[] }>(`/hosts/${String(host)}?at=${at}`);
      return [host, addresses.map(({ cidr, status }) => `${cidr} ${status}`).sort()];
    });
    expect(await Promise.all(said)).toEqual(served);
  });

  it('opens in a firewall what the list of 2018 had for the three hosts that are needed, and nothing else', async () => {
    const { addresses } = await answer<{ addresses: HeldAddress[] }>('/addresses?at=2018-01-01T00:00:00Z');
    expect(addresses.map(({ cidr }) => cidr)).toEqual(
      // In numerical order, from 2017-12-27T173220Z.json.
      [
        '52.91.83.38', // get
        '54.86.176.181', // get
        '54.165.10.106', // get
        '54.172.64.205', // api
        '54.173.15.255', // api
        '54.174.248.164', // api
        '54.175.57.8', // registry
        '54.226.216.146', // registry
        '54.236.191.206', // api
      ].map(blockOf),
    );
  });

  it('knows no host that the list had not, then', async () => {
    await service.ask.get('/hosts/data.replicated.com?at=2016-08-05T17:42:52Z').expect(200);
    await service.ask.get('/hosts/data.replicated.com?at=2018-01-01T00:00:00Z').expect(404);
    await service.ask.get('/hosts/registry-data.replicated.com?at=2018-01-01T00:00:00Z').expect(404);
  });
});

function blockOf(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
