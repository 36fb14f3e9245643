import { GENERAL } from '../address.js';
import { namesOf } from '../requirement.js';
import type { Steps } from '../steps.js';
import type { Offer } from './offer.js';
import type { Rule } from './rule.js';
import type { Warning } from './verdict.js';

/** Where every addition is an operator's to let in. What comes back within its grace is none. */
export const additions: Rule = function* ({ profile, before, retiring, after }) {
  if (profile !== 'approve') return undefined;
  const fresh: string[] = [];
  for (const [host, blocks] of after) {
    yield;
    for (const cidr of blocks) {
      if (!before.get(host)?.has(cidr) && !retiring.get(host)?.has(cidr)) fresh.push(`${cidr} of ${host}`);
    }
  }
  if (fresh.length === 0) return undefined;
  const [first, ...others] = fresh;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return { reason: 'additions', detail: `${first}${more} would be new, and every addition waits for an operator.` };
};

/** Hosts that neither the catalog nor the list of before has: a look-alike may be among them. They open nothing. */
export function* unknownHosts({ list, catalog, knownHosts }: Offer): Steps<readonly Warning[]> {
  const named = new Set([GENERAL, ...catalog.endpoints.flatMap(namesOf)]);
  yield;
  const unknown = list.hosts.filter((host) => !named.has(host) && !knownHosts.has(host));
  if (unknown.length === 0) return [];
  const detail = `The catalog does not name ${unknown.slice(0, 5).join(', ')}, which came new with the list: no export opens it.`;
  return [{ reason: 'unknown-host', detail }];
}
