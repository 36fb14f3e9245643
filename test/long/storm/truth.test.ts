import { expect, it } from 'vitest';
import { fakeUpstream, reply } from '../../fake-upstream.js';
import { Client, type Answer } from './client.js';
import type { Probe } from '../../faults/probe.js';
import { Truth, type Wrong } from './truth.js';

const PROBE: Probe = { method: 'GET', path: '/hosts', body: null };
const RIGHT: Answer = { status: 200, revision: '7', etag: '"a"', body: Buffer.from('right, and long enough'), ms: 1 };

/** What is told of answers when revision 7 is learned in the middle of them. */
async function toldOf(...answers: readonly Partial<Answer>[]): Promise<readonly Wrong['kind'][]> {
  const told: Wrong['kind'][] = [];
  const truth = new Truth(({ kind }) => told.push(kind));
  const service = await fakeUpstream(reply(200, { 'gatepost-revision': '7', etag: '"a"' }, RIGHT.body));
  const client = new Client(service.port);
  const half = Math.ceil(answers.length / 2);
  for (const answer of answers.slice(0, half)) truth.check(PROBE, { ...RIGHT, ...answer });
  await truth.learn(client, [PROBE]);
  for (const answer of answers.slice(half)) truth.check(PROBE, { ...RIGHT, ...answer });
  client.close();
  await service.close();
  return [...told, ...truth.unexplained().map((): Wrong['kind'] => 'body')];
}

it.each<[what: string, answer: Partial<Answer>, told: readonly Wrong['kind'][]]>([
  ['what its revision has', {}, []],
  ['304 with the right tag', { status: 304, body: Buffer.alloc(0) }, []],
  ['304 with another tag', { status: 304, etag: '"b"', body: Buffer.alloc(0) }, ['body']],
  ['other bytes', { body: Buffer.from('wrong, and long enough') }, ['body']],
  ['other bytes under another tag', { etag: '"b"' }, ['body']],
  ['nothing', { body: Buffer.alloc(0) }, ['body', 'empty']],
  ['no revision', { revision: null }, ['body']],
  ['a revision that nobody learned of', { revision: '8' }, ['body']],
  ['an error', { status: 503 }, ['status']],
])('a storm tells of an answer that is %s, early or late', async (_what, answer, told) => {
  expect(await toldOf(answer)).toEqual(told);
  expect(await toldOf({}, answer)).toEqual(told);
});
