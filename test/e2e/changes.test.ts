import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/change.js';
import { operate } from '../graphql/asking.js';
import { startPublishing, type Publishing } from '../graphql/publishing.js';
import { AT_START, startService, type RunningService } from './service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Page {
  readonly asOf: { readonly revision: number };
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
  readonly nextCursor: string | null;
}

async function changes(query: string): Promise<Page> {
  const { body } = await service.ask.get(`/changes?${query}`).expect(200);
  return body as Page;
}

/** Every page of a question, one after another. */
async function everyPage(query: string): Promise<Change[]> {
  const all: Change[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: Page = await changes(`${query}${after === '' ? '' : `&after=${after}`}`);
    all.push(...page.changes);
    after = page.nextCursor;
  }
  return all;
}

describe('/changes', () => {
  it('tells every change since 2016, oldest first, each once, however the pages are cut', async () => {
    const whole = await changes('first=500');
    expect(whole).toMatchObject({ from: 1, to: AT_START, asOf: { revision: AT_START }, nextCursor: null });
    const ids = whole.changes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const places = ids.map((id) => id.split('-').map(Number));
    expect(places).toEqual(places.toSorted(([a, b], [c, d]) => a! - c! || b! - d!));
    for (const first of [1, 7, 50]) expect((await everyPage(`first=${first}`)).map(({ id }) => id)).toEqual(ids);
  });

  it('begins after a revision, an instant or a day', async () => {
    const { body: record } = await service.ask.get('/revisions/7').expect(200);
    const since7 = (await changes('since=7&first=500')).changes;
    expect(since7[0]!.revision).toBe(8);
    expect((await changes(`since=${record.publishedAt}&first=500`)).changes).toEqual(since7);
    expect((await changes(`since=${AT_START}`)).changes).toEqual([]);
    const since2021 = await changes('since=2021-01-01&first=500');
    expect(since2021.changes.every(({ publishedAt }) => publishedAt >= '2021-01-01')).toBe(true);
    expect(since2021.changes.map(({ publishedAt }) => publishedAt.slice(0, 10))).toContain('2021-01-13');
  });

  it('of a selection are those of its hosts, and its lists follow from the last of them', async () => {
    const selection = 'host=api.replicated.com&task=upgrade&mode=online';
    const page = await changes(`${selection}&first=500`);
    expect(page.changes.length).toBeGreaterThan(5);
    const last = page.changes.at(-1)!.revision;
    expect(page).toMatchObject({ to: last, asOf: { revision: last } });
    expect(last).toBeLessThan(AT_START);
    for (const list of ['requirements', 'hosts', 'addresses']) {
      const { body } = await service.ask.get(`/${list}?${selection}`).expect(200);
      expect(body.asOf.revision).toBe(last);
    }
    const { body: ports } = await service.ask.get(`/ports?${selection}`).expect(200);
    expect(ports.asOf.revision).toBe(1);
  });

  it('as of a moment end there', async () => {
    const { changes: until } = await changes('at=9&since=5&first=500');
    expect(new Set(until.map(({ revision }) => revision))).toEqual(new Set([6, 7, 8, 9]));
  });

  it.each([
    ['since=99999', 404, 'unknown-revision'],
    ['since=2015-01-01', 404, 'unknown-revision'],
    ['since=2999-01-01', 400, 'invalid-parameters'],
    ['since=yesterday', 400, 'invalid-parameters'],
    ['since=0', 400, 'invalid-parameters'],
    ['since=1&since=2', 400, 'invalid-parameters'],
    ['first=0', 400, 'invalid-parameters'],
    ['first=501', 400, 'invalid-parameters'],
    ['after=2-1', 400, 'invalid-parameters'],
    ['after=2-1.0123456789abcdef', 400, 'invalid-parameters'],
    ['task=upgrad', 400, 'invalid-parameters'],
  ])('?%s is %i %s', async (query, status, slug) => {
    const { body } = await service.ask.get(`/changes?${query}`).expect(status);
    expect(body.type).toBe(`/problems/${slug}`);
  });

  it('take a cursor of their own question only', async () => {
    const { nextCursor } = await changes('first=3');
    await changes(`first=9&after=${nextCursor}`);
    await service.ask.get(`/changes?first=3&since=5&after=${nextCursor}`).expect(400);
    const late = await changes('first=500&since=9');
    const { nextCursor: beyond } = await changes(`first=${late.changes.length - 1}&since=9`);
    await service.ask.get(`/changes?since=9&at=12&after=${beyond}`).expect(400);
    await changes('first=3');
    await service.ask.get('/changes?first=3&after=null').expect(400);
    const { body } = await service.ask.get(`/changes?first=3&host=quay.io&after=${nextCursor}`).expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'after', value: nextCursor }]);
    await service.ask.get(`/feed.json?after=${nextCursor}`).expect(400);
    await service.ask.get(`/revisions?after=${nextCursor}`).expect(400);
  });
});

describe('/diff', () => {
  it('is what is different, all steps taken together', async () => {
    const { body } = await service.ask.get('/diff?from=1&host=api.replicated.com').expect(200);
    const [then, now] = await Promise.all(
      ['at=1&', ''].map(async (at) => {
        const { body: list } = await service.ask.get(`/addresses?${at}host=api.replicated.com`).expect(200);
        return (list.addresses as { cidr: string }[]).map(({ cidr }) => cidr);
      }),
    );
    const told = (kind: string) =>
      (body.changes as Change[])
        .filter((change) => change.kind === kind && change.host === 'api.replicated.com')
        .map(({ address }) => address);
    expect(new Set(told('added'))).toEqual(new Set(now!.filter((cidr) => !then!.includes(cidr))));
    expect(new Set(told('removed'))).toEqual(new Set(then!.filter((cidr) => !now!.includes(cidr))));
    expect(body).toMatchObject({ from: 1, to: AT_START });
  });

  it('is nothing between a revision and itself, and goes either way', async () => {
    const same = await service.ask.get('/diff?from=5&to=5').expect(200);
    expect(same.body.changes).toEqual([]);
    const forth = await service.ask.get('/diff?from=5&to=9').expect(200);
    const back = await service.ask.get('/diff?from=9&to=5').expect(200);
    const side = (list: Change[], member: 'previous' | 'current') =>
      list.map((change) => JSON.stringify(change[member])).sort();
    expect(side(forth.body.changes, 'previous')).toEqual(side(back.body.changes, 'current'));
    expect(side(forth.body.changes, 'current')).toEqual(side(back.body.changes, 'previous'));
  });

  it('says since when what came in between is in use', async () => {
    const { body } = await service.ask.get('/diff?from=2020-12-01&host=api.replicated.com').expect(200);
    const opened = (body.changes as Change[]).filter(({ action }) => action.byAddress === 'open');
    expect(opened.map(({ address, actBy }) => [address, actBy])).toContainEqual([
      '2606:4700:7::a29f:892b/128',
      '2021-01-13T19:53:57.000Z',
    ]);
  });

  it('of two fixed revisions never changes, and follows from the last that altered it', async () => {
    const fixed = await service.ask.get('/diff?from=2&to=9&host=quay.io').expect(200);
    expect(fixed.headers['cache-control']).toMatch(/immutable/);
    expect(fixed.body).toMatchObject({ asOf: { revision: 1 }, changes: [] });
    const open = await service.ask.get('/diff?from=2').expect(200);
    expect(open.headers['cache-control']).toMatch(/max-age=60/);
  });

  it('is a table in Markdown and in CSV for who asks for that', async () => {
    const json = await service.ask.get('/diff?from=1&to=4').expect(200);
    const count = (json.body.changes as Change[]).length;
    const markdown = await service.ask.get('/diff?from=1&to=4').set('Accept', 'text/markdown').expect(200);
    expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(markdown.text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(count + 2);
    const csv = await service.ask.get('/diff?from=1&to=4').set('Accept', 'text/csv').expect(200);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n')).toHaveLength(count + 2);
    for (const { headers } of [json, markdown, csv]) expect(headers['vary']).toMatch(/Accept,/);
    expect(new Set([json, markdown, csv].map(({ headers }) => headers['etag'])).size).toBe(3);
    await service.ask.get('/diff?from=1').set('Accept', 'application/pdf').expect(406);
  });

  it.each([
    ['', 400, 'from'],
    ['from=', 400, 'from'],
    ['from=1&to=soon', 400, 'to'],
    ['from=2999-01-01', 400, 'from'],
  ])('?%s is %i and names %s', async (query, status, parameter) => {
    const { body } = await service.ask.get(`/diff?${query}`).expect(status);
    expect(body.errors).toMatchObject([{ parameter }]);
  });
});

describe('an address of long ago', () => {
  const LEGACY = '54.174.248.164';

  it('is told as retired, with when it was served', async () => {
    const { body } = await service.ask.get(`/lookup?q=${LEGACY}`).expect(200);
    expect(body).toMatchObject({ verdict: 'retired', match: 'full', requirements: [] });
    expect(body.hosts.length).toBeGreaterThan(0);
    for (const { from, to } of body.hosts) expect(Date.parse(to)).toBeGreaterThan(Date.parse(from));
    const { body: then } = await service.ask.get(`/lookup?q=${LEGACY}&at=2020-12-25`).expect(200);
    expect(then.verdict).toBe('required');
  });

  it('is in the lists of who asks for retired ones, and in no other', async () => {
    const listed = async (query: string) => {
      const { body } = await service.ask.get(`/addresses?${query}`).expect(200);
      return (body.addresses as { cidr: string }[]).map(({ cidr }) => cidr).includes(`${LEGACY}/32`);
    };
    expect(await listed('status=retired')).toBe(true);
    expect(await listed('status=current,retiring,announced')).toBe(false);
  });
});

describe('by GraphQL', () => {
  const FIELDS = `id revision publishedAt kind subject action { byName byAddress } reason firstOfFamily actBy host address
    requirement previous current announced leadTimeSeconds effectiveFrom`;
  const inWords = (nodes: readonly Change[]) =>
    JSON.parse(JSON.stringify(nodes), (name, value: unknown) =>
      ['kind', 'subject', 'reason', 'byName', 'byAddress', 'firstOfFamily'].includes(name) && typeof value === 'string'
        ? value.toLowerCase().replaceAll('_', '-')
        : value,
    ) as unknown;

  it('changes are the same as by REST, page by page, with the same cursors', async () => {
    const rest = await changes('since=3&host=get.replicated.com&first=4');
    const { data } = await operate(
      service,
      `{ changes(since: "3", selection: { host: "get.replicated.com" }, first: 4) {
           asOf { revision } from to nodes { ${FIELDS} } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    );
    const connection: {
      nodes: Change[];
      edges: { cursor: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    } = data!['changes']!;
    expect(inWords(connection.nodes)).toEqual(rest.changes);
    expect(connection.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, endCursor: rest.nextCursor });
    expect(connection).toMatchObject({ asOf: { revision: rest.asOf.revision }, from: rest.from, to: rest.to });
    const next = await changes(`since=3&host=get.replicated.com&first=4&after=${connection.edges[1]!.cursor}`);
    expect(next.changes[0]!.id).toBe(rest.changes[2]!.id);
  });

  it('a difference is the same as by REST', async () => {
    const { body } = await service.ask.get('/diff?from=2020-01-01&to=2022-01-01&task=install').expect(200);
    const { data } = await operate(
      service,
      `{ diff(from: "2020-01-01", to: "2022-01-01", selection: { task: "install" }) { from to changes { ${FIELDS} } } }`,
    );
    const diff: { from: number; to: number; changes: Change[] } = data!['diff']!;
    expect({ from: diff.from, to: diff.to }).toEqual({ from: body.from, to: body.to });
    expect(inWords(diff.changes)).toEqual(body.changes);
  });

  it.each([
    ['changes(after: "2-1.0123456789abcdef") { from }', 'INVALID_PARAMETERS'],
    ['changes(first: 501) { from }', 'INVALID_PARAMETERS'],
    ['changes(since: "99999") { from }', 'UNKNOWN_REVISION'],
    ['diff(from: "later") { from }', 'INVALID_PARAMETERS'],
  ])('%s is %s', async (field, code) => {
    const { errors } = await operate(service, `{ ${field} }`);
    expect(errors).toMatchObject([{ extensions: { code: code.toLowerCase().replaceAll('_', '-') } }]);
  });
});

describe('what a selection is answered', () => {
  let publishing: Publishing;
  beforeAll(async () => {
    publishing = await startPublishing();
  });
  afterAll(() => publishing.stop());

  it('stands still, bytes and ETag, while something else changes, and moves with its own changes', async () => {
    const { ask } = publishing.service;
    const [other, own] = ['host=quay.io', 'host=api.replicated.com'];
    const before = await ask.get(`/requirements?${other}`).expect(200);
    const ownBefore = await ask.get(`/requirements?${own}`).expect(200);
    await publishing.publish();
    const { body } = await ask.get(`/changes?since=${ownBefore.headers['gatepost-revision']}`).expect(200);
    expect(body.changes).toMatchObject([
      { kind: 'added', subject: 'address', reason: 'new', action: { byName: 'none', byAddress: 'open' } },
    ]);
    const after = await ask.get(`/requirements?${other}`).set('If-None-Match', before.headers['etag']!).expect(304);
    expect(after.headers['gatepost-revision']).not.toBe(before.headers['gatepost-revision']);
    expect(after.headers['last-modified']).toBe(before.headers['last-modified']);
    const ownAfter = await ask.get(`/requirements?${own}`).set('If-None-Match', ownBefore.headers['etag']!).expect(200);
    expect(String(ownAfter.body.asOf.revision)).toBe(ownAfter.headers['gatepost-revision']);
    expect((await ask.get(`/changes?${other}&since=${AT_START}`).expect(200)).body.changes).toEqual([]);
  });
});
