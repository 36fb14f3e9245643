import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLeftOut } from './lacking.js';

const WRITER = fileURLToPath(new URL('../long/crash/writer.ts', import.meta.url));
const CATALOG = fileURLToPath(new URL('../../catalogs/replicated.yaml', import.meta.url));

let folder: string;
let store: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-power-'));
  store = path.join(folder, 'gatepost.db');
});
afterEach(() => rm(folder, { recursive: true }));

type Call = { readonly name: string; readonly file: string; readonly rest: string };

/** What a writer of so many revisions did to files, in order; each call names its file, or the text on standard output. */
async function callsOf(revisions: number): Promise<readonly Call[]> {
  const log = path.join(folder, 'calls');
  const calls = 'trace=pwrite64,write,fdatasync,fsync,rename';
  await promisify(execFile)('strace', [
    '-f',
    '-y',
    '-qq',
    '-o',
    log,
    '-e',
    calls,
    process.execPath,
    WRITER,
    store,
    String(revisions),
    CATALOG,
  ]);
  return (await readFile(log, 'utf8')).split('\n').flatMap((line): Call[] => {
    const renamed = /rename\("([^"]+)", "([^"]+)"/.exec(line);
    if (renamed !== null) return [{ name: 'rename', file: renamed[1]!, rest: renamed[2]! }];
    const [, name, file, rest] = /(pwrite64|write|fdatasync|fsync)\(\d+<([^>]*)>(.*)/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, file: file!, rest: rest! }];
  });
}

/** What of some files is written and not synced when something is said or renamed. */
function unsynced(
  calls: readonly Call[],
  isMoment: (call: Call) => boolean,
  ends: readonly string[],
): readonly string[] {
  const dirty = new Set<string>();
  const found: string[] = [];
  for (const call of calls) {
    if (call.name.endsWith('sync')) dirty.delete(call.file);
    else if (isMoment(call)) found.push(...[...dirty].filter((file) => ends.some((end) => file.endsWith(end))));
    else if (call.name !== 'rename') dirty.add(call.file);
  }
  return found;
}

describe.skipIf(isLeftOut('What a power loss leaves', ['strace']))('row 43: before a power loss', () => {
  it('a revision is synced in the store and in its copy when anyone hears of it', async () => {
    const calls = await callsOf(5);
    const isSaid = ({ name, rest }: Call) => name === 'write' && rest.includes('"there ');
    expect(calls.filter(isSaid)).toHaveLength(5);
    expect(calls.some(({ name, file }) => name === 'pwrite64' && file.endsWith('.copy.jsonl'))).toBe(true);
    expect(unsynced(calls, isSaid, ['-wal', '.copy.jsonl', '.part'])).toEqual([]);
  });

  it('a store that is made anew, and a copy that is, are synced before they take their place', async () => {
    await callsOf(5);
    await writeFile(store, 'garbage '.repeat(1000));
    const calls = await callsOf(1);
    const isInPlace = ({ name, rest }: Call) => name === 'rename' && (rest === store || rest.endsWith('.copy.jsonl'));
    expect(calls.filter(isInPlace).length).toBeGreaterThan(0);
    expect(unsynced(calls, isInPlace, ['.recovering', '.part'])).toEqual([]);
  });
});
