import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exporter } from '../../src/export/exporter.js';
import { optionValues } from '../../src/export/option.js';
import { compareTraffic, type AddressRule, type NameRule, type Rules } from '../../src/export/rule.js';
import { express } from '../../src/export/expressed.js';
import { wantedOf, type Peer, type Wanted } from '../../src/export/wanted.js';
import { compareText } from '../../src/model/canonical.js';
import { blockOf, compareBlocks, formatBlock, blockAround, familyOf, type Cidr } from '../../src/model/cidr.js';
import { select } from '../../src/model/select.js';
import { CHECKED, asText } from './bodies.js';
import { cidr } from '../model/fixture.js';
import { FIXTURES, HOSTILE, defaultsOf, questionOf } from './fixtures.js';
import { comparable } from './coverage.js';
import { rulesToldOf } from './rules-of.js';

const MIXED = FIXTURES.find(({ name }) => name === 'mixed')!;

/** Any public block. */
const anyBlock: fc.Arbitrary<Cidr> = fc.oneof(
  // Blocks within others, and neighbours.
  fc.constantFrom(
    ...['20.0.0.0/20', '20.0.0.0/24', '20.0.0.7/32', '20.0.1.0/24', '2600::/32', '2600::1/128'].map(cidr),
  ),
  fc
    .tuple(fc.bigInt(0x0b00_0000n, 0x63ff_ffffn), fc.integer({ min: 20, max: 32 }))
    .map(([address, prefix]) => formatBlock(blockAround('ipv4', address, prefix))),
  fc
    .tuple(fc.bigInt(0x2600n << 112n, (0x2601n << 112n) - 1n), fc.integer({ min: 32, max: 128 }))
    .map(([address, prefix]) => formatBlock(blockAround('ipv6', address, prefix))),
);
const anyName = fc
  .array(fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/), { minLength: 2, maxLength: 4 })
  .map((labels) => labels.join('.'));
const anyPorts = fc
  // Often such that they overlap.
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 440, max: 450 })),
    fc.integer({ min: 0, max: 20 }),
  )
  .map(([from, more]) => ({ from, to: Math.min(65_535, from + more) }));

/** Free text: ordinary, hostile, or both. */
const anyText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom(...HOSTILE), { minLength: 2, maxLength: 4 }).map((texts) => texts.join('')),
);

/** Any rules that a format takes, as they come out of what is wanted: in order, each once. */
function anyRules({ supports }: Exporter): fc.Arbitrary<Rules> {
  const one = { protocol: 'tcp', from: 443, to: 443 } as const;
  const traffic = supports.ports
    ? fc
        .tuple(
          fc.constantFrom(...supports.flows),
          fc.constantFrom(...(supports.protocols ?? (['tcp', 'udp'] as const))),
          anyPorts,
        )
        .map(([flow, protocol, range]) => ({ flow, protocol, ...range }))
    : fc.constant({ flow: 'outbound', ...one } as const);
  const blocks = anyBlock.filter((cidr) => supports.families.includes(familyOf(cidr)));
  const addresses =
    supports.families.length === 0
      ? fc.constant([])
      : fc.array(
          fc
            .tuple(traffic, blocks, fc.array(anyName, { minLength: 1, maxLength: 3 }))
            .map(([way, cidr, labels]): AddressRule => ({ ...way, cidr, family: familyOf(cidr), labels })),
          { minLength: supports.names ? 0 : 1, maxLength: 12 },
        );
  const seen = traffic.filter(({ protocol }) => supports.namesOver?.includes(protocol) ?? true);
  const outboundNames = supports.names
    ? fc.array(
        fc.tuple(seen, anyName, fc.boolean()).map(([way, name, isStar]): NameRule => ({
          ...way,
          flow: 'outbound',
          name,
          isWildcard: isStar && supports.wildcards !== 'none',
        })),
        { minLength: supports.families.length === 0 ? 1 : 0, maxLength: 8 },
      )
    : fc.constant([]);
  return fc.record({ names: outboundNames, addresses }).map((rules) => inOrder(rules));
}

function inOrder({ names, addresses }: Rules): Rules {
  const each = <R>(rules: readonly R[], keyOf: (rule: R) => string) => [
    ...new Map(rules.map((rule) => [keyOf(rule), rule])).values(),
  ];
  return {
    names: each(names, (rule) => JSON.stringify(rule)).sort(
      (a, b) => compareTraffic(a, b) || compareText(a.name, b.name) || Number(a.isWildcard) - Number(b.isWildcard),
    ),
    addresses: each(addresses, (rule) => JSON.stringify({ ...rule, labels: null })).sort(
      (a, b) => compareTraffic(a, b) || compareBlocks(blockOf(a.cidr), blockOf(b.cidr)),
    ),
  };
}

/** An entry with its braces, in formats that have an object for each; and where a count or an order moves. */
const FEW = 16;

const NOT_TABLES = CHECKED.filter(([, { kind }]) => kind !== 'table');

describe.each(NOT_TABLES)('%s', (_id, exporter, check) => {
  const { snapshot } = MIXED;
  const requirements = select(snapshot, questionOf(MIXED, exporter).selection);
  const render = (rules: Rules, header: readonly string[] = ['One', 'Two']) =>
    exporter.render({ rules, header, catalog: snapshot.catalog, requirements: [] }, optionValues(defaultsOf(exporter)));

  it('lets through any rules, those and no others', () => {
    fc.assert(
      fc.property(anyRules(exporter), (rules) => {
        fc.pre(rules.names.length + rules.addresses.length > 0 || exporter.canBeEmpty);
        expect(comparable(check.read(render(rules)), check)).toEqual(comparable(rulesToldOf(rules, exporter), check));
      }),
    );
  });

  it('lets nothing else through whatever a label or the header says', () => {
    fc.assert(
      fc.property(anyRules(exporter), fc.array(anyText), anyText, (rules, header, text) => {
        fc.pre(rules.names.length + rules.addresses.length > 0 || exporter.canBeEmpty);
        const labelled = { ...rules, addresses: rules.addresses.map((rule) => ({ ...rule, labels: [text] })) };
        expect(comparable(check.read(render(labelled, header)), check)).toEqual(
          comparable(rulesToldOf(rules, exporter), check),
        );
      }),
    );
  });

  it('is the same bytes whatever the order of what it is made of', () => {
    const wishes = questionOf(MIXED, exporter);
    const bytes = (of: typeof requirements) => {
      const expressed = express(wantedOf(of, wishes), exporter.supports);
      return asText(
        exporter.render(
          { ...expressed, header: [], catalog: snapshot.catalog, requirements: [] },
          optionValues(defaultsOf(exporter)),
        ),
      );
    };
    const usual = bytes(requirements);
    const shuffled = fc
      .shuffledSubarray(requirements, { minLength: requirements.length })
      .chain((rows) =>
        fc
          .tuple(...rows.map(({ addresses }) => fc.shuffledSubarray([...addresses], { minLength: addresses.length })))
          .map((lists) => rows.map((row, i) => ({ ...row, addresses: lists[i]! }))),
      );
    fc.assert(
      fc.property(shuffled, (rows) => {
        expect(bytes(rows)).toBe(usual);
      }),
      { numRuns: 20 },
    );
  });

  it('has every far side in its rules, or left out', () => {
    const wishes = questionOf(MIXED, exporter);
    const { rules, omitted } = express(wantedOf(requirements, wishes), exporter.supports);
    const told = new Set([
      ...rules.names.map(({ name, isWildcard }) => (isWildcard ? `*.${name}` : name)),
      ...rules.addresses.flatMap(({ labels }) => labels),
      ...omitted.map(({ item }) => item),
    ]);
    // Ranges that may serve any host say nothing of one.
    const wanted = wantedOf(requirements, wishes).filter(({ peer }) => peer.kind !== 'general');
    expect(wanted.length).toBeGreaterThan(5);
    // A name with addresses of another family alone is told by each of them.
    const isTold = ({ item, peer }: Wanted) =>
      told.has(item) || (blocksOf(peer).length > 0 && blocksOf(peer).every((cidr) => told.has(cidr)));
    expect(wanted.filter((one) => !isTold(one)).map(({ item }) => item)).toEqual([]);
  });

  it('changes few lines for one address more', () => {
    if (exporter.supports.families.length === 0) return;
    fc.assert(
      fc.property(anyRules(exporter), anyBlock, (rules, cidr) => {
        const [like] = rules.addresses;
        fc.pre(like !== undefined && exporter.supports.families.includes(familyOf(cidr)));
        const rule = { ...like, cidr, family: familyOf(cidr) };
        const rest = inOrder({ ...rules, addresses: rules.addresses.filter((one) => one.cidr !== cidr) });
        // Of the same traffic and family there is one already: what comes is an address, and no first one.
        fc.pre(rest.addresses.some((one) => one.family === rule.family && compareTraffic(one, rule) === 0));
        const more = inOrder({ ...rest, addresses: [...rest.addresses, rule] });
        const [before, after] = [rest, more].map((one) => asText(render(one)).split('\n'));
        expect(differing(before!, after!)).toBeLessThanOrEqual(FEW);
      }),
      { numRuns: 50 },
    );
  });
});

function blocksOf(peer: Peer): readonly Cidr[] {
  if (peer.kind === 'network') return peer.cidrs;
  return peer.kind === 'name' ? peer.addresses.map(({ cidr }) => cidr) : [];
}

/** How many lines of either are not in the other, as often as they are there. */
function differing(one: readonly string[], other: readonly string[]): number {
  const count = new Map<string, number>();
  for (const line of one) count.set(line, (count.get(line) ?? 0) + 1);
  for (const line of other) count.set(line, (count.get(line) ?? 0) - 1);
  return [...count.values()].reduce((sum, times) => sum + Math.abs(times), 0);
}
