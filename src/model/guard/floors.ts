import { familyOf, type Cidr, type Family } from '../cidr.js';
import type { Rule } from './rule.js';

/** No host that has addresses may lose all of them, or all of one family. */
export const floors: Rule = function* ({ list, before, after }) {
  for (const [host, blocks] of before) {
    yield;
    const left = after.get(host);
    if (left === undefined) {
      return list.hosts.includes(host)
        ? { reason: 'host-emptied', detail: `${host} has addresses now and would have none.` }
        : { reason: 'host-gone', detail: `${host} has addresses now and is not in the list.` };
    }
    const kept = familiesOf(left);
    const lost = [...familiesOf(blocks)].find((family) => !kept.has(family));
    if (lost !== undefined) {
      return { reason: 'family-lost', detail: `${host} would lose all its ${lost} addresses.` };
    }
  }
  return undefined;
};

export function familiesOf(blocks: ReadonlySet<Cidr>): ReadonlySet<Family> {
  const families = new Set<Family>();
  for (const cidr of blocks) {
    families.add(familyOf(cidr));
    if (families.size === 2) break;
  }
  return families;
}
