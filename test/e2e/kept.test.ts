import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../src/answer/kept-answers.js';
import { startPublishing, type Publishing } from '../graphql/publishing.js';
import { startService } from './service.js';

let publishing: Publishing;
beforeAll(async () => {
  publishing = await startPublishing();
});
afterAll(() => publishing.stop());

/** A request as any client may put it. */
interface Put {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is the connection's, or told anew each time. */
const OF_THE_MOMENT = ['date', 'connection', 'keep-alive', 'gatepost-freshness', 'x-request-id', 'transfer-encoding'];
const lasting = (headers: object) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_THE_MOMENT.includes(name))
      .map(([name, value]) => [name, String(value)]),
  );

/** Through the front door, over the network. */
async function sent({ method, url, headers, body }: Put): Promise<Got> {
  const socket = connect(Number(new URL(publishing.service.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  socket.write(
    `${method} ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join('')}${length}\r\n${body ?? ''}`,
  );
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  const text = Buffer.concat(chunks).toString('latin1');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const pairs = fields.map((field) => [
    field.slice(0, field.indexOf(':')).toLowerCase(),
    field.slice(field.indexOf(':') + 2),
  ]);
  return {
    status: Number(first.split(' ')[1]),
    headers: lasting(Object.fromEntries(pairs)),
    body: rest.join('\r\n\r\n'),
  };
}

/** Behind it: every answer is computed. */
async function computed({ method, url, headers, body }: Put): Promise<Got> {
  const server = publishing.service.app.getHttpAdapter().getInstance();
  const answer = await server.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  // Nothing is sent after the headers to HEAD; here nobody takes it away.
  const text = method === 'HEAD' ? '' : answer.rawPayload.toString('latin1');
  return { status: answer.statusCode, headers: lasting(answer.headers), body: text };
}

const PATHS = [
  '/requirements',
  '/hosts',
  '/addresses',
  '/ports',
  '/tasks',
  '/version',
  '/revisions',
  '/changes',
  '/upcoming',
  '/feed.atom',
  '/feed.json',
  '/diff',
  '/exports/nftables',
  '/exports/csv',
  '/exports',
  '/openapi.json',
  '/status',
  '/requirements/replicated/upgrade/online/api.replicated.com',
  '/hosts/api.replicated.com',
  '/lookup',
  '/nowhere',
  '/exports/panos-ip/replicated/upgrade/online',
  '/problems/not-found',
  '/health/ready',
  '/catalog',
  '/graphql',
];
const PARAMETERS = [
  'task=upgrade',
  'task=app-upgrade',
  'task=install,upgrade',
  'task=none',
  'mode=online',
  'mode=airgap',
  'port=443',
  'family=ipv4',
  'status=current',
  'at=1',
  'at=2018-01-01',
  'from=1',
  'q=162.159.137.43',
  'first=2',
  'need=required',
  'query=%7Bproduct%7Bname%7D%7D',
  'query=%7Bstatus%7Bfreshness%7D%7D',
  'task=%ff',
  'aggregate=true',
  'strict=true',
];
const DOCUMENTS = [
  '{"query":"{product{name}}"}',
  '{"query":"{ product { name } }"}',
  '{"query":"{status{freshness}}"}',
  '{"query":"{nothing}"}',
  '{"query":"query($s:SelectionInput){requirements(selection:$s){nodes{ref}}}","variables":{"s":{"task":"upgrade"}}}',
  '{"query":"{tasks(selection:{task:\\"app-upgrade\\"}){nodes{name}}}"}',
  '[]',
  '{',
  '{"query":"{revision(at:\\"1\\"){revision}}"}',
];

const header = (name: string, ...values: readonly string[]) =>
  fc.oneof(
    fc.constant({}),
    fc.constantFrom(...values).map((value) => ({ [name]: value })),
  );
const headers = fc
  .tuple(
    header(
      'accept',
      '*/*',
      'application/json',
      'text/csv',
      'text/html',
      'image/png',
      'application/graphql-response+json',
    ),
    header('accept-encoding', 'br', 'gzip', 'gzip, br;q=0.5', 'identity', 'identity;q=0, *;q=0', 'br, gzip, deflate'),
    header('apollo-require-preflight', 'true'),
    header('x-forwarded-for', '192.0.2.1'),
    header('origin', 'https://portal.example.com'),
    header('content-encoding', 'gzip', 'identity'),
    header('if-none-match', '*', '"nothing"', 'W/"nothing", "else"'),
  )
  .map((all): Record<string, string> => Object.assign({}, ...all));
const read = fc
  .record({
    method: fc.constantFrom('GET' as const, 'GET' as const, 'HEAD' as const),
    path: fc.constantFrom(...PATHS),
    query: fc.array(fc.constantFrom(...PARAMETERS), { maxLength: 3 }),
    headers,
  })
  .map(({ method, path, query, headers }): Put => ({
    method,
    url: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers,
  }));
const posted = fc
  .record({
    body: fc.constantFrom(...DOCUMENTS),
    type: fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'text/plain',
      'application/json; charset=utf-16',
    ),
    headers,
  })
  .map(({ body, type, headers }): Put => ({
    method: 'POST',
    url: '/graphql',
    headers: { ...headers, 'content-type': type },
    body,
  }));
const put = fc.oneof({ weight: 3, arbitrary: read }, { weight: 1, arbitrary: posted });

describe('a kept answer', () => {
  it('is the computed one, for any request and any order of refreshes', { timeout: 120_000 }, async () => {
    const steps = fc.array(
      fc.oneof({ weight: 8, arbitrary: put }, { weight: 1, arbitrary: fc.constant('publish' as const) }),
      {
        minLength: 4,
        maxLength: 12,
      },
    );
    let which: 'with' | 'without' = 'with';
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        for (const step of all) {
          if (step === 'publish') {
            await publishing.publish(which);
            which = which === 'with' ? 'without' : 'with';
            continue;
          }
          const first = await sent(step);
          // What is wanted a second time is kept, and the third time it is sent from there.
          expect(await sent(step), JSON.stringify(step)).toEqual(first);
          const again = await sent(step);
          const without = await computed(step);
          expect(first.status).toBeLessThan(500);
          expect(again, JSON.stringify(step)).toEqual(first);
          expect(again, JSON.stringify(step)).toEqual(without);
          const { etag } = again.headers;
          if (etag === undefined || step.method === 'POST') continue;
          const conditional = { ...step, headers: { ...step.headers, 'if-none-match': etag } };
          const known = await sent(conditional);
          expect(known.status).toBe(304);
          expect(known).toEqual(await computed(conditional));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('what clients ask again and again', () => {
  const HOT = '/requirements?task=upgrade&mode=online';

  it('is ready in the next revision before that is served', async () => {
    const { service } = publishing;
    const kept = service.app.get(KeptAnswers);
    const ready = (url: string) => kept.find({ url, headers: { accept: 'application/json' } } as never);
    for (let i = 0; i < 3; i++)
      await service.ask.get(HOT).set('Accept', 'application/json').set('Accept-Encoding', '').expect(200);
    const before = ready(HOT);
    expect(before).toBeDefined();
    await publishing.publish((await service.ask.get('/addresses')).text.includes('52.7.167.120') ? 'without' : 'with');
    const after = ready(HOT);
    expect(after).toBeDefined();
    expect(after?.etag).not.toBe(before?.etag);
    expect(ready('/ports')).toBeUndefined();
  });

  it('stays kept, whatever variety of questions comes once', async () => {
    const { service } = publishing;
    const kept = service.app.get(KeptAnswers);
    const ready = () => kept.find({ url: HOT, headers: {} } as never);
    const ask = (url: string) =>
      fetch(new URL(url, service.url), { headers: { accept: '*/*' } }).then((answer) => answer.text());
    for (let i = 0; i < 3; i++) await service.ask.get(HOT).set('Accept-Encoding', '').expect(200);
    expect(ready()).toBeDefined();
    for (let i = 1; i <= 1_500; i++) await ask(`/requirements?port=443,${i}`);
    expect(ready()).toBeDefined();
  });
});

describe('the limit of requests', () => {
  it('holds for what is kept as for all else', async () => {
    const service = await startService({ RATE_LIMIT: '5' });
    try {
      const answers = [];
      for (let i = 0; i < 7; i++) answers.push(await service.ask.get('/requirements'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(answers.map(({ headers }) => headers['ratelimit']?.replace(/t=\d+/, 't'))).toEqual(
        [4, 3, 2, 1, 0, 0, 0].map((left) => `"default";r=${left};t`),
      );
      await service.ask.get('/version').expect(200);
    } finally {
      await service.stop();
    }
  });
});

describe('a body that is read before the framework is asked', () => {
  it.each([
    ['in pieces', (text: string) => text.split('')],
    ['at once', (text: string) => [text]],
  ])('comes to it whole, sent %s', async (_how, pieces) => {
    const body = '{"query":"{ product { name } nothing }"}';
    const socket = connect(Number(new URL(publishing.service.url).port), '127.0.0.1');
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    for (const piece of pieces(body)) socket.write(piece);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(socket, 'end');
    expect(text).toContain('HTTP/1.1 400');
    expect(text).toContain('Cannot query field \\"nothing\\"');
  });

  it('of a client that goes away in the middle of it disturbs nobody', async () => {
    const { service } = publishing;
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await once(socket, 'connect');
    socket.destroy();
    await service.ask.get('/version').expect(200);
  });
});
