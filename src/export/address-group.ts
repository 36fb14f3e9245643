import { compareText, sha256 } from '../model/canonical.js';
import { FAMILIES, blockOf, contains, rangeOf, type Family } from '../model/cidr.js';
import { byTraffic, portText, type AddressRule, type Traffic } from './rule.js';

/** Blocks of one family that let the same traffic through, for devices where neither is mixed. */
export interface AddressGroup {
  /** Made of its content: `outbound-tcp-443-ipv4`, with the digits of its part where there are several. */
  readonly name: string;
  readonly traffic: Traffic;
  readonly family: Family;
  readonly rules: readonly AddressRule[];
}

/**
 * The rules by traffic and family, in their order. What is longer than `most` is halved by the digest of its blocks, and
 * again, until no part is: one block more moves no other from part to part.
 */
export function addressGroups(rules: readonly AddressRule[], most = Infinity): AddressGroup[] {
  return byTraffic(rules).flatMap(({ traffic, rules: same }) =>
    FAMILIES.flatMap((family) =>
      partsOf(
        same.filter((rule) => rule.family === family),
        most,
      ).map((part) => {
        const name = `${traffic.flow}-${traffic.protocol}-${portText(traffic)}-${family}`;
        return { name: part.digits === '' ? name : `${name}-${part.digits}`, traffic, family, rules: part.rules };
      }),
    ),
  );
}

interface Part {
  /** The first binary digits of the digests of its blocks, as many as tell it from the other parts. */
  readonly digits: string;
  readonly rules: readonly AddressRule[];
}

function partsOf(rules: readonly AddressRule[], most: number, digits = ''): Part[] {
  if (rules.length === 0) return [];
  if (rules.length <= most) return [{ digits, rules }];
  return ['0', '1'].flatMap((digit) =>
    partsOf(
      rules.filter(({ cidr }) => digestDigit(cidr, digits.length) === digit),
      most,
      `${digits}${digit}`,
    ),
  );
}

/** A binary digit of the digest of a text, by its place from the front. */
function digestDigit(text: string, place: number): string {
  const nibble = Number.parseInt(sha256(text)[Math.floor(place / 4)]!, 16);
  return String((nibble >> (3 - (place % 4))) & 1);
}

/** What a group is for: the labels of its rules, each once, in the order of text. */
export function labelsOf({ rules }: Pick<AddressGroup, 'rules'>): string {
  return [...new Set(rules.flatMap(({ labels }) => labels))].sort(compareText).join(', ');
}

/**
 * The group as groups in which no block is within another, for devices that refuse that: what is within others is in one
 * of its own, by how many they are.
 */
export function withoutOverlap(group: AddressGroup): AddressGroup[] {
  const around: AddressRule[] = [];
  const byDepth = Map.groupBy(group.rules, (rule) => {
    const range = rangeOf(blockOf(rule.cidr));
    // In address order what is around a block comes before it.
    while (around.length > 0 && !contains(rangeOf(blockOf(around.at(-1)!.cidr)), range)) around.pop();
    return around.push(rule) - 1;
  });
  return [...byDepth]
    .sort(([a], [b]) => a - b)
    .map(([depth, rules]) => ({ ...group, name: depth === 0 ? group.name : `${group.name}-within-${depth}`, rules }));
}
