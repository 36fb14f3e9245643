import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/ops/log.js';
import { createService } from '../../src/service.js';
import { linesOf } from '../../src/store/history-lines.js';
import { trueList } from '../e2e/service.js';
import { fakeUpstream, list, type Answer } from '../fake-upstream.js';
import { historyOf, shippedOptions, trueLists } from '../publish/past.js';
import { SAID_TO_BE_AT, type CurlRequest } from './shell.js';
import type { Answered } from './shown.js';

const CATALOGS = fileURLToPath(new URL('../../catalogs/', import.meta.url));

/** The newest list that ships with the service of the pages: the history of a year in which much changed follows. */
const SHIPPED_UNTIL = '2020-11-16T19:32:32.000Z';

/** When upstream published what, truly. The service of the pages reads each a few minutes later. */
const PUBLISHED = [
  ['2020-11-16T193232Z', '2020-11-16T19:45:00Z'],
  ['2021-01-13T195357Z', '2021-01-13T20:00:00Z'],
  ['2021-01-15T185407Z', '2021-01-15T19:00:00Z'],
  ['2021-10-28T070256Z', '2021-10-28T07:15:00Z'],
  ['2021-10-28T181751Z', '2021-10-28T18:30:00Z'],
  ['2023-04-06T172229Z', '2023-04-06T17:30:00Z'],
] as const;

/** The service that the pages ask. */
export interface AskedService {
  readonly url: string;
  /** Sends what a curl command says. */
  send(asked: CurlRequest): Promise<Answered>;
  stop(): Promise<void>;
}

/** A service with a past: each list that upstream published was read in its time, so that every answer is known. */
export async function serviceWithPast(): Promise<AskedService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-docs-'));
  await cp(path.join(CATALOGS, 'replicated.yaml'), path.join(folder, 'replicated.yaml'));
  const past = historyOf(await trueLists(), await shippedOptions(), SHIPPED_UNTIL);
  const { revision, content } = past.findLast(({ revision }) => revision.publishedAt <= SHIPPED_UNTIL)!;
  const only = { revision: { ...revision, revision: 1, previous: null }, content };
  await writeFile(path.join(folder, 'replicated.history.jsonl'), [...linesOf('replicated', [only])].join('\n'));

  let now: string = PUBLISHED[0][1];
  // A list as it was answered in its time: who is told another date than its own doubts its clock.
  const inItsTime =
    (name: string): Answer =>
    (request, response) => {
      response.setHeader('Date', new Date(now).toUTCString());
      list(trueList(name))(request, response);
    };
  const upstream = await fakeUpstream(inItsTime(PUBLISHED[0][0]));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: ':memory:',
    CATALOG: path.join(folder, 'replicated.yaml'),
    UPSTREAM_URL: upstream.url.href,
    LOG_LEVEL: 'silent',
    ADMIN_TOKENS: 'docs:a-token',
    // Years pass in a second here: nothing can be seen twice, and what leaves the list is gone by the next one.
    SOAK_SECONDS: '0',
    GRACE_DAYS: '0',
  });
  const service = await createService(config, createLog(config.logLevel), () => new Date(now));
  const url = await service.start();
  const poll = async (what: string) => {
    const answer = await fetch(`${url}/admin/refresh`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-token' },
    });
    const { outcome } = (await answer.json()) as { outcome: string };
    if (outcome === 'failed' || outcome === 'held') throw new Error(`The list ${what} was not taken: ${outcome}.`);
  };
  for (const [name, readAt] of PUBLISHED) {
    now = readAt;
    upstream.answer(inItsTime(name));
    await poll(name);
  }
  // A clock that jumps over years is believed again when upstream's agrees with it in two polls in a row.
  for (const time of ['second', 'third']) await poll(`of ${now}, a ${time} time,`);
  now = '2023-04-06T17:40:00Z';
  return {
    url,
    send: (asked) => send(url, asked),
    async stop() {
      await service.stop(0);
      await upstream.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** As curl does it: no header of its own beside those that are given, no compression, no redirect followed. */
function send(base: string, { method, url, headers, body }: CurlRequest): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const target = new URL(url.href.replace(SAID_TO_BE_AT, base));
    const sent = request(target, { method, headers: { ...headers }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = answer;
        const text = Buffer.concat(chunks).toString();
        resolve({ status: statusCode, statusText: statusMessage, headers: answer.headers, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
