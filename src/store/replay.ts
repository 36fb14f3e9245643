import { byHost, type HeldAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/revision.js';
import { parseBlock } from '../model/cidr.js';
import { digestOf } from '../model/revision.js';
import type { Recorded } from './chronicle.js';
import { checksumOf, StoreDamaged } from './content.js';

/**
 * Every revision of what a store has of a product, with what it holds, oldest first.
 *
 * @throws StoreDamaged at the first that is not what was published.
 */
export function* replay(product: string, recorded: Recorded): Generator<HistoryEntry> {
  const come = Map.groupBy(recorded.addresses, ({ from }) => from);
  const gone = Map.groupBy(recorded.addresses, ({ to }) => to);
  const catalogs = new Map(recorded.catalogs.map(({ from, value }) => [from, value]));
  const hosts = new Map(recorded.listedHosts.map(({ from, value }) => [from, value]));
  const held = new Map<string, HeldAddress>();
  let catalog = catalogs.get(1);
  let listedHosts: readonly string[] = [];
  for (const { revision, checksum } of recorded.entries) {
    const damaged = () => new StoreDamaged(product, revision.revision);
    catalog = catalogs.get(revision.revision) ?? catalog;
    listedHosts = hosts.get(revision.revision) ?? listedHosts;
    for (const { address } of gone.get(revision.revision) ?? []) held.delete(`${address.host} ${address.cidr}`);
    for (const { address } of come.get(revision.revision) ?? []) {
      if (!parseBlock(address.cidr).ok) throw damaged();
      held.set(`${address.host} ${address.cidr}`, address);
    }
    if (catalog === undefined) throw damaged();
    const content = { catalog, listedHosts, addresses: byHost([...held.values()]) };
    if (checksumOf(content) !== checksum || digestOf(content) !== revision.digest) throw damaged();
    yield { revision, content };
  }
}
