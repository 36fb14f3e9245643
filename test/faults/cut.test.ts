import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/catalog.js';
import { digestOfList } from '../../src/model/list-digest.js';
import { UnreadableList } from '../../src/upstream/decode.js';
import { FetchFailed } from '../../src/upstream/fetch-failed.js';
import { fetchList } from '../../src/upstream/fetch.js';
import { parseList } from '../../src/upstream/parse.js';
import { fakeUpstream, type FakeUpstream } from '../fake-upstream.js';
import { NEWEST, versionBytes } from '../upstream/lists.js';

const BYTES = versionBytes(NEWEST);
/** A list without its last line break is the list. */
const END = BYTES.toString('latin1').trimEnd().length;
const TRUE = digestOfList(parseList(BYTES, DEFAULT_LIMITS));
const LANES = 8;

const FRAMINGS = {
  'short of its length': `content-length: ${BYTES.length}\r\n\r\n`,
  'in its chunk': `transfer-encoding: chunked\r\n\r\n${BYTES.length.toString(16)}\r\n`,
  'at the end of the connection': 'connection: close\r\n\r\n',
} as const;

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await fakeUpstream(({ url, socket }) => {
    const asked = new URL(url ?? '', 'http://upstream').searchParams;
    const framing = FRAMINGS[asked.get('framing') as keyof typeof FRAMINGS];
    socket.write(`HTTP/1.1 200 OK\r\n${framing}`);
    socket.end(BYTES.subarray(0, Number(asked.get('cut'))));
  });
});
afterAll(() => upstream.close());

/** The digest of the list that comes of a body cut there, or why none does. */
async function readCut(framing: string, cut: number): Promise<string> {
  const url = new URL(upstream.url);
  url.search = new URLSearchParams({ framing, cut: String(cut) }).toString();
  try {
    const { signal } = new AbortController();
    const options = { etag: null, mostBytes: 1_048_576, deadlineMs: 60_000, signal, now: new Date('2026-01-01') };
    const fetched = await fetchList(url, options);
    return fetched.kind === 'body' ? digestOfList(parseList(fetched.body, DEFAULT_LIMITS)) : fetched.kind;
  } catch (error) {
    if (error instanceof FetchFailed || error instanceof UnreadableList) return error.reason;
    throw error;
  }
}

it.each(Object.keys(FRAMINGS) as (keyof typeof FRAMINGS)[])(
  'row 8: the newest list is never read where it is cut %s, at any byte',
  { timeout: 240_000 },
  async (framing) => {
    const came = BYTES.toJSON().data.map(() => '');
    let next = 0;
    const lane = async () => {
      for (let cut = next++; cut < BYTES.length; cut = next++) came[cut] = await readCut(framing, cut);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const expected = framing === 'at the end of the connection' ? 'not-json' : 'network';
    expect(new Set(came.slice(0, END))).toEqual(new Set([expected]));
    // Only white space is missing: that is the list, or nothing.
    for (const one of came.slice(END)) expect([TRUE, 'network']).toContain(one);
  },
);
