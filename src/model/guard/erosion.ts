import { lossOf, isMostGone, replacedHosts, areManyReplaced } from './losses.js';
import type { Rule } from './rule.js';

/**
 * Many small steps within a week may not do what one may not, though what left is still served in its grace. Only what
 * the offer makes worse is doubted: what an operator let through is not asked again.
 */
export const eroded: Rule = function* ({ weekAgo, before, after }) {
  if (weekAgo === null) return undefined;
  const { gone, all } = yield* lossOf(weekAgo, after);
  if (isMostGone(gone, all) && gone > (yield* lossOf(weekAgo, before)).gone) {
    const detail = `${gone} of the ${all} addresses that were in use a week ago would have left.`;
    return { reason: 'eroded', detail };
  }
  const hosts = yield* replacedHosts(weekAgo, after);
  if (areManyReplaced(hosts, weekAgo) && hosts.length > (yield* replacedHosts(weekAgo, before)).length) {
    const detail = `${hosts.join(', ')} would have none of the addresses that they had a week ago.`;
    return { reason: 'eroded', detail };
  }
  return undefined;
};
