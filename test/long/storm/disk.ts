import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A small disk of its own for the store, where one can be had. */
export interface Disk {
  fill(): void;
  empty(): void;
}

/** Mounts a disk of 64 MB on a folder until the process ends; `null` where that is not allowed. */
export function smallDisk(folder: string): Disk | null {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
  if (mounted.status !== 0) return null;
  process.on('exit', () => spawnSync('umount', ['--lazy', folder], { stdio: 'ignore' }));
  const filler = path.join(folder, 'filler');
  return {
    fill() {
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
