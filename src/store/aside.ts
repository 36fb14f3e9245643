import { open, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** What SQLite keeps beside a store. A new store must never meet the log of an old one: it would be replayed into it. */
export const BESIDE_STORE = ['', '-wal', '-shm', '-journal'] as const;

/** Moves a file aside, with what SQLite keeps beside it. Nothing is deleted. Returns its new name, unless nothing was there. */
export async function moveAside(file: string, why: 'corrupt' | 'other', now: Date): Promise<string | undefined> {
  const aside = await freeName(`${file}.${why}-${now.toISOString().replaceAll(':', '')}`);
  let moved: string | undefined;
  for (const end of BESIDE_STORE) {
    try {
      await rename(`${file}${end}`, `${aside}${end}`);
      moved = aside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  await syncFolderOf(file);
  return moved;
}

/** Puts the names in a file's folder on the disk. */
export async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(path.dirname(path.resolve(file)), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function freeName(wanted: string): Promise<string> {
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}-${i}`;
    if ((await stat(name).catch(() => undefined)) === undefined) return name;
  }
}
