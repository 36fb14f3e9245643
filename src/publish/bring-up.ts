import type { Logger } from 'pino';
import type { History } from '../store/history.js';
import type { CatalogDoor } from './catalog-door.js';
import type { CatalogFile } from './catalog-file.js';
import type { DecisionDoor } from './decision-door.js';
import type { Decisions } from './decisions.js';
import type { Publisher } from './publisher.js';
import type { Refresher } from './refresher.js';
import { isBundled } from './seed.js';
import type { TrustedClock } from './trusted-clock.js';

/** Loads what there is to serve: the store's newest revision, then the catalog on top of it. */
export async function bringUp(
  file: CatalogFile,
  door: CatalogDoor,
  publisher: Publisher,
  refresher: Refresher,
  clock: TrustedClock,
  decisions: Decisions,
  decisionDoor: DecisionDoor,
  history: History,
  log: Logger,
): Promise<void> {
  let product: string;
  try {
    product = (await file.load()).catalog.product;
  } catch (error) {
    const stored = await history.products();
    if (stored.length !== 1) throw error;
    product = stored[0]!;
    log.error(
      { reason: error instanceof Error ? error.message : String(error) },
      'the catalog was not loaded; the last one in the store is served',
    );
  }
  for (const sentence of await decisions.restore(product)) log.error(sentence);
  const head = await publisher.restore(product);
  await refresher.record.restore(product);
  // What ships was published long before it is first served, and says nothing of how long the service stood still.
  const isOfSeed = head !== undefined && head.revision.upstream !== null && isBundled(head.revision);
  const publishedAt = head === undefined || isOfSeed ? null : new Date(head.revision.publishedAt);
  const known = refresher.record.checkedAt ?? publishedAt;
  if (known !== null) clock.remember(known);
  if (head !== undefined) clock.hasActed(new Date(head.revision.publishedAt));
  // What an end of the service cut short between a decision and what follows from it.
  await decisionDoor.tryToPublish();
  await door.publish();
  // Once more: a store that begins anew has something to serve only now.
  await decisionDoor.tryToPublish();
}
