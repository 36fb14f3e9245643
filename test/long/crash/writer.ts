import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Content } from '../../../src/model/revision.ts';
import { built } from './built.ts';

// Publishes revisions into a store, over the real history and its copy, and says of each that it is there: the number and
// digest of what anyone could have been answered from. Is killed in the middle of that.
// Words: the store, how many revisions, the catalog's file.

const [store, count, catalogFile] = process.argv.slice(2) as [string, string, string];
const { openStore, digestOf, readCatalog } = await built();
const { catalog } = readCatalog(catalogFile, await readFile(catalogFile));
const { history, mended } = await openStore(store, () => new Date());
// Synchronous: what was said was said, whatever comes next.
const say = (line: string) => writeSync(1, `${line}\n`);
for (const sentence of mended) say(`mended ${sentence}`);
let head = (await history.head(catalog.product))?.revision ?? null;
say(`ready ${head?.revision ?? 0}`);
for (let i = 0; i < Number(count); i++) {
  const number = (head?.revision ?? 0) + 1;
  const content = contentOf(number);
  const revision = {
    revision: number,
    digest: digestOf(content),
    publishedAt: new Date(
      Math.max(Date.now(), Date.parse(head?.publishedAt ?? '1970-01-01T00:00:00Z') + 1),
    ).toISOString(),
    previous: head?.revision ?? null,
    cause: 'poll' as const,
    by: null,
    note: `${process.pid}`,
    upstream: { url: 'http://127.0.0.1/', sha256: 'a'.repeat(64), fetchedAt: new Date().toISOString() },
    catalog: { sha256: 'c'.repeat(64) },
  };
  await history.publish(revision, content);
  say(`there ${number} ${revision.digest} ${revision.publishedAt}`);
  head = revision;
}
say('done');
await history.close();

/** Some addresses stay, some change each time; each seventh revision has another catalog. */
function contentOf(number: number): Content {
  const address = (last: string) => ({
    host: 'api.replicated.com',
    cidr: `${last}/32` as Content['addresses'][number]['cidr'],
    status: 'current' as const,
    source: 'published' as const,
    firstSeenAt: '2026-01-01T00:00:00Z',
    effectiveFrom: null,
    announcedRemovalAt: null,
    removedAt: null,
    retireAt: null,
  });
  const changing = [20, 21, 22].map((first) =>
    address(`${first}.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`),
  );
  const title = number % 7 === 0 ? `${catalog.title} ${number}` : catalog.title;
  return {
    catalog: { ...catalog, title },
    listedHosts: ['api.replicated.com'],
    addresses: [address('19.0.0.1'), ...changing],
  };
}
