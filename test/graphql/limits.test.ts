import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { buildSchema, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/graphql/limits.js';
import { weigh } from '../../src/graphql/weight.js';

const SCHEMA = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const weightOf = (document: string) => weigh(SCHEMA, parse(document));

it.each([
  ['{ product { name } }', { depth: 2, fields: 2, aliases: 0, directives: 0, cost: 2 }],
  ['{ a: product { b: name c: name } }', { depth: 2, fields: 3, aliases: 3, directives: 0, cost: 3 }],
  ['{ requirements { nodes { ref need } } }', { depth: 3, fields: 4, aliases: 0, directives: 0, cost: 202 }],
  [
    '{ requirements { ...a ...a } } fragment a on RequirementList { nodes { ref } }',
    { depth: 3, fields: 3, cost: 203 },
  ],
  ['{ product { ... on Product { name } ... @include(if: true) { title } } }', { depth: 2, fields: 3, directives: 1 }],
  ['query @x { product @y { name @z } }', { directives: 3 }],
  [
    '{ host(name: "a") { name } ...a b: host(name: "b") { name } } fragment a on Query { host: ports(selection: {}) { asOf { revision } } }',
    { repeats: 2 },
  ],
  ['{ product { name name name } }', { repeats: 0 }],
  ['{ revisions(first: 7) { nodes { revision } } }', { cost: 15 }],
  ['{ revisions { nodes { revision } } }', { cost: 101 }],
  ['query($n: Int) { revisions(first: $n) { nodes { revision } } }', { cost: 1001 }],
  ['query($n: Int = 3) { revisions(first: $n) { nodes { revision } } }', { cost: 1001 }],
  ['query A { product { name } } query B { requirements { nodes { ref } } }', { cost: 102, fields: 5, depth: 3 }],
  ['fragment a on Product { name }', { depth: 1, cost: 1, fields: 1 }],
  // What does not fit the schema, or leads back to itself, weighs as it is written. Validation refuses it.
  ['{ nonsense { a { b } } }', { depth: 3, cost: 3 }],
  ['{ ...a } fragment a on Query { product { name } ...a }', { depth: 2, cost: 2 }],
  ['{ ...nowhere }', { depth: 0, cost: 0 }],
])('%s', (document, weight) => {
  expect(weightOf(document)).toMatchObject(weight);
});

const ADDRESS =
  'cidr family host sharedWith status source firstSeenAt effectiveFrom announcedRemovalAt removedAt retireAt';
const REQUIREMENT = `ref product task mode need condition direction initiator zone description ifBlocked addressCoverage
  ports { protocol from to basis } addresses { ${ADDRESS} } data { sends receives } topology { singleHost multiHost }
  facets { name value } source { document section }`;
const HOST = `name kind companionOf addressCoverage addresses { ${ADDRESS} }`;

describe('what is allowed', () => {
  const isAllowed = (document: string) =>
    Object.entries(weightOf(document)).every(([limit, found]) => found <= LIMITS[limit as keyof typeof LIMITS]);

  it('has room for introspection as every tool sends it', () => {
    const options = {
      specifiedByUrl: true,
      inputValueDeprecation: true,
      schemaDescription: true,
      directiveIsRepeatable: true,
    };
    expect(isAllowed(getIntrospectionQuery({ ...options, oneOf: true }))).toBe(true);
  });

  it.each([
    [
      'every member of every requirement',
      `{ requirements { asOf { revision publishedAt } coverage { endpoints notAddressable } nodes { ${REQUIREMENT} } } }`,
    ],
    [
      'and the hosts and companions of each endpoint',
      `{ requirements { nodes { ${REQUIREMENT} endpoint { kind name hosts { ${HOST} } companions { why hosts { ${HOST} } } } } } }`,
    ],
    [
      'and what else needs these hosts',
      `{ requirements { nodes { ref endpoint { hosts { ${HOST} requirements { ref task mode need } } } } } }`,
    ],
    ['a page of hosts', `{ hosts { nodes { ${HOST} requirements { ${REQUIREMENT} } } } }`],
    [
      'an allow list with what needs each address',
      `{ addresses { nodes { cidr hosts requirements { ${REQUIREMENT} } } } }`,
    ],
    [
      'six tasks side by side',
      `{ ${[1, 2, 3, 4, 5, 6].map((i) => `t${i}: requirements(selection: { task: "t${i}" }) { nodes { ref need endpoint { hosts { ${HOST} } } } }`).join(' ')} }`,
    ],
    [
      'the longest page of revisions',
      '{ revisions(first: 500) { edges { cursor node { revision digest publishedAt previous cause by note upstream { url sha256 } } } } }',
    ],
  ])('has room for %s', (_what, document) => {
    expect(isAllowed(document)).toBe(true);
  });
});

it('the cost of a document is at least that of each of its parts', () => {
  const field = fc.letrec<{ set: string }>((tie) => ({
    set: fc.oneof(
      { depthSize: 'small' },
      fc.constant('ref'),
      tie('set').map((beneath) => `endpoint { hosts { requirements { ${beneath} } } }`),
      fc.tuple(tie('set'), tie('set')).map(([a, b]) => `... { ${a} } ... { ${b} }`),
    ),
  })).set;
  const costOf = (set: string) => weightOf(`{ requirements { nodes { ${set} } } }`).cost;
  fc.assert(
    fc.property(field, field, (a, b) => {
      const both = costOf(`${a} ... { ${b} }`);
      expect(both).toBeGreaterThanOrEqual(Math.max(costOf(a), costOf(b)));
    }),
  );
});
