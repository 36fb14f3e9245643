import { mergeRanges } from '../../src/model/aggregate.js';
import { blockOf, familyOf, rangeOf, type AddressRange } from '../../src/model/cidr.js';
import type { FormatCheck } from './check.js';
import { block, ports } from './grammar.js';

/** Rules as they can be compared: sorted; and where a format may write others that let through the same, what they let through. */
export function comparable(rules: readonly string[], { isJoined }: FormatCheck): string[] {
  return isJoined === true ? coverageOf(rules) : rules.toSorted();
}

/** What rules of addresses let through: for every range of ports, cut where any begins or ends, the addresses. */
function coverageOf(rules: readonly string[]): string[] {
  const read = rules.map((rule) => {
    const [flow, protocol, range = '', address = ''] = rule.split(' ');
    const [from = NaN, to = NaN] = ports(range).split('-').map(Number);
    const cidr = block(address);
    return { way: `${flow} ${protocol} ${familyOf(cidr)}`, from, to, range: rangeOf(blockOf(cidr)) };
  });
  return [...Map.groupBy(read, ({ way }) => way)]
    .flatMap(([way, same]) => {
      const edges = [...new Set(same.flatMap(({ from, to }) => [from, to + 1]))].sort((a, b) => a - b);
      const pieces: { from: number; to: number; text: string }[] = [];
      for (const [i, from] of edges.slice(0, -1).entries()) {
        const to = edges[i + 1]! - 1;
        const there = same.filter((rule) => rule.from <= from && to <= rule.to).map((rule) => rule.range);
        const text = mergeRanges(there).map(textOf).join(' ');
        const last = pieces.at(-1);
        if (last !== undefined && last.to + 1 === from && last.text === text) last.to = to;
        else if (text !== '') pieces.push({ from, to, text });
      }
      return pieces.map(({ from, to, text }) => `${way} ${from}-${to} ${text}`);
    })
    .sort();
}

function textOf({ first, last }: AddressRange): string {
  return `${first}…${last}`;
}
