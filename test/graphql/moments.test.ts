import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_START, type RunningService } from '../e2e/service.js';
import { operate } from './asking.js';
import { startPublishing, type Publishing } from './publishing.js';

// The first revision is what ships; in the second a host has one more address; the third is like the first again.
const [FIRST, SECOND, THIRD] = [AT_START, AT_START + 1, AT_START + 2];
const HOST = 'api.replicated.com';
let publishing: Publishing;
let service: RunningService;
let times: string[];
beforeAll(async () => {
  publishing = await startPublishing();
  ({ service } = publishing);
  await publishing.publish('with');
  await publishing.publish('without');
  const { body } = await service.ask.get('/revisions?first=3').expect(200);
  times = (body.revisions as { publishedAt: string }[]).map(({ publishedAt }) => publishedAt).reverse();
});
afterAll(() => publishing.stop());

const addressesAt = async (at: string) => {
  const { body } = await service.ask.get(`/hosts/${HOST}?at=${encodeURIComponent(at)}`).expect(200);
  return (body.addresses as { cidr: string }[]).map(({ cidr }) => cidr);
};

it('there are three revisions, and the second is not like the others', async () => {
  expect(times).toHaveLength(3);
  const [first, second, third] = await Promise.all([FIRST, SECOND, THIRD].map(String).map(addressesAt));
  expect(first).toEqual(third);
  expect(first).not.toEqual(second);
});

describe('at= by REST', () => {
  it('is a revision or an instant, and says in asOf which it was', async () => {
    const altered: number[] = [];
    for (const [i, publishedAt] of times.entries()) {
      const byNumber = await service.ask.get(`/requirements?at=${FIRST + i}`).expect(200);
      const byInstant = await service.ask.get(`/requirements?at=${publishedAt}`).expect(200);
      const { asOf } = byNumber.body as { asOf: { revision: number; publishedAt: string } };
      const { body: record } = await service.ask.get(`/revisions/${asOf.revision}`).expect(200);
      expect(asOf.publishedAt).toBe(record.publishedAt);
      altered.push(asOf.revision);
      expect(byInstant.text).toBe(byNumber.text);
      expect(byNumber.headers['gatepost-revision']).toBe(String(THIRD));
      expect(byNumber.headers['last-modified']).toBe(new Date(asOf.publishedAt).toUTCString());
    }
    // The last of what ships altered other answers.
    expect(altered).toEqual([expect.any(Number), SECOND, THIRD]);
    expect(altered[0]).toBeLessThanOrEqual(FIRST);
  });

  it('a revision is immutable, and an instant that has only just passed is not', async () => {
    const settled = await service.ask.get(`/requirements?at=${FIRST}`).expect(200);
    expect(settled.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const recent = await service.ask.get(`/requirements?at=${times[2]}`).expect(200);
    expect(recent.headers['cache-control']).toMatch(/max-age=60/);
    await service.ask.get(`/requirements?at=${FIRST}`).set('If-None-Match', settled.headers['etag']!).expect(304);
  });

  it.each([
    '/requirements',
    '/hosts',
    `/hosts/${HOST}`,
    '/addresses',
    '/ports',
    '/tasks',
    '/modes',
    '/catalog',
    '/lookup?q=quay.io',
    '/requirements/replicated/upgrade/online/quay.io',
  ])('%s takes it', async (path) => {
    const url = (at: string) => `${path}${path.includes('?') ? '&' : '?'}at=${at}`;
    await service.ask.get(url(String(SECOND))).expect(200);
    const before = await service.ask.get(url('1999-12-31')).expect(404);
    expect(JSON.parse(before.text)).toMatchObject({ type: '/problems/unknown-revision' });
    const future = await service.ask.get(url('2999-12-31')).expect(400);
    expect(JSON.parse(future.text)).toMatchObject({ errors: [{ parameter: 'at', value: '2999-12-31' }] });
  });

  it('tells of a bad moment together with the other faults', async () => {
    const { text } = await service.ask.get('/requirements?at=x&task=upgrad&nonsense=1').expect(400);
    const { errors } = JSON.parse(text) as { errors: { parameter: string }[] };
    expect(errors.map(({ parameter }) => parameter).sort()).toEqual(['at', 'nonsense', 'task']);
  });
});

describe('at by GraphQL', () => {
  it('then and now stand in one answer, each under its own field', async () => {
    const fields = 'addresses { cidr }';
    const { data, errors } = await operate(
      service,
      `{ now: host(name: "${HOST}") { ${fields} }
         then: host(name: "${HOST}", at: "${SECOND}") { ${fields} }
         selected: hosts(selection: { at: "${SECOND}" }) { asOf { revision } } }`,
    );
    expect(errors).toBeUndefined();
    const cidrs = (of: string) =>
      (data![of] as unknown as { addresses: { cidr: string }[] }).addresses.map(({ cidr }) => cidr);
    expect(cidrs('now')).toEqual(await addressesAt(String(THIRD)));
    expect(cidrs('then')).toEqual(await addressesAt(String(SECOND)));
    expect(data!['selected']).toEqual({ asOf: { revision: SECOND } });
  });

  it.each([
    [`requirement(ref: "replicated/upgrade/online/quay.io", at: "${SECOND}") { ref }`],
    [`catalog(at: "${SECOND}") { asOf { revision } }`],
    [`lookup(q: "quay.io", at: "${SECOND}") { verdict }`],
    [`revision(at: "${SECOND}") { revision }`],
  ])('%s is answered', async (field) => {
    expect((await operate(service, `{ ${field} }`)).errors).toBeUndefined();
    const [fault] = (await operate(service, `{ ${field.replace(`"${SECOND}"`, '"2999-01-01"')} }`)).errors ?? [];
    expect(fault?.extensions).toMatchObject({ code: 'invalid-parameters', errors: [{ parameter: 'at' }] });
  });

  it('a revision is found by the instant at which it was served', async () => {
    const { data } = await operate(service, `{ revision(at: "${times[1]}") { revision } }`);
    expect(data).toEqual({ revision: { revision: SECOND } });
  });

  it('pages of revisions go on at the cursor', async () => {
    const page = async (after: string | null) => {
      const { data } = await operate(
        service,
        'query($after: String) { revisions(first: 2, after: $after) { nodes { revision } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
        { after },
      );
      return data!['revisions'] as unknown as {
        nodes: { revision: number }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
      };
    };
    const first = await page(null);
    expect(first.nodes.map(({ revision }) => revision)).toEqual([THIRD, SECOND]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(first.pageInfo.endCursor);
    expect(second.nodes.map(({ revision }) => revision)).toEqual([FIRST, FIRST - 1]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });
});

describe('an operation', () => {
  it('sees one revision in all its fields, whatever is published meanwhile', async () => {
    const query = `{
      first: product { version { revision } }
      revisions(first: 1) { nodes { revision } }
      last: requirements(selection: { task: "upgrade" }) { asOf { revision } nodes { endpoint { hosts { addresses { cidr } } } } }
      host(name: "${HOST}") { addresses { cidr } }
    }`;
    const seen = new Set<number>();
    const publications = (async () => {
      for (let i = 0; i < 6; i++) await publishing.publish(i % 2 === 0 ? 'with' : 'without');
    })();
    let done = false;
    void publications.finally(() => (done = true));
    while (!done) {
      const { data } = await operate(service, query);
      const { first, revisions, last, host } = data as unknown as {
        first: { version: { revision: number } };
        revisions: { nodes: { revision: number }[] };
        last: { asOf: { revision: number } };
        host: { addresses: unknown[] };
      };
      const { revision } = first.version;
      seen.add(revision);
      expect(last.asOf.revision).toBe(revision);
      expect(revisions.nodes[0]!.revision).toBe(revision);
      expect(host.addresses.length).toBe((await addressesAt(String(revision))).length);
    }
    await publications;
    expect(seen.size).toBeGreaterThan(1);
  });
});
