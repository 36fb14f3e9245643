import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { History } from '../store/history.js';
import { linesOf } from '../store/history-lines.js';
import { sqliteDialect } from '../store/sqlite.js';
import { isOfTheSystem } from './ending.js';
import { writeExport, type ExportFile } from './export-file.js';
import { Refused, storeFile } from './refused.js';
import type { CommandSettings } from './settings.js';

/**
 * Writes out the whole history of a store. It only reads: a service may have the store open.
 *
 * @param to      `undefined` for standard output.
 * @param product `undefined` for the only one that the store has.
 * @throws Refused, StoreDamaged, each with a sentence for people.
 */
export async function exportHistory(
  to: ExportFile | undefined,
  product: string | undefined,
  settings: CommandSettings,
): Promise<void> {
  const file = storeFile(settings);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Refused(`There is no store ${file}.`);
  if (!found.isFile()) throw new Refused(`${file} is no store: it is no file.`);
  // SQLite takes it for a store that has nothing yet.
  if (found.size === 0) throw new Refused(`${file} is no store: it is empty.`);
  const history = History.openToRead(sqliteDialect(file, 'read'));
  const lines = () => linesIn(history, product, file);
  try {
    if (to === undefined) await writeOut(await lines());
    else await writeExport(to, file, lines);
  } finally {
    await history.close();
  }
}

/** @throws Refused where the file has no history. */
async function linesIn(history: History, product: string | undefined, file: string): Promise<Iterable<string>> {
  try {
    const chosen = oneOf(await history.products(), product, file);
    return linesOf(chosen, await history.replay(chosen));
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    throw new Refused(`${file} cannot be read as a store: ${error.message}.`);
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
