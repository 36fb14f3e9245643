import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/catalog.js';
import { addressesIn, partsOf } from '../../src/upstream/list-parts.js';
import { readList } from '../../src/upstream/read-list.js';
import { VERSIONS, versionBytes } from './lists.js';

// A thread runs a program, so these are of the built one, as tests of the process are.
const file = new URL('../../dist/upstream/read-apart.js', import.meta.url).href;
const { readApart } = (await import(file)) as typeof import('../../src/upstream/read-apart.js');

const LIMITS = { ...DEFAULT_LIMITS, bytes: 2 ** 24, addresses: 100_000 };
const { signal } = new AbortController();

/** A list of so many addresses of two hosts, some of them announced or to be removed. */
function listOf(addresses: number): Uint8Array {
  const blocks = Array.from({ length: addresses }, (_, i) => `20.${i >> 8}.${i & 255}.0/24`);
  const half = Math.ceil(addresses / 2);
  return Buffer.from(
    JSON.stringify({
      'b.example.com': { current: blocks.slice(0, half), upcoming: [{ '2030-01-01': { rm: blocks.slice(0, 3) } }] },
      'a.example.com': { current: blocks.slice(half), future: ['30.0.0.1'], '2031-01-01': ['30.0.0.2'] },
      'empty.example.com': {},
    }),
  );
}

describe('a list that is read in a thread', () => {
  it('is the same as one that is read here', async () => {
    const bytes = listOf(12_345);
    const here = readList(bytes, LIMITS);
    expect(here.list.addresses).toHaveLength(12_347);
    expect(await readApart(Uint8Array.from(bytes), LIMITS, signal)).toEqual(here);
  });

  it('is refused with the same words', async () => {
    const text = Buffer.from(listOf(12_345)).toString();
    for (const broken of [text.slice(0, -9), text.replace('20.0.9.0/24', '20.0.9.1/24'), text.replace('future', 'x')]) {
      const bytes = Buffer.from(broken);
      let here: unknown;
      try {
        readList(bytes, LIMITS);
      } catch (error) {
        here = error;
      }
      const apart: unknown = await readApart(bytes, LIMITS, signal).catch((error: unknown) => error);
      const { name, message, reason, pointer } = here as Error & { reason: string; pointer: string };
      expect(apart).toMatchObject({ name, message, reason, pointer });
    }
  });

  it('that can never be served is told with its place', async () => {
    const text = Buffer.from(listOf(12_345)).toString().replace('20.0.9.0/24', '10.0.9.0/24');
    const read = await readApart(Buffer.from(text), LIMITS, signal);
    expect(read).toMatchObject({
      verdict: { verdict: 'reject', reason: 'special-purpose' },
      place: '/b.example.com/current/9',
    });
  });

  it('is not waited for when the service stops', async () => {
    const stopping = new AbortController();
    const reading = readApart(Uint8Array.from(listOf(12_345)), LIMITS, stopping.signal);
    stopping.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the parts of a list', () => {
  it.each(VERSIONS)('have all of %s', (name) => {
    const { list } = readList(versionBytes(name), DEFAULT_LIMITS);
    expect([...partsOf(list)].flatMap((part) => addressesIn(part, list.hosts))).toEqual(list.addresses);
  });
});
