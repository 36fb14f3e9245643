import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { apart } from '../../src/export/covered.js';
import { optionValues } from '../../src/export/option.js';
import type { AddressRule, Rules } from '../../src/export/rule.js';
import { blockOf, compareBlocks, familyOf, formatBlock, parseBlock } from '../../src/model/cidr.js';
import { CHECKED } from './bodies.js';
import { whereIs } from './check.js';
import { FIXTURES, defaultsOf } from './fixtures.js';
import { comparable } from './coverage.js';
import { rulesToldOf } from './rules-of.js';

const BLOCKS = [
  '20.0.0.0/16',
  '20.0.0.0/24',
  '20.0.0.5',
  '20.0.1.0/24',
  '20.1.0.0/16',
  '30.0.0.7',
  '2600::/32',
  '2600::1',
];

const RULES = BLOCKS.map((text): AddressRule => {
  const parsed = parseBlock(text);
  if (!parsed.ok) throw new TypeError(text);
  const cidr = formatBlock(parsed.block);
  return { flow: 'outbound', protocol: 'tcp', from: 443, to: 443, cidr, family: familyOf(cidr), labels: ['a.com'] };
}).sort((a, b) => compareBlocks(blockOf(a.cidr), blockOf(b.cidr)));

/** Ranges of ports that have some in common, with blocks that are the same, or within each other. */
const RANGES = ['440-443', '443-443', '443-450', '446-460'].flatMap((range) =>
  RULES.map((rule): AddressRule => {
    const [from, to] = range.split('-').map(Number);
    return { ...rule, from: from!, to: to! };
  }),
);

it('the wider of two blocks covers the other', () => {
  const { covering, covered } = apart(RULES);
  expect(covering.map(({ cidr }) => cidr)).toEqual(['20.0.0.0/16', '20.1.0.0/16', '30.0.0.7/32', '2600::/32']);
  expect(covered.map(({ rule, by }) => `${rule.cidr} ${by}`)).toEqual([
    '20.0.0.0/24 20.0.0.0/16',
    '20.0.0.5/32 20.0.0.0/16',
    '20.0.1.0/24 20.0.0.0/16',
    '2600::1/128 2600::/32',
  ]);
});

describe.each(CHECKED.filter(([, { kind, supports }]) => kind === 'configuration' && supports.families.length > 0))(
  '%s',
  (_id, exporter, check) => {
    const rules: Rules = {
      names: [],
      addresses: RANGES.filter(({ family }) => exporter.supports.families.includes(family)),
    };
    const body = exporter.render(
      { rules, header: [], catalog: FIXTURES[0]!.snapshot.catalog, requirements: [] },
      optionValues(defaultsOf(exporter)),
    );

    it('lets through blocks within others, too', () => {
      expect(comparable(check.read(body), check)).toEqual(comparable(rulesToldOf(rules, exporter), check));
    });

    // Where a program is not there, the tests of programs say so.
    const tools = (check.tools ?? []).filter(({ needs }) => needs.every((command) => whereIs(command) !== undefined));
    it.each(tools.map((tool) => [tool.name, tool] as const))('is taken by %s', async (_name, tool) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-covered-'));
      try {
        const file = path.join(folder, `file.${exporter.extension}`);
        await writeFile(file, body);
        expect(tool.refusal(file)).toBeNull();
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  },
);
