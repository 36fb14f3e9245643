import { describe, expect, it } from 'vitest';
import { ExportRefusal } from '../../src/export/exporter.js';
import { formatOf } from '../../src/export/formats.js';
import { optionValues } from '../../src/export/option.js';
import type { AddressRule } from '../../src/export/rule.js';
import { stableNumbers } from '../../src/export/stable-number.js';
import { familyOf, formatBlock } from '../../src/model/cidr.js';
import { CHECKS } from './checks.js';
import { block } from './grammar.js';
import { FIXTURES, defaultsOf } from './fixtures.js';
import { rulesToldOf } from './rules-of.js';

const [{ snapshot }] = FIXTURES as [(typeof FIXTURES)[number]];

/** As many addresses as asked for, for one port. */
function addresses(count: number, port = 443): AddressRule[] {
  return Array.from({ length: count }, (_, i) => {
    const cidr = formatBlock({ family: 'ipv4', first: 0x1400_0000n + BigInt(2 * i), prefix: 32 });
    const traffic = { flow: 'outbound', protocol: 'tcp', from: port, to: port } as const;
    return { ...traffic, cidr, family: familyOf(cidr), labels: ['a.com'] };
  });
}

function render(id: string, rules: readonly AddressRule[]): string {
  const exporter = formatOf(id)!;
  const source = { rules: { names: [], addresses: rules }, omitted: [], header: [], catalog: snapshot.catalog };
  return String(exporter.render({ ...source, requirements: [] }, optionValues(defaultsOf(exporter))));
}

/** What the strict reader of a format finds in it. */
function read(id: string, rules: readonly AddressRule[]): string[] {
  return CHECKS.find((check) => check.id === id)!
    .read(render(id, rules))
    .toSorted();
}

function told(id: string, rules: readonly AddressRule[]): string[] {
  return rulesToldOf({ names: [], addresses: rules }, formatOf(id)!).sort();
}

describe('what a cloud does not hold', () => {
  it.each([
    ['aws-prefix-list', 100, /takes 100 entries.* has 101/],
    ['aws-security-group', 1000, /at most 1000 rules.* 1001/],
    ['azure-nsg', 4000, /at most 4000 addresses outbound.* 4001/],
    ['suricata', 30_000, /at most 30000 rules.* 30001/],
  ])('is refused by %s above %i, with both numbers', (id, most, message) => {
    const last = addresses(most + 1);
    const rendering = () => render(id, last);
    expect(rendering).toThrow(ExportRefusal);
    expect(rendering).toThrow(message);
    expect(render(id, addresses(100))).not.toBe('');
  });

  it('is refused where a template of Azure has too many rules', () => {
    const rules = Array.from({ length: 801 }, (_, i) => addresses(1, i + 1)[0]!);
    expect(() => render('azure-nsg', rules)).toThrow(/at most 800 rules.* 801/);
  });
});

describe('what is too long for one object', () => {
  it.each([
    ['terraform-aws', 100],
    ['gcp-firewall', 256],
  ])('is divided by %s above %i', (id, most) => {
    for (const count of [most, most + 1, 3 * most]) {
      expect(read(id, addresses(count))).toEqual(told(id, addresses(count)));
    }
  });

  it('keeps its parts where one comes that is within them', () => {
    const before = render('terraform-aws', addresses(250)).split('\n');
    const after = render('terraform-aws', addresses(251)).split('\n');
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
    expect(after.length - before.length).toBe(1);
  });
});

it('blocks within others are in a rule of their own, where they cannot be in one', () => {
  const around = ['20.0.0.0/8', '20.0.0.0/16', '20.0.0.1/32', '20.1.0.0/16'].map((text) => ({
    ...addresses(1)[0]!,
    cidr: block(text),
  }));
  const body = render('azure-nsg', around);
  expect(read('azure-nsg', around)).toEqual(told('azure-nsg', around));
  expect(body.match(/"name": "gatepost[^"]+"/g)).toEqual([
    '"name": "gatepost-outbound-tcp-443-ipv4"',
    '"name": "gatepost-outbound-tcp-443-ipv4-within-1"',
    '"name": "gatepost-outbound-tcp-443-ipv4-within-2"',
  ]);
});

describe('stable numbers', () => {
  const texts = Array.from({ length: 90 }, (_, i) => `text ${i}`);

  it('are all different, and within their range, even where nearly all are taken', () => {
    const numbers = [...stableNumbers(texts, 1000, 100).values()];
    expect(new Set(numbers).size).toBe(90);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...numbers)).toBeLessThan(1100);
  });

  it('stay as others come and go', () => {
    const [before, after] = [texts, texts.slice(1)].map((some) => stableNumbers(some, 0, 100_000_000));
    expect([...after!].filter(([text, number]) => before!.get(text) !== number)).toEqual([]);
  });

  it('are not given to more texts than there are numbers', () => {
    expect(() => stableNumbers(texts, 0, 89)).toThrow(RangeError);
  });
});
