import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CHANGES, REVISIONS, longHistory } from './long-history.ts';
import { built } from './built.ts';

/** A store with the long history: the one that is there, or else made now. Returns its file. */
export async function makeStore(folder: string, say: (text: string) => void): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'long-history.db');
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) {
    say(`${file} is there already; remove it to have it made anew.`);
    return file;
  }
  const unfinished = `${file}.unfinished`;
  for (const end of ['', '-wal', '-shm']) rmSync(unfinished + end, { force: true });
  const { History, sqliteDialect, byHost, digestOf, namesOf, loadCatalog } = await built();
  const { catalog, sha256 } = await loadCatalog(path.join(import.meta.dirname, '../catalogs/replicated.yaml'));
  const hosts = catalog.endpoints.flatMap(namesOf);
  const history = await History.open(sqliteDialect(unfinished));
  const begun = performance.now();
  let revision = 0;
  for (const { publishedAt, content } of longHistory(catalog, hosts, byHost)) {
    revision++;
    const digest = digestOf(content);
    await history.publish(
      {
        revision,
        digest,
        publishedAt,
        previous: revision === 1 ? null : revision - 1,
        cause: 'poll',
        by: null,
        note: null,
        upstream: {
          url: 'https://example.com/list.json',
          sha256: digest.slice('sha256-'.length),
          fetchedAt: publishedAt,
        },
        catalog: { sha256 },
      },
      content,
    );
    if (revision % 500 === 0) {
      const seconds = (performance.now() - begun) / 1000;
      say(`${revision} of ${REVISIONS} revisions, ${((1000 * seconds) / revision).toFixed(1)} ms each`);
    }
  }
  await history.close();
  const database = new DatabaseSync(unfinished);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  renameSync(unfinished, file);
  say(`made ${REVISIONS} revisions with ${CHANGES} changes each`);
  return file;
}
