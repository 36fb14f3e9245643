// Addresses that are known to be well-formed, read and written a digit at a time: a list has a hundred thousand.

const [DOT, ZERO] = [0x2e, 0x30];

/** Four octets as one number. */
export function octetsIn(text: string): number {
  let [sum, octet] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== DOT) octet = octet * 10 + code - ZERO;
    else [sum, octet] = [sum * 256 + octet, 0];
  }
  return sum * 256 + octet;
}

export function textOfOctets(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The eight groups of an IPv6 address. */
export function groupsIn(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const left = groupsWithoutGap(head);
  if (tail === undefined) return left;
  const right = groupsWithoutGap(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function groupsWithoutGap(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return parseInt(group, 16);
    const embedded = octetsIn(group);
    return [embedded >>> 16, embedded & 0xffff];
  });
}

export function numberOf(groups: readonly number[]): bigint {
  let value = 0n;
  // Two at once: numbers of any size are what takes time here.
  for (let i = 0; i < 8; i += 2) value = (value << 32n) | BigInt(groups[i]! * 0x1_0000 + groups[i + 1]!);
  return value;
}

export function groupsOf(value: bigint): number[] {
  return [96n, 64n, 32n, 0n].flatMap((shift) => {
    const two = Number((value >> shift) & 0xffffffffn);
    return [two >>> 16, two & 0xffff];
  });
}

/** Where the most groups in a row are zero; the first of several. */
export function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, i) => {
    if (group !== 0) start = i + 1;
    else if (i - start + 1 > best.length) best = { start, length: i - start + 1 };
  });
  return best;
}
