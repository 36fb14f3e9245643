import { STRIDE, type Steps } from '../steps.js';
import type { Blocks } from './offer.js';
import type { Rule } from './rule.js';

/** Of what was in use a week ago, so much must still be served. */
const LEAST_LEFT = 0.25;
const LEAST_BLOCKS = 4;

/**
 * Many small steps within a week may not do what one may not. What retires counts as served. Only what the offer makes
 * worse is doubted: what an operator let through is not asked again.
 */
export const eroded: Rule = function* ({ weekAgo, before, retiring, after, hasGrace }) {
  if (weekAgo === null) return undefined;
  const now = yield* leftOf(weekAgo, [before, retiring]);
  const then = yield* leftOf(weekAgo, hasGrace ? [after, retiring, before] : [after, retiring]);
  if (then.all >= LEAST_BLOCKS && then.left / then.all < LEAST_LEFT && then.left < now.left) {
    const detail = `Only ${then.left} of the ${then.all} addresses of a week ago would still be served.`;
    return { reason: 'eroded', detail };
  }
  return undefined;
};

function* leftOf(then: Blocks, served: readonly Blocks[]): Steps<{ readonly left: number; readonly all: number }> {
  let [left, all] = [0, 0];
  for (const [host, blocks] of then) {
    for (const cidr of blocks) {
      all++;
      if (served.some((one) => one.get(host)?.has(cidr))) left++;
      if (all % STRIDE === 0) yield;
    }
  }
  return { left, all };
}
