import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnreadableList } from '../../src/upstream/decode.js';
import { findSeed, readSeed } from '../../src/upstream/seed.js';
import { NEWEST, VERSIONS, held, publishedAt, versionBytes } from './lists.js';

const CATALOGS = fileURLToPath(new URL('../../catalogs/', import.meta.url));
const HISTORY = path.join(CATALOGS, 'replicated.history.jsonl');

interface Line {
  readonly committedAt: string;
  readonly commit: string;
  readonly body: string;
}

async function shippedLines(): Promise<Line[]> {
  const text = await readFile(HISTORY, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

describe('the history that ships', () => {
  it('is every true version of the list, byte for byte, at the time it was published', async () => {
    const lines = await shippedLines();
    expect(lines.map(({ committedAt }) => committedAt)).toEqual(VERSIONS.map(publishedAt));
    for (const [i, { body }] of lines.entries()) {
      expect(Buffer.from(body).equals(versionBytes(VERSIONS[i]!)), VERSIONS[i]).toBe(true);
    }
  });

  it('names the commit of each version, as the index of the list has it', async () => {
    const index = JSON.parse(versionBytes('index.json').toString('utf8')) as { file: string; commit: string }[];
    const commits = new Map(index.map(({ file, commit }) => [file, commit]));
    const lines = await shippedLines();
    expect(lines.map(({ commit }) => commit)).toEqual(VERSIONS.map((name) => commits.get(name)));
  });

  it('is read as its newest list, whose bytes have the SHA-256 of the file', async () => {
    const seed = await readSeed(HISTORY);
    expect(seed.committedAt).toBe('2023-04-06T17:22:29Z');
    expect(seed.sha256).toBe(createHash('sha256').update(versionBytes(NEWEST)).digest('hex'));
    expect(seed.list.hosts).toHaveLength(10);
    expect(seed.list.addresses).toHaveLength(33);
    expect(seed.addresses).toHaveLength(33);
  });

  it.each([
    ['api.replicated.com', '162.159.137.43/32', '2020-10-29T16:56:22Z'],
    ['api.replicated.com', '2606:4700:7::a29f:892b/128', '2021-01-13T19:53:57Z'],
    // The same address is as old as each host's own.
    ['proxy-auth.replicated.com', '2606:4700:7::a29f:892b/128', '2023-04-06T17:22:29Z'],
    // Taken off by mistake on 2021-01-13 and put back on 2021-01-15: first seen when it first came.
    ['get.replicated.com', '34.194.217.225/32', '2018-07-13T15:51:14Z'],
    ['get.replicated.com', '34.200.116.158/32', '2018-07-13T15:51:14Z'],
    ['k8s.kurl.sh', '50.19.197.213/32', '2020-03-07T22:40:11Z'],
    ['replicated.app', '162.159.133.41/32', '2020-10-29T16:56:22Z'],
    ['general', '141.193.148.0/24', '2020-08-13T22:17:34Z'],
  ])('has seen %s at %s since %s', async (host, cidr, firstSeenAt) => {
    const { addresses } = await readSeed(HISTORY);
    const status = host === 'general' ? 'announced' : 'current';
    expect(addresses.filter((address) => address.host === host && address.cidr === cidr)).toEqual([
      held(host, cidr, { firstSeenAt, status }),
    ]);
  });
});

describe('a history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-seed-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(lines: readonly string[]): Promise<string> {
    const file = path.join(folder, 'own.history.jsonl');
    await writeFile(file, `${lines.join('\n')}\n`);
    return file;
  }

  const version = (committedAt: string, body: string) => JSON.stringify({ committedAt, commit: '0', body });

  it('is read whole, oldest first: an address is as old as its first version', async () => {
    const file = await write([
      version('2026-01-01T00:00:00Z', '{"a.com":{"current":["1.0.0.1","1.0.0.2"]}}'),
      version('2026-02-01T00:00:00Z', '{"a.com":{"current":["1.0.0.2"]},"b.com":{}}'),
      version('2026-03-01T00:00:00Z', '{"a.com":{"current":["1.0.0.1","1.0.0.3"]},"c.com":{"current":["1.0.0.1"]}}'),
    ]);
    const seed = await readSeed(file);
    expect(seed.list.hosts).toEqual(['a.com', 'c.com']);
    expect(seed.addresses).toEqual([
      held('a.com', '1.0.0.1/32', { firstSeenAt: '2026-01-01T00:00:00Z' }),
      held('a.com', '1.0.0.3/32', { firstSeenAt: '2026-03-01T00:00:00Z' }),
      held('c.com', '1.0.0.1/32', { firstSeenAt: '2026-03-01T00:00:00Z' }),
    ]);
  });

  it('is refused with any version that is no list, however old', async () => {
    const file = await write([
      version('2026-01-01T00:00:00Z', '{"a.com":{"current":["1.0.0"]}}'),
      version('2026-02-01T00:00:00Z', '{"a.com":{"current":["1.0.0.1"]}}'),
    ]);
    await expect(readSeed(file)).rejects.toThrow(UnreadableList);
  });

  it('is refused without a version', async () => {
    await expect(readSeed(await write([]))).rejects.toThrow('has no list');
  });

  it('is looked for beside the catalog first, then among those that ship', async () => {
    const catalog = path.join(folder, 'own.yaml');
    expect(await findSeed(catalog, 'own.history.jsonl')).toBeUndefined();
    expect(await findSeed(catalog, 'replicated.history.jsonl')).toBe(HISTORY);
    const own = await write([version('2026-01-01T00:00:00Z', '{}')]);
    expect(await findSeed(catalog, 'own.history.jsonl')).toBe(own);
    const beside = path.join(folder, 'replicated.history.jsonl');
    await writeFile(beside, version('2026-01-01T00:00:00Z', '{}'));
    expect(await findSeed(catalog, 'replicated.history.jsonl')).toBe(beside);
  });
});
