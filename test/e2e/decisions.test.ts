import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StatusShape } from '../../src/answer/shapes/status.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { fakeUpstream, list, type Answer } from '../fake-upstream.js';
import { NEWEST, startService, trueList, until, type RunningService } from './service.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const CATALOG = new URL('../../catalogs/replicated.yaml', import.meta.url);

type List = Record<string, { current: string[] }>;
const newest = trueList(NEWEST);
const edited = (change: (hosts: List) => void) => {
  const hosts = JSON.parse(newest) as List;
  change(hosts);
  return JSON.stringify(hosts);
};
const emptied = edited((hosts) => (hosts['get.replicated.com']!.current = []));
const longer = edited((hosts) => hosts['api.replicated.com']!.current.push('52.7.167.120'));

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  open.push(() => rm(made, { recursive: true }));
  return made;
}

/** A service that follows upstream, and what an operator can do to it. */
async function operated(settings: Readonly<Record<string, string>> = {}) {
  const upstream = await fakeUpstream(list(newest));
  open.push(() => upstream.close());
  let service: RunningService;
  const start = async () => {
    service = await startService({
      UPSTREAM_URL: upstream.url.href,
      REFRESH_SECONDS: '3600',
      ADMIN_TOKENS: 'ana:a-token',
      ...settings,
    });
    await until('the first poll is over', async () => (await status()).nextCheckAt !== null);
  };
  const status = async () => (await service.ask.get('/status').expect(200)).body as StatusShape;
  await start();
  open.push(() => service.stop());
  const admin = (method: 'get' | 'post' | 'put' | 'delete', url: string, body?: object) => {
    const asked = service.ask[method](`/admin/${url}`).set('Authorization', 'Bearer a-token');
    return body === undefined ? asked : asked.send(body);
  };
  return {
    status,
    admin,
    ask: (url: string) => service.ask.get(url),
    answer: upstream.answer.bind(upstream),
    offer: async (text: string, etag: string | null = null) => {
      upstream.answer(list(text, etag));
      return (await admin('post', 'refresh').expect(200)).body as { outcome: string; revision: number };
    },
    restart: async (meanwhile: () => Promise<void> = () => Promise.resolve()) => {
      await service.stop();
      await meanwhile();
      await start();
    },
    cidrs: async (host: string) => {
      const { body } = await service.ask.get(`/hosts/${host}`).expect(200);
      return (body as { addresses: { cidr: string }[] }).addresses.map(({ cidr }) => cidr);
    },
    newestRevision: async () =>
      (await service.ask.get('/revisions/latest').expect(200)).body as Record<string, unknown>,
  };
}

/** Lets upstream wait with an answer: `asked` resolves once it was asked for, `go` lets it go out. */
function gated(answer: (...answers: readonly Answer[]) => void, what: Answer) {
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  answer((request, response) => {
    asked.resolve();
    void gate.promise.then(() => what(request, response));
  });
  return { asked: asked.promise, go: gate.resolve };
}

describe('row 27: a list that is held', () => {
  it('waits with its digest and reason, and everyone is told', async () => {
    const { offer, admin, status, ask } = await operated();
    const before = (await ask('/addresses').expect(200)).text;
    expect(await offer(emptied)).toMatchObject({ outcome: 'held' });
    const { body } = await admin('get', 'held').expect(200);
    const [held] = (body as { held: { digest: string }[] }).held;
    expect(held).toMatchObject({ kind: 'list', reason: 'host-emptied', decision: null });
    expect((await status()).upstream.held).toEqual(held);
    const { text, headers } = await ask('/addresses').expect(200);
    expect(text).toBe(before);
    expect(headers['gatepost-freshness']).toMatch(/^held;/);
  });

  it('is served once an operator approves its digest, under that name and with the reason', async () => {
    const { offer, admin, newestRevision, cidrs, status } = await operated({ GRACE_DAYS: '0' });
    await offer(emptied);
    const { digest } = (await status()).upstream.held!;
    const { body } = await admin('post', `held/${digest}/approve`, { note: 'they said so by mail' }).expect(200);
    expect(body).toMatchObject({ outcome: 'published' });
    expect(await newestRevision()).toMatchObject({ cause: 'poll', by: 'ana', note: 'they said so by mail' });
    expect(await cidrs('get.replicated.com')).toEqual([]);
    expect((await status()).upstream.held).toBeNull();
    expect(await offer(emptied)).toMatchObject({ outcome: 'unchanged' });
  });

  it('of another content is not what was approved', async () => {
    const { offer, admin, status } = await operated();
    await offer(emptied);
    const { digest } = (await status()).upstream.held!;
    const other = edited((hosts) => {
      hosts['get.replicated.com']!.current = [];
      hosts['api.replicated.com']!.current = ['52.7.167.121'];
    });
    await offer(other);
    const { body } = await admin('post', `held/${digest}/approve`).expect(404);
    expect(body).toMatchObject({ type: '/problems/not-held', detail: expect.stringContaining('Held now: sha256-') });
    expect(await offer(other)).toMatchObject({ outcome: 'held' });
  });

  it('that an operator rejects goes on being held, and says by whom', async () => {
    const { offer, admin, status } = await operated();
    await offer(emptied);
    const { digest } = (await status()).upstream.held!;
    await admin('post', `held/${digest}/reject`, { note: 'a mistake' }).expect(200);
    expect(await offer(emptied)).toMatchObject({ outcome: 'held' });
    expect((await status()).upstream.held?.decision).toMatchObject({ kind: 'reject', by: 'ana', note: 'a mistake' });
  });

  it('ends to be held when upstream says again what is served', async () => {
    const { offer, status } = await operated();
    await offer(emptied);
    expect(await offer(newest)).toMatchObject({ outcome: 'unchanged' });
    expect((await status()).upstream.held).toBeNull();
    expect((await status()).freshness).toBe('fresh');
  });

  it('that an operator rejected is held also when nothing else would be doubted of it', async () => {
    const { offer, admin, status, newestRevision } = await operated({ GUARD_PROFILE: 'approve', GRACE_DAYS: '0' });
    await offer(longer);
    const { digest } = (await status()).upstream.held!;
    await admin('post', `held/${digest}/reject`, { note: 'not ours' }).expect(200);
    const more = longer.replace('52.7.167.120', '52.7.167.121');
    await offer(more);
    await admin('post', `held/${(await status()).upstream.held!.digest}/approve`).expect(200);
    const { revision } = await newestRevision();
    const both = longer.replace('"52.7.167.120"', '"52.7.167.120", "52.7.167.121"');
    await offer(both);
    await admin('post', `held/${(await status()).upstream.held!.digest}/approve`).expect(200);
    // Now it adds nothing to what is served, and so nothing of it is doubted.
    expect(await offer(longer)).toMatchObject({ outcome: 'held', reason: 'rejected' });
    expect((await status()).upstream.held).toMatchObject({ digest, detail: expect.stringContaining('not ours') });
    expect((await newestRevision())['revision']).toBe(Number(revision) + 1);
    expect((await admin('post', `held/${digest}/approve`).expect(200)).body).toMatchObject({ outcome: 'published' });
  });

  it('is any that adds something, where additions are approved', async () => {
    const { offer, status } = await operated({ GUARD_PROFILE: 'approve' });
    expect(await offer(longer)).toMatchObject({ outcome: 'held' });
    expect((await status()).upstream.held).toMatchObject({ reason: 'additions' });
  });
});

describe('a revision that is pinned', () => {
  it('is served and nothing else, through a restart, until it is unpinned', async () => {
    const store = path.join(await folder(), 'store.db');
    const { offer, admin, status, ask, restart, newestRevision, cidrs } = await operated({
      DATABASE_URL: `file:${store}`,
    });
    const was = (await ask('/version').expect(200)).body as { revision: number; digest: string };
    expect(await offer(longer)).toMatchObject({ outcome: 'published' });
    const { body } = await admin('put', 'pin', { revision: was.revision, note: 'the new one breaks us' }).expect(200);
    expect(body).toMatchObject({ revision: was.revision + 2, digest: was.digest });
    expect(await newestRevision()).toMatchObject({ cause: 'operator', by: 'ana', note: 'the new one breaks us' });
    await restart();
    expect((await ask('/requirements').expect(200)).headers['gatepost-freshness']).toMatch(/^pinned/);
    expect((await status()).pin).toMatchObject({ kind: 'pin', subject: String(was.revision), by: 'ana' });
    expect(await offer(longer)).toMatchObject({ outcome: 'pinned', revision: was.revision + 2 });
    expect((await admin('delete', 'pin').expect(200)).body).toMatchObject({ outcome: 'published' });
    expect(await cidrs('api.replicated.com')).toContain('52.7.167.120/32');
    expect((await status()).pin).toBeNull();
  });

  it('is let go of for what upstream says now, though upstream knows that we have it', async () => {
    const { offer, admin, ask, cidrs } = await operated();
    const { revision } = (await ask('/version').expect(200)).body as { revision: number };
    expect(await offer(longer, '"longer"')).toMatchObject({ outcome: 'published' });
    await admin('put', 'pin', { revision }).expect(200);
    expect(await cidrs('api.replicated.com')).not.toContain('52.7.167.120/32');
    expect((await admin('delete', 'pin').expect(200)).body).toMatchObject({ outcome: 'published' });
    expect(await cidrs('api.replicated.com')).toContain('52.7.167.120/32');
  });

  it('while a poll is under way keeps what the poll brings out, until the pin is over', async () => {
    const { admin, answer, ask, cidrs } = await operated();
    const { revision } = (await ask('/version').expect(200)).body as { revision: number };
    const { asked, go } = gated(answer, list(longer, '"longer"'));
    const poll = admin('post', 'refresh').then(({ body }) => body as { outcome: string });
    await asked;
    await admin('put', 'pin', { revision }).expect(200);
    go();
    expect(await poll).toMatchObject({ outcome: 'pinned' });
    expect(await cidrs('api.replicated.com')).not.toContain('52.7.167.120/32');
    expect((await admin('delete', 'pin').expect(200)).body).toMatchObject({ outcome: 'published' });
  });

  it('ends to be pinned when its time is over, and what it kept back is served without anyone asking', async () => {
    const file = path.join(await folder(), 'catalog.yaml');
    const shipped = await readFile(CATALOG, 'utf8');
    await writeFile(file, shipped);
    const { offer, admin, answer, ask, status, cidrs } = await operated({ CATALOG: file });
    const { revision } = (await ask('/version').expect(200)).body as { revision: number };
    const title = shipped.replace('title: Where the administrators sit', 'title: Where they sit');
    await writeFile(file, title);
    await until('the edit is served', async () => (await ask('/catalog')).text.includes('Where they sit'));
    const ends = new Date(Date.now() + 1_500).toISOString();
    await admin('put', 'pin', { revision, until: ends }).expect(200);
    expect((await ask('/catalog')).text).not.toContain('Where they sit');
    expect(await offer(longer)).toMatchObject({ outcome: 'pinned' });
    answer(list(longer, '"longer"'));
    await until('the pin is over', async () => (await status()).pin === null);
    await until('the list is served', async () => (await cidrs('api.replicated.com')).includes('52.7.167.120/32'));
    expect((await ask('/catalog')).text).toContain('Where they sit');
  });

  it.each([
    [{}, 'missing'],
    [{ revision: 'latest' }, 'whole number'],
    [{ revision: 1, until: 'tomorrow' }, 'RFC 3339'],
    [{ revision: 1, reason: 'x' }, 'no parameter "reason"'],
    [{ revision: [1] }, 'has to be text or a number'],
    [{ revision: 1, until: '2020-01-01T00:00:00Z' }, 'has passed already'],
  ])('is asked for in words that are understood: %j', async (body, words) => {
    const { admin } = await operated();
    const answer = await admin('put', 'pin', body).expect(400);
    expect((answer.body as { detail: string }).detail).toContain(words);
  });

  it('has to be one that there is', async () => {
    const { admin } = await operated();
    expect((await admin('put', 'pin', { revision: 99_999 }).expect(404)).body).toMatchObject({
      type: '/problems/unknown-revision',
    });
  });
});

describe('an address that is revoked', () => {
  const ADDRESS = '162.159.137.43/32';

  it('is off at once, stays off whatever the list says and through a restart, and can be let in again', async () => {
    const store = path.join(await folder(), 'store.db');
    const { offer, admin, cidrs, restart, newestRevision, status } = await operated({ DATABASE_URL: `file:${store}` });
    expect(await cidrs('api.replicated.com')).toContain(ADDRESS);
    const { body } = await admin('post', 'revoke', { cidr: '162.159.137.43', note: 'compromised' }).expect(200);
    expect(body).toMatchObject({ revoked: [ADDRESS] });
    expect(await newestRevision()).toMatchObject({ cause: 'operator', by: 'ana', note: 'compromised' });
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    await restart();
    expect(await offer(longer)).toMatchObject({ outcome: 'published' });
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    expect((await status()).revoked).toMatchObject([{ subject: ADDRESS, by: 'ana' }]);
    expect((await admin('delete', `revoke?cidr=${ADDRESS}`).expect(200)).body).toMatchObject({ outcome: 'published' });
    expect(await cidrs('api.replicated.com')).toContain(ADDRESS);
    expect((await status()).revoked).toEqual([]);
  });

  it('stays off though an older revision that has it is pinned, and when that is over', async () => {
    const { offer, admin, ask, cidrs } = await operated();
    const { revision } = (await ask('/version').expect(200)).body as { revision: number };
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    await offer(longer, '"longer"');
    await admin('put', 'pin', { revision }).expect(200);
    expect(await cidrs('api.replicated.com')).not.toContain('52.7.167.120/32');
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    await admin('delete', 'pin').expect(200);
    expect(await cidrs('api.replicated.com')).toContain('52.7.167.120/32');
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
  });

  it('can be taken off a revision that is pinned', async () => {
    const { admin, ask, cidrs, newestRevision } = await operated();
    const { revision } = (await ask('/version').expect(200)).body as { revision: number };
    await admin('put', 'pin', { revision }).expect(200);
    await admin('post', 'revoke', { cidr: ADDRESS, note: 'compromised' }).expect(200);
    expect(await newestRevision()).toMatchObject({ revision: revision + 1, cause: 'operator', note: 'compromised' });
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
  });

  it('is not let in by a poll that was under way', async () => {
    const { admin, answer, cidrs } = await operated();
    const { asked, go } = gated(answer, list(longer));
    const poll = admin('post', 'refresh').then(({ body }) => body as { outcome: string });
    await asked;
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    go();
    expect(await poll).toMatchObject({ outcome: 'published' });
    expect(await cidrs('api.replicated.com')).toContain('52.7.167.120/32');
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
  });

  it('can be let in again, though upstream knows that we had it', async () => {
    const { offer, admin, cidrs } = await operated();
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    await offer(longer, '"longer"');
    await admin('delete', `revoke?cidr=${ADDRESS}`).expect(200);
    expect(await cidrs('api.replicated.com')).toContain(ADDRESS);
  });

  it('is taken off at the next start where the decision is all that was stored', async () => {
    const store = path.join(await folder(), 'store.db');
    const { cidrs, restart, newestRevision } = await operated({ DATABASE_URL: `file:${store}` });
    await restart(async () => {
      const history = await History.open(sqliteDialect(store));
      const at = new Date().toISOString();
      const decision = {
        kind: 'revoke',
        subject: ADDRESS,
        host: null,
        by: 'ana',
        note: 'cut',
        at,
        until: null,
      } as const;
      await history.notes.decide('replicated', 1, decision);
      await history.close();
    });
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    expect(await newestRevision()).toMatchObject({ cause: 'operator', by: 'ana', note: 'cut' });
  });

  it('stays off though the store was lost', async () => {
    const store = path.join(await folder(), 'store.db');
    const { admin, cidrs, restart, offer, status } = await operated({ DATABASE_URL: `file:${store}` });
    await admin('post', 'revoke', { cidr: ADDRESS, note: 'compromised' }).expect(200);
    await restart(async () => {
      for (const end of ['', '-wal', '-shm']) await rm(`${store}${end}`, { force: true });
    });
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    await offer(longer);
    expect(await cidrs('api.replicated.com')).toContain('52.7.167.120/32');
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    expect((await status()).revoked).toMatchObject([{ subject: ADDRESS, by: 'ana', note: 'compromised' }]);
  });

  it('stays off also where a store begins anew beside what was decided', async () => {
    const home = await folder();
    const store = path.join(home, 'store.db');
    const { admin, answer, cidrs, restart, status } = await operated({ DATABASE_URL: `file:${store}` });
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    answer((_request, response) => void response.destroy());
    await restart(async () => {
      for (const name of await readdir(home)) if (!name.includes('decisions')) await rm(path.join(home, name));
    });
    expect((await status()).revoked).toMatchObject([{ subject: ADDRESS }]);
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
  });

  it('is not let in by a wider block around it, but by whoever approves that', async () => {
    const { offer, admin, cidrs, status } = await operated();
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    const around = edited((hosts) => hosts['api.replicated.com']!.current.push('162.159.137.0/24'));
    expect(await offer(around)).toMatchObject({ outcome: 'held', reason: 'around-revoked' });
    expect(await cidrs('api.replicated.com')).not.toContain('162.159.137.0/24');
    await admin('post', `held/${(await status()).upstream.held!.digest}/approve`).expect(200);
    expect(await cidrs('api.replicated.com')).toContain('162.159.137.0/24');
  });

  it('has to be revoked with the block that it is a part of', async () => {
    const around = edited((hosts) => hosts['api.replicated.com']!.current.push('162.159.137.0/24'));
    const { offer, admin, cidrs } = await operated();
    await offer(around);
    const { body } = await admin('post', 'revoke', { cidr: ADDRESS }).expect(404);
    expect((body as { detail: string }).detail).toContain('a part of 162.159.137.0/24 of api.replicated.com');
    expect(await cidrs('api.replicated.com')).toContain(ADDRESS);
    await admin('post', 'revoke', { cidr: '162.159.137.0/24' }).expect(200);
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    expect(await cidrs('get.replicated.com')).not.toContain(ADDRESS);
  });

  it('is one of many that are revoked at the same time, and all of them hold', async () => {
    const store = path.join(await folder(), 'store.db');
    const { admin, cidrs, restart, status } = await operated({ DATABASE_URL: `file:${store}` });
    const all = await cidrs('api.replicated.com');
    expect(all.length).toBeGreaterThan(2);
    await Promise.all(all.map((cidr) => admin('post', 'revoke', { cidr }).expect(200)));
    expect((await status()).revoked.map(({ subject }) => subject).toSorted()).toEqual(all.toSorted());
    await restart(() => rm(store));
    expect((await status()).revoked).toHaveLength(all.length);
    expect(await cidrs('api.replicated.com')).toEqual([]);
  });

  it('is let in again by a poll that was not under way before', async () => {
    const { offer, admin, answer, cidrs } = await operated();
    await offer(longer, '"longer"');
    await admin('post', 'revoke', { cidr: ADDRESS }).expect(200);
    await offer(longer, '"longer"');
    const { asked, go } = gated(answer, list(longer, '"longer"'));
    const poll = admin('post', 'refresh').then(({ body }) => body as { outcome: string });
    await asked;
    const restored = admin('delete', `revoke?cidr=${ADDRESS}`)
      .expect(200)
      .then(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    go();
    await Promise.all([poll, restored]);
    expect(await cidrs('api.replicated.com')).toContain(ADDRESS);
  });

  it('can be one of one host alone', async () => {
    const { admin, cidrs } = await operated();
    await admin('post', 'revoke', { cidr: ADDRESS, host: 'api.replicated.com' }).expect(200);
    expect(await cidrs('api.replicated.com')).not.toContain(ADDRESS);
    expect(await cidrs('get.replicated.com')).toContain(ADDRESS);
  });

  it.each([
    ['10.0.0.0/8', 404],
    ['nonsense', 400],
    ['1.2.3.4/33', 400],
  ])('has to be served: %s is refused with %i', async (cidr, code) => {
    const { admin, ask } = await operated();
    const before = (await ask('/version')).text;
    await admin('post', 'revoke', { cidr }).expect(code);
    expect((await ask('/version')).text).toBe(before);
  });
});

describe('an edit of the catalog that takes away most of what is needed', () => {
  it('is held until an operator approves it', async () => {
    const file = path.join(await folder(), 'catalog.yaml');
    const shipped = await readFile(CATALOG, 'utf8');
    await writeFile(file, shipped);
    const { admin, status, ask, newestRevision } = await operated({ CATALOG: file });
    const before = (await ask('/requirements').expect(200)).text;
    const cut = shipped
      .replaceAll('need: { online: required, airgap: not-required }', 'need: not-required')
      .replaceAll(/need: required$/gm, 'need: not-required');
    expect(cut).not.toBe(shipped);
    await writeFile(file, cut);
    await until('the edit is held', async () => (await status()).catalog.held !== null);
    expect((await ask('/requirements').expect(200)).text).toBe(before);
    const { digest, reason } = (await status()).catalog.held!;
    expect(reason).toBe('requirements-gone');
    await admin('post', `held/${digest}/approve`, { note: 'meant so' }).expect(200);
    expect(await newestRevision()).toMatchObject({ cause: 'catalog', by: 'ana', note: 'meant so' });
    expect((await status()).catalog.held).toBeNull();
  });
});
