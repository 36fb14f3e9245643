import { execFile } from 'node:child_process';
import { cp, link, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealOf } from '../../src/store/history-form.js';
import { startProcess } from '../e2e/process.js';
import { CATALOG, LISTS, SEED, linesIn } from '../publish/past.js';
import { query } from '../store/stores.js';
import { gatepost, said } from './program.js';

const KILLS = 6;
const MOST_KILLS_MS = 60_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-history-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const store = (name: string) => `file:${path.join(folder, name)}`;
const exported = (database: string) => said(['history', 'export', '--database', database]);
const imported = (source: string, database: string) => said(['history', 'import', source, '--database', database]);

/** Versions of a list in a folder: name of the file → its text. */
async function versions(files: Readonly<Record<string, string>>): Promise<string> {
  const location = path.join(folder, 'versions');
  await mkdir(location);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(location, name), text);
  return location;
}

describe('an import of dated lists', () => {
  it('says of each what it made, and is what ships', async () => {
    const lines = (await imported(LISTS, store('a.db'))).trimEnd().split('\n');
    expect(lines.filter((line) => / of 22: /.test(line))).toHaveLength(22);
    expect(lines.filter((line) => line.startsWith('grace ended: '))).toHaveLength(5);
    expect(lines[0]).toBe('1 of 22: 2016-05-17T23:02:40Z revision 1 +14 −0');
    expect(lines).toContain('18 of 22: 2021-01-13T19:53:57Z revision 21 +10 −17');
    expect(lines).toContain('grace ended: 2021-02-12T19:53:57.000Z revision 23, 15 retired');
    expect(lines.at(-1)).toBe('The history of replicated has 27 revisions.');
    const revisions = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{"revision"'))
        .map((line) => (JSON.parse(line) as { revision: { publishedAt: string } }).revision.publishedAt);
    expect(revisions(await exported(store('a.db')))).toEqual(revisions(await readFile(SEED, 'utf8')));
  });

  it('tells what the guard would have said, what changed nothing, and what cannot be read, and goes on', async () => {
    const first = await readFile(path.join(LISTS, '2023-04-06T172229Z.json'), 'utf8');
    const location = await versions({
      '2023-04-06T172229Z.json': first,
      '2023-04-07T000000Z.json': JSON.stringify(JSON.parse(first)),
      '2023-04-08T000000Z.json': '<html>Bad gateway</html>',
      '2023-04-09T000000Z.json': '{"k8s.kurl.sh":{"current":["50.19.197.213"]}}',
      'README.md': 'No version of the list.',
      'index.json': '[]',
      'latest.json': first,
      '2023-02-30T000000Z.json': first,
    });
    const { code, stdout } = await gatepost(['history', 'import', location, '--database', store('a.db')]);
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '2023-02-30T000000Z.json left out, its name is no instant (2016-05-17T230240Z.json).',
      'latest.json left out, its name is no instant (2016-05-17T230240Z.json).',
      '1 of 4: 2023-04-06T17:22:29Z revision 1 +33 −0',
      '2 of 4: 2023-04-07T00:00:00Z no change',
      '3 of 4: 2023-04-08T00:00:00Z left out, it cannot be read: The body is no JSON object. It begins with "<html>Bad gateway</html>".',
      '4 of 4: 2023-04-09T00:00:00Z revision 2 +0 −32 (hold, host-gone: api.replicated.com has addresses now and is not in the list.)',
      'grace ended: 2023-05-09T00:00:00.000Z revision 3, 31 retired',
      'The history of replicated has 3 revisions.',
      'Left out, as said above: 3.',
    ]);
  });

  it('takes its catalog and its grace from options and settings', async () => {
    const catalog = path.join(folder, 'own.yaml');
    await writeFile(catalog, (await readFile(CATALOG, 'utf8')).replace('product: replicated', 'product: own'));
    const told = await said(['history', 'import', LISTS, '--catalog', catalog], {
      DATABASE_URL: store('a.db'),
      GRACE_DAYS: '0',
    });
    expect(told).not.toContain('grace ended');
    expect(told).toContain('The history of own has 22 revisions.');
  });

  it('is refused, before anything is written, where one is of the future', async () => {
    const list = await readFile(path.join(LISTS, '2023-04-06T172229Z.json'), 'utf8');
    const location = await versions({ '2023-04-06T172229Z.json': list, '2999-01-01T000000Z.json': list });
    const { code, stdout, stderr } = await gatepost(['history', 'import', location, '--database', store('a.db')]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^2999-01-01T000000Z\.json is of 2999-01-01T00:00:00Z, which lies in the future: it is .*\. Nothing was changed\.\n$/,
    );
    expect(await readdir(folder)).toEqual(['versions']);
  });

  it('reads only the settings that it uses', async () => {
    await said(['history', 'import', SEED], { DATABASE_URL: store('a.db'), PORT: 'abc', LOG_LEVEL: 'abc' });
    await said(['history', 'export'], { DATABASE_URL: store('a.db'), PORT: 'abc', GRACE_DAYS: 'abc', CATALOG: 'abc' });
  });

  it('is only of a folder that has some', async () => {
    const { code, stderr } = await gatepost(['history', 'import', folder, '--database', store('a.db')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('no file that is named by an instant')]);
  });
});

describe('an import that is broken off', () => {
  let whole: string;
  beforeAll(async () => {
    const place = await mkdtemp(path.join(tmpdir(), 'gatepost-whole-'));
    const database = `file:${path.join(place, 'a.db')}`;
    await imported(LISTS, database);
    whole = await exported(database);
    await rm(place, { recursive: true });
  });

  it(
    `goes on where it was, ${KILLS} kills at any point or none`,
    async () => {
      const database = store('a.db');
      const args = ['history', 'import', LISTS, '--database', database];
      let kills = 0;
      for (let tries = 0; kills < KILLS && tries < 3 * KILLS; tries++) {
        const lines = 1 + Math.floor(Math.random() * 28);
        const { code } = await gatepost(args, {}, (stdout, end) => {
          if (stdout.split('\n').length > lines) end('SIGKILL');
        });
        if (code === null) kills++;
        // Begun anew now and then: what is there already is quickly passed over.
        if (tries % 3 === 2) for (const file of await readdir(folder)) await rm(path.join(folder, file));
      }
      expect(kills).toBeGreaterThan(0);
      await said(args);
      expect(await exported(database)).toBe(whole);
    },
    MOST_KILLS_MS,
  );

  it('by a person says how far it came', async () => {
    const args = ['history', 'import', LISTS, '--database', store('a.db')];
    let told = false;
    const { code, stderr } = await gatepost(args, {}, (_stdout, end) => {
      if (!told) end('SIGINT');
      told = true;
    });
    // It may have been at its end already.
    const complaint = code === 0 ? '' : stderr;
    expect(complaint).toMatch(/^(?:Interrupted after revision \d+\. The same command goes on from there\.\n)?$/);
    await said(args);
    expect(await exported(store('a.db'))).toBe(whole);
  });

  it('goes on with what was published since', async () => {
    const early = path.join(folder, 'early');
    await cp(LISTS, early, { recursive: true });
    const names = await readdir(early);
    for (const name of names.filter((name) => name > '2021-01-14')) await rm(path.join(early, name));
    // Retirements after the last of the early ones are not to come before a list that took one back.
    await rm(path.join(early, '2021-01-13T195357Z.json'));
    await imported(early, store('a.db'));
    await imported(LISTS, store('a.db'));
    expect(await exported(store('a.db'))).toBe(whole);
  });
});

describe('an export', () => {
  it('comes in again as the same, byte for byte, and once more changes nothing', async () => {
    await imported(LISTS, store('a.db'));
    const file = path.join(folder, 'a.jsonl');
    expect(await said(['history', 'export', file, '--database', store('a.db')])).toBe('');
    await imported(file, store('b.db'));
    const again = await imported(file, store('b.db'));
    expect(again.match(/there already/g)).toHaveLength(27);
    expect(await exported(store('b.db'))).toBe(await readFile(file, 'utf8'));
    expect(await readdir(folder)).not.toContain('a.jsonl.part');
  });

  it('that is damaged is refused whole, with the line', async () => {
    await writeFile(path.join(folder, 'a.jsonl'), (await readFile(SEED, 'utf8')).replace('"2017-12-27', '"2017-12-28'));
    const { code, stderr } = await gatepost(['history', 'import', path.join(folder, 'a.jsonl')], {
      DATABASE_URL: store('a.db'),
    });
    expect([code, stderr]).toEqual([1, 'Line 14: It was altered: its seal is broken.\n']);
    expect(await readdir(folder)).toEqual(['a.jsonl']);
  });

  it('that is dated later than now is refused whole', async () => {
    const lines = (await linesIn(SEED)).map((line) => {
      const { seal: _, ...said } = JSON.parse(line.replace('"publishedAt":"2023-04', '"publishedAt":"2999-04')) as {
        readonly seal: string;
      };
      return JSON.stringify({ ...said, seal: sealOf(said) });
    });
    await writeFile(path.join(folder, 'a.jsonl'), lines.join('\n'));
    const { code, stderr } = await gatepost(['history', 'import', path.join(folder, 'a.jsonl')], {
      DATABASE_URL: store('a.db'),
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Revision 27 is of 2999-04-06T17:22:29.000Z, which')]);
    expect(await readdir(folder)).toEqual(['a.jsonl']);
  });

  it('replaces an export, and whatever is no store when it is forced to', async () => {
    await imported(SEED, store('a.db'));
    const file = path.join(folder, 'a.jsonl');
    const args = ['history', 'export', file, '--database', store('a.db')];
    await writeFile(file, 'Notes.\n');
    const { code, stderr } = await gatepost(args);
    expect([code, stderr]).toEqual([1, `${file} is there, and is no export: it is replaced only with --force.\n`]);
    expect(await readFile(file, 'utf8')).toBe('Notes.\n');
    await said([...args, '--force']);
    await writeFile(`${file}.part`, (await readFile(file)).subarray(0, 1000));
    await said(args);
    expect(await readFile(file, 'utf8')).toBe(await exported(store('a.db')));
    expect((await readdir(folder)).sort()).toEqual(['a.db', 'a.jsonl']);
  });

  it.each([
    ['the store', 'a.db', 'is the store itself, or a part of it.'],
    ['the store by another name', 'link.db', 'is the store itself, or a part of it.'],
    ['what the store keeps beside it', 'a.db-wal', 'is the store itself, or a part of it.'],
    ['what the store may keep beside it', 'a.db-shm', 'is the store itself, or a part of it.'],
    ['another store', 'b.db', 'is a SQLite store: it is not replaced.'],
    ['a folder', 'folder', 'is there, and is no file that could be replaced.'],
    ['a folder that is not there', 'none/a.jsonl', 'There is no folder '],
    ['a file whose place until it is whole is taken', 'taken', 'taken.part is there, and is no file'],
  ])('never goes into %s', async (_what, name, message) => {
    await imported(SEED, store('a.db'));
    await imported(SEED, store('b.db'));
    await link(path.join(folder, 'a.db'), path.join(folder, 'link.db'));
    await mkdir(path.join(folder, 'folder'));
    await mkdir(path.join(folder, 'taken.part'));
    const before = await exported(store('a.db'));
    for (const force of [[], ['--force']]) {
      const args = ['history', 'export', path.join(folder, name), '--database', store('a.db'), ...force];
      const { code, stderr } = await gatepost(args);
      expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
    expect(await exported(store('a.db'))).toBe(before);
    expect(await exported(store('b.db'))).toBe(before);
  });

  it('of a damaged store leaves nothing behind', async () => {
    await imported(SEED, store('a.db'));
    query(
      path.join(folder, 'a.db'),
      "update address set first_seen_at = '2001-01-01T00:00:00Z' where to_revision is null",
    );
    const { code, stderr } = await gatepost([
      'history',
      'export',
      path.join(folder, 'a.jsonl'),
      '--database',
      store('a.db'),
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('does not match its digest')]);
    expect((await readdir(folder)).filter((name) => name.startsWith('a.jsonl'))).toEqual([]);
  });

  it('that nobody reads to its end says so', async () => {
    await imported(SEED, store('a.db'));
    const { code, stderr } = await gatepost(['history', 'export', '--database', store('a.db')], {}, 'reads nothing');
    expect([code, stderr]).toEqual([1, 'The output could not be written to its end: what reads it has ended.\n']);
  });

  it.each([
    ['a text', 'Notes.\n'.repeat(1000), 'cannot be read as a store: file is not a database.'],
    ['nothing', '', 'is no store: it is empty.'],
  ])('of a file that has %s is refused', async (_what, content, message) => {
    await writeFile(path.join(folder, 'a.db'), content);
    const { code, stdout, stderr } = await gatepost(['history', 'export', '--database', store('a.db')]);
    expect([code, stdout, stderr]).toEqual([1, '', `${path.join(folder, 'a.db')} ${message}\n`]);
    expect(await readFile(path.join(folder, 'a.db'), 'utf8')).toBe(content);
  });

  it('has its catalogs in it', async () => {
    const { code, stderr } = await gatepost(['history', 'import', SEED, '--catalog', CATALOG], {
      DATABASE_URL: store('a.db'),
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('leave out --catalog')]);
  });

  it.each([
    ['that is not there', 'b.db', [], 'There is no store'],
    ['without the product', 'a.db', ['--product', 'own'], 'has no product "own". It has: replicated.'],
  ])('of a store %s is refused', async (_which, name, options, message) => {
    await imported(SEED, store('a.db'));
    const { code, stderr } = await gatepost(['history', 'export', '--database', store(name), ...options]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('a store that a service has open', () => {
  it('is written out, and not imported into', async () => {
    const service = startProcess({ DATABASE_URL: store('a.db'), DRAIN_SECONDS: '0' });
    try {
      await service.url;
      const running = await exported(store('a.db'));
      expect(running.match(/^\{"revision"/gm)).toHaveLength(27);
      const { code, stderr } = await gatepost(['history', 'import', LISTS, '--database', store('a.db')]);
      expect([code, stderr]).toEqual([
        1,
        `${path.join(folder, 'a.db')} is open in another process: a service, or another import. Stop that, and try again.\n`,
      ]);
      expect(await exported(store('a.db'))).toBe(running);
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
    }
  });
});

describe('a store with another history', () => {
  it('is refused with the first revision that differs', async () => {
    await imported(LISTS, store('a.db'));
    const { code, stderr } = await gatepost(['history', 'import', LISTS], {
      DATABASE_URL: store('a.db'),
      GRACE_DAYS: '3',
    });
    expect([code, stderr]).toEqual([
      1,
      'The store has another history: in revision 7, "publishedAt" is 2016-12-31T23:00:22.000Z in the store and ' +
        '2016-12-04T23:00:22.000Z in the import. Nothing was changed. ' +
        'Import into an empty store, or into one that has a beginning of it.\n',
    ]);
  });

  it('is refused also where only the end of a grace is another', async () => {
    const location = path.join(folder, 'early');
    await mkdir(location);
    for (const name of (await readdir(LISTS)).filter((name) => name < '2016-12-01T230023')) {
      await cp(path.join(LISTS, name), path.join(location, name));
    }
    const { stdout } = await gatepost(['history', 'import', location, '--database', store('a.db')], {
      GRACE_DAYS: '3650',
    });
    expect(stdout).toContain('The history of replicated has');
    const { code, stderr } = await gatepost(['history', 'import', location, '--database', store('a.db')], {
      GRACE_DAYS: '3649',
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/in revision 6, "retireAt" of .* is .* in the store and/),
    ]);
  });

  it('is refused also where it only goes on', async () => {
    await imported(LISTS, store('a.db'));
    const first = path.join(folder, 'first');
    await mkdir(first);
    await cp(path.join(LISTS, '2016-05-17T230240Z.json'), path.join(first, '2016-05-17T230240Z.json'));
    const { code, stderr } = await gatepost(['history', 'import', first, '--database', store('a.db')]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('revision 2, of 2016-05-17T23:14:43.000Z, is only in the store.'),
    ]);
  });
});

describe('what an import is asked for', () => {
  it.each([
    ['a source that is not there', ['nowhere'], {}, 1, 'There is no nowhere.'],
    ['a store in memory', [LISTS], { DATABASE_URL: ':memory:' }, 1, 'A store in memory ends with the command'],
    [
      'a file of what is no clone',
      [LISTS, '--file', 'a.json'],
      {},
      1,
      '--file names a file in the history of a git clone',
    ],
    ['a setting that cannot be used', [LISTS], { GRACE_DAYS: 'some' }, 78, 'GRACE_DAYS: "some" cannot be used.'],
    ['a store that is none', [LISTS], { DATABASE_URL: `file:${SEED}` }, 1, 'cannot be used as a SQLite store'],
    ['an option that there is not', [LISTS, '--data', 'x'], {}, 2, "unknown option '--data'"],
  ])('is refused for %s', async (_what, args, settings, code, message) => {
    const ended = await gatepost(['history', 'import', ...args], { DATABASE_URL: store('a.db'), ...settings });
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
  });
});

const hasGit = await promisify(execFile)('git', ['--version']).then(
  () => true,
  () => false,
);
const needsGit = hasGit || process.env['CI'] === 'true' ? describe : describe.skip;
if (!hasGit) process.stderr.write('Clones are not tested: the program "git" is not there.\n');

needsGit('a git clone', () => {
  const git = (args: readonly string[], at = '2026-01-01T00:00:00Z') =>
    promisify(execFile)('git', ['-C', path.join(folder, 'clone'), ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
        GIT_COMMITTER_DATE: at,
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((who) => [
            [`GIT_${who}_NAME`, 'A'],
            [`GIT_${who}_EMAIL`, 'a@a.example'],
          ]),
        ),
      },
    });
  /** The true versions, committed to a file at their own times. */
  const clone = async (file: string) => {
    await mkdir(path.join(folder, 'clone'));
    await git(['init', '-q', '-b', 'main']);
    for (const name of (await readdir(LISTS)).filter((name) => /^\d/.test(name)).sort()) {
      await cp(path.join(LISTS, name), path.join(folder, 'clone', file));
      await git(['add', '.']);
      await git(['commit', '-q', '--allow-empty', '-m', name], name.replace(/T(..)(..)(..)Z.*/, 'T$1:$2:$3Z'));
    }
    return path.join(folder, 'clone');
  };

  it('gives the same history as a folder of its versions, whatever git is told by the environment', async () => {
    const location = await clone('ip_addresses.json');
    const told = await said(['history', 'import', location], { DATABASE_URL: store('a.db'), GIT_DIR: '/nowhere' });
    expect(told).toContain('22 of 22: 2023-04-06T17:22:29Z revision 27 +4 −0');
    await imported(LISTS, store('b.db'));
    expect(await exported(store('a.db'))).toBe(await exported(store('b.db')));
  });

  it('gives the history of the file that is named, or of the only JSON file; one that was deleted is passed over', async () => {
    const location = await clone('list.json');
    await git(['rm', '-q', 'list.json']);
    await git(['commit', '-q', '-m', 'gone']);
    await cp(path.join(LISTS, '2023-04-06T172229Z.json'), path.join(location, 'list.json'));
    await git(['add', '.']);
    await git(['commit', '-q', '-m', 'back'], '2026-01-02T00:00:00Z');
    expect(await imported(location, store('a.db'))).toContain('23 of 23: 2026-01-02T00:00:00Z no change');
    await writeFile(path.join(location, 'other.json'), '{}');
    await git(['add', '.']);
    await git(['commit', '-q', '-m', 'other']);
    const args = ['history', 'import', location, '--database', store('a.db')];
    const { code, stderr } = await gatepost(args);
    expect([code, stderr]).toEqual([1, expect.stringContaining('has 2 JSON files, none of them ip_addresses.json')]);
    expect(await said([...args, '--file', 'list.json'])).toContain('23 of 23');
    const none = await gatepost([...args, '--file', 'none.json']);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('has no file none.json in its history')]);
  });

  it('that is none, or without the program, is refused', async () => {
    const location = path.join(folder, 'clone');
    await mkdir(path.join(location, '.git'), { recursive: true });
    const args = ['history', 'import', location, '--database', store('a.db')];
    const none = await gatepost(args);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('git cannot read')]);
    const without = await gatepost(args, { PATH: folder });
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('The program "git" is not there')]);
  });

  it('without its whole history is refused', async () => {
    const location = await clone('ip_addresses.json');
    const shallow = path.join(folder, 'shallow');
    await git(['clone', '-q', '--depth', '1', `file://${location}`, shallow]);
    const { code, stderr } = await gatepost(['history', 'import', shallow, '--database', store('a.db')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('git fetch --unshallow')]);
  });
});
