import { holding } from '../decision.js';
import type { Cidr } from '../cidr.js';
import type { Rule } from './rule.js';

/** What is revoked may not come back inside a wider block. One that is served already was let in all the same. */
export const aroundRevoked: Rule = function* ({ revoked, list, served }) {
  for (const { subject, host } of revoked) {
    yield;
    const around = holding(list.addresses, subject as Cidr).find(
      (one) => (host === null || one.host === host) && !served.get(one.host)?.has(one.cidr),
    );
    if (around === undefined) continue;
    const detail = `${around.cidr} of ${around.host} holds ${subject}, which is revoked.`;
    return { reason: 'around-revoked', detail };
  }
  return undefined;
};
