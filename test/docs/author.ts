import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_UPSTREAM, startService, until, type RunningService } from '../e2e/service.js';
import { withPart } from './catalog-parts.js';

const CLI = fileURLToPath(new URL('../../dist/cli/gatepost.js', import.meta.url));

/** The file that the author of a catalog works on, as the page calls it. */
export const FILE = 'harbourline.yaml';

/** Who follows the page about catalogs: puts each part into one file, checks it, and serves it when told to. */
export class Author {
  #good = '';
  #folder: string | undefined;
  #service: RunningService | undefined;

  /** The catalog so far, without the parts that were shown as mistakes. */
  get catalog(): string {
    return this.#good;
  }

  get service(): RunningService | undefined {
    return this.#service;
  }

  /** Puts a block into the file. Kept where it is good; a mistake stays only until the next block. */
  async write(block: string): Promise<{ readonly code: number; readonly said: string }> {
    const text = /^product:/m.test(block) ? `${block}\n` : withPart(this.#good, block);
    const before = await this.#standing();
    await writeFile(path.join(await this.#at(), FILE), text);
    const checked = await this.run(['catalog', 'check', FILE]);
    if (checked.code === 0) this.#good = text;
    if (this.#service !== undefined)
      await until('the edit was noticed', async () => (await this.#standing()) !== before);
    return checked;
  }

  /** Runs the command line in the folder of the file. */
  async run(words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
    const cwd = await this.#at();
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...words], { cwd }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, said: stdout + stderr });
      });
    });
  }

  /** Serves the file, as `CATALOG=… npm start` does. */
  async serve(file: string): Promise<void> {
    this.#service = await startService({
      CATALOG: path.join(await this.#at(), file),
      UPSTREAM_URL: NO_UPSTREAM,
    });
    // A file's time tells whether it was changed: an edit in the same instant would not be seen.
    await sleep(200);
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true });
  }

  async #at(): Promise<string> {
    return (this.#folder ??= await mkdtemp(path.join(tmpdir(), 'gatepost-author-')));
  }

  /** What the service says of the file. */
  async #standing(): Promise<string | undefined> {
    if (this.#service === undefined) return undefined;
    const { body } = await this.#service.ask.get('/status').expect(200);
    return JSON.stringify((body as { catalog: unknown }).catalog);
  }
}
