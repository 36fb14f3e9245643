import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../model/canonical.js';
import type { Decision } from '../model/decision.js';

/**
 * What operators decided, in a file beside the store: a store that had to be made anew has it from there. What was revoked
 * may not come back because a disk failed.
 */
export class DecisionCopy {
  constructor(private readonly file: string) {}

  /** Oldest first; none where there is no file, `null` where it is not whole. */
  async read(): Promise<readonly Decision[] | null> {
    try {
      const { checksum, decisions } = JSON.parse(await readFile(this.file, 'utf8')) as Copied;
      return checksum === sha256(JSON.stringify(decisions)) ? decisions : null;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
    }
  }

  /** Replaces the file, whole or not at all. */
  async write(decisions: readonly Decision[]): Promise<void> {
    const copied: Copied = { checksum: sha256(JSON.stringify(decisions)), decisions };
    const unfinished = `${this.file}.unfinished`;
    const handle = await open(unfinished, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(copied)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, this.file);
    const folder = await open(path.dirname(this.file));
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

interface Copied {
  readonly checksum: string;
  readonly decisions: readonly Decision[];
}
