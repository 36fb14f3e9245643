import { byHost, type HeldAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/revision.js';
import { compareInstants, compareText, sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { requirementsOf } from '../model/requirement.js';
import { digestOf } from '../model/revision.js';
import { FORM, isLine, sealOf, type Line } from './history-form.js';

/** A line that is not one of a history as it was written out. */
export class UnreadableHistory extends Error {
  constructor(line: number, what: string) {
    super(`Line ${line}: ${what}`);
    this.name = 'UnreadableHistory';
  }
}

/** A history that was written out. */
export interface WrittenHistory {
  readonly product: string;
  /**
   * Its revisions, oldest first.
   *
   * @throws UnreadableHistory at the first line that is damaged, missing or of something else.
   */
  readonly entries: () => Generator<HistoryEntry>;
}

/**
 * Reads a history that was written out.
 *
 * @throws UnreadableHistory where the first line is not that of one.
 */
export function readHistory(text: string): WrittenHistory {
  const lines = text.split('\n');
  // The last line ends too.
  if (lines.at(-1) === '') lines.pop();
  const first = readLine(lines[0] ?? '', 1);
  if (!('form' in first)) throw new UnreadableHistory(1, `It is not the first line of a history ("form": "${FORM}").`);
  const { product } = first;
  return { product, entries: () => entriesOf(lines, product) };
}

function* entriesOf(lines: readonly string[], product: string): Generator<HistoryEntry> {
  const catalogs = new Map<string, Catalog>();
  const addresses = new Map<string, HeldAddress>();
  const hosts = new Set<string>();
  let last: HistoryEntry | undefined;
  for (const [i, text] of lines.entries()) {
    const number = i + 1;
    const fail = (what: string) => new UnreadableHistory(number, what);
    if (i === 0) continue;
    const line = readLine(text, number);
    if ('form' in line) throw fail('The history begins a second time.');
    if ('end' in line) {
      if (line.end.revisions !== (last?.revision.revision ?? 0)) throw fail('It ends after another revision.');
      if (number !== lines.length) throw fail('There is more after the end.');
      return;
    }
    if ('catalog' in line) {
      catalogs.set(sha256(JSON.stringify(line.catalog)), catalogIn(line.catalog, product, number));
      continue;
    }
    const { revision, holds } = line;
    const catalog = catalogs.get(holds.catalog);
    if (catalog === undefined) throw fail('Its catalog does not stand before it.');
    const expected = (last?.revision.revision ?? 0) + 1;
    if (revision.revision !== expected) throw fail(`It is revision ${revision.revision}, where ${expected} is due.`);
    if (revision.previous !== (last?.revision.revision ?? null)) throw fail('Its "previous" is another revision.');
    if (last !== undefined && compareInstants(revision.publishedAt, last.revision.publishedAt) <= 0) {
      throw fail('It was not published after the one before.');
    }
    for (const [host, cidr] of holds.addressesGone) addresses.delete(`${host} ${cidr}`);
    for (const address of holds.addresses) addresses.set(`${address.host} ${address.cidr}`, address);
    for (const host of holds.hostsGone) hosts.delete(host);
    for (const host of holds.hosts) hosts.add(host);
    const listedHosts = [...hosts].sort(compareText);
    const content = { catalog, listedHosts, addresses: byHost([...addresses.values()]) };
    if (digestOf(content) !== revision.digest) throw fail('Its digest does not fit what it holds.');
    last = { revision, content };
    yield last;
  }
  throw new UnreadableHistory(lines.length + 1, 'The end is missing: the history was cut off.');
}

/**
 * Reads one line, whatever stands around it.
 *
 * @throws UnreadableHistory
 */
export function readLine(text: string, number: number): Line {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new UnreadableHistory(number, 'It is not JSON.');
  }
  if (!isLine(line)) throw new UnreadableHistory(number, 'It is none of a history.');
  const { seal, ...rest } = line;
  if (sealOf(rest) !== seal) throw new UnreadableHistory(number, 'It was altered: its seal is broken.');
  return line;
}

function catalogIn(catalog: Catalog, product: string, number: number): Catalog {
  try {
    requirementsOf(catalog);
  } catch {
    throw new UnreadableHistory(number, 'It has no catalog that this version of Gatepost can read.');
  }
  if (catalog.product !== product)
    throw new UnreadableHistory(number, `It is of "${catalog.product}", not "${product}".`);
  return catalog;
}
