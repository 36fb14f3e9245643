import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A small disk of its own for the store, where one can be had. */
export interface Disk {
  fill(): void;
  empty(): void;
}

/**
 * Mounts a disk of 64 MB on a folder until the process ends; `null` where that is not allowed.
 *
 * @param store the file of the store in it.
 */
export function smallDisk(folder: string, store: string): Disk | null {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
  if (mounted.status !== 0) return null;
  process.on('exit', () => spawnSync('umount', ['--lazy', folder], { stdio: 'ignore' }));
  const filler = path.join(folder, 'filler');
  return {
    fill() {
      shorten(store);
      const file = openSync(filler, 'w');
      for (let size = 1024 * 1024; size > 0;) {
        try {
          if (writeSync(file, Buffer.alloc(size)) === 0) size = 0;
        } catch {
          size = Math.floor(size / 16);
        }
      }
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
  };
}

/** Takes away the room that the write-ahead log keeps: otherwise a small revision still fits on a full disk. */
function shorten(store: string): void {
  const database = new DatabaseSync(store, { timeout: 5_000 });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
