import type { Logger } from 'pino';
import { agreementOf } from '../store/agreement.js';
import type { Copies } from '../store/copies.js';
import type { Current } from '../store/current.js';
import { damagedIn } from '../store/inspection.js';
import { noteDamage } from '../store/opening.js';
import type { Timeline } from '../store/timeline.js';

/** Tells the operator which of the past is damaged; the rest goes on being answered, and the next start mends it. */
export async function inspectStore(
  { chronicle }: Timeline,
  current: Current,
  store: string,
  copies: Copies | null,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let damaged = 0;
  for await (const { message } of damagedIn(chronicle, signal)) {
    damaged++;
    log.error(message);
  }
  const product = current.snapshot?.catalog.product;
  if (copies !== null && product !== undefined) {
    const { file } = copies.of(product);
    const agreement = await agreementOf(file, chronicle, signal);
    if (agreement === 'store-damaged') {
      await noteDamage(store, `an older revision of ${product} is not what its copy has`);
      log.error({ copy: file }, 'the store differs from its copy in the past; the next start makes it anew from that');
    } else if (agreement === 'copy-damaged' && damaged === 0) {
      log.warn({ copy: file }, 'the copy of the store is damaged and is written anew from the store');
      await copies.rewrite(product);
    }
  }
  if (!signal.aborted)
    log.info({ revisions: chronicle.head, damaged }, 'every revision in the store was read and verified');
}
