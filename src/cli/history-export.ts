import { open, rename } from 'node:fs/promises';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { Config } from '../config.js';
import { History } from '../store/history.js';
import { linesOf } from '../store/history-lines.js';
import { sqliteDialect } from '../store/sqlite.js';
import { Refused, storeFile } from './refused.js';

/**
 * Writes out the whole history of a store. It only reads: a service may have the store open.
 *
 * @param to      a file, which is there only when it is whole; `undefined` for standard output.
 * @param product `undefined` for the only one that the store has.
 * @throws Refused, StoreDamaged, each with a sentence for people.
 */
export async function exportHistory(
  to: string | undefined,
  product: string | undefined,
  config: Config,
): Promise<void> {
  const file = storeFile(config);
  if (!(await stat(file).catch(() => undefined))) throw new Refused(`There is no store ${file}.`);
  const history = History.openToRead(sqliteDialect(file, 'read'));
  try {
    const chosen = oneOf(await history.products(), product, file);
    const lines = linesOf(chosen, await history.replay(chosen));
    if (to === undefined) await writeOut(lines);
    else await writeFileWhole(to, lines);
  } finally {
    await history.close();
  }
}

function oneOf(products: readonly string[], asked: string | undefined, file: string): string {
  const [only] = products;
  if (only === undefined) throw new Refused(`The store ${file} has no revision.`);
  if (asked === undefined && products.length === 1) return only;
  const names = products.join(', ');
  if (asked === undefined)
    throw new Refused(`The store ${file} has several products: name one by --product (${names}).`);
  if (products.includes(asked)) return asked;
  throw new Refused(`The store ${file} has no product "${asked}". It has: ${names}.`);
}

async function writeOut(lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  }
}

async function writeFileWhole(to: string, lines: Iterable<string>): Promise<void> {
  const half = `${to}.part`;
  const handle = await open(half, 'w');
  try {
    for (const line of lines) await handle.write(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(half, to);
}
