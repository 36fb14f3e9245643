import type { Steps } from '../steps.js';
import { blocksIn, type Blocks, type Offer } from './offer.js';
import type { Rule } from './rule.js';
import type { Warning } from './verdict.js';

/** Above this part of all blocks, what goes at once is doubted; with fewer blocks than that, a part says nothing. */
const MOST_GONE = 0.75;
const LEAST_BLOCKS = 4;
/** Above this part it is worth a line. */
const MANY_GONE = 0.5;
/** Above this part of all hosts, and of more than one, other addresses for all are doubted. */
const MOST_REPLACED = 0.25;

/** Not more than three quarters of all blocks may go at once. */
export const shrunk: Rule = function* ({ before, after }) {
  const { gone, all } = yield* lossOf(before, after);
  if (!isMostGone(gone, all)) return undefined;
  return { reason: 'shrunk', detail: `${gone} of the ${all} addresses in use would leave at once.` };
};

/** Not more than a quarter of the hosts, and more than one, may change all their addresses at once. */
export const replaced: Rule = function* ({ before, after, profile }) {
  const hosts = yield* replacedHosts(before, after);
  if (areManyReplaced(hosts, before)) {
    const detail = `${hosts.join(', ')} would have none of the addresses that they have now.`;
    return { reason: 'replaced', detail };
  }
  if (hosts.length > 0 && profile === 'strict') {
    return { reason: 'host-replaced', detail: `${hosts.join(', ')} would have none of the addresses of now.` };
  }
  return undefined;
};

/** What of the losses is let through and worth a line. */
export function* lossWarnings({ before, after }: Offer): Steps<readonly Warning[]> {
  const warnings: Warning[] = [];
  const { gone, all } = yield* lossOf(before, after);
  if (all >= LEAST_BLOCKS && gone / all > MANY_GONE)
    warnings.push({ reason: 'half-gone', detail: `${gone} of the ${all} addresses in use leave the list at once.` });
  for (const host of yield* replacedHosts(before, after))
    warnings.push({ reason: 'host-replaced', detail: `${host} has none of the addresses that it had.` });
  return warnings;
}

/** Whether so many of so many blocks are most of them. */
export function isMostGone(gone: number, all: number): boolean {
  return all >= LEAST_BLOCKS && gone / all > MOST_GONE;
}

/** Whether so many of the hosts are many of them. */
export function areManyReplaced(hosts: readonly string[], before: Blocks): boolean {
  return hosts.length >= 2 && hosts.length / before.size > MOST_REPLACED;
}

/** How many blocks there were, each counted once, and how many of them nobody has any more. */
export function* lossOf(before: Blocks, after: Blocks): Steps<{ readonly gone: number; readonly all: number }> {
  const had = yield* blocksIn(before);
  const has = yield* blocksIn(after);
  return { gone: had.difference(has).size, all: had.size };
}

/** The hosts that have none of the blocks that they had. */
export function* replacedHosts(before: Blocks, after: Blocks): Steps<readonly string[]> {
  const hosts: string[] = [];
  for (const [host, blocks] of before) {
    yield;
    if (blocks.isDisjointFrom(after.get(host) ?? new Set())) hosts.push(host);
  }
  return hosts;
}
