/** A body of /graphql that is made to cost much, by what it does. */
export type Bomb = readonly [what: string, body: unknown];

const times = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i)).join(' ');
const query = (query: string, variables?: object) => ({ query, variables });
const SELECT = 'query($selection: SelectionInput) { requirements(selection: $selection) { nodes { ref } } }';

/** Each fragment spreads the next one twice. */
const doubling = (count: number) =>
  `{ requirements { ...f0 } } ${times(count, (i) => `fragment f${i} on RequirementList { ...f${i + 1} ...f${i + 1} }`)}
  fragment f${count} on RequirementList { coverage { endpoints } }`;
const nested = (count: number) =>
  `{ requirements { nodes { endpoint ${'{ hosts { requirements { endpoint '.repeat(count)} { name } ${'} } } '.repeat(count)} } } }`;

/** Documents and variables that were seen to take seconds or gigabytes elsewhere, within the 64 KiB that a body may have. */
export const BOMBS: readonly Bomb[] = [
  ['nests 30 deep', query(nested(10))],
  ['nests 500 deep', query(nested(170))],
  ['nests 5,000 deep', query(`{ ${'a { '.repeat(5_000)} a ${'} '.repeat(5_000)} }`)],
  ['has 5,000 aliases', query(`{ ${times(3_500, (i) => `a${i}: __typename`)} }`)],
  ['has 400 aliases', query(`{ ${times(400, (i) => `a${i}: __typename`)} }`)],
  ['has 3,000 directives', query(`{ product { name ${'@include(if: true) '.repeat(3_000)} } }`)],
  ['has 900 directives that there are not', query(`{ product { name ${'@x '.repeat(900)} } }`)],
  ['has 6,000 tokens', query(`{ ${'a '.repeat(6_000)} }`)],
  ['doubles fragments 17 times', query(doubling(17))],
  ['doubles fragments 22 times', query(doubling(22))],
  ['doubles fragments 100 times', query(doubling(100))],
  [
    'spreads a fragment in itself',
    query('{ requirements { ...a } } fragment a on RequirementList { nodes { ref } ...a ...a }'),
  ],
  ['spreads two fragments in each other', query('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')],
  ['has 1,900 overlapping fields', query(`{ ${'__typename '.repeat(1_900)} }`)],
  ['has 298 fields that conflict', query(`{ ${times(149, (i) => `requirement(ref: "${i}") { ref }`)} }`)],
  [
    'spreads 150 overlapping fragments',
    query(
      `{ requirements { ${times(150, (i) => `...f${i}`)} } } ${times(150, (i) => `fragment f${i} on RequirementList { product a: product }`)}`,
    ),
  ],
  [
    'asks for lists in lists in lists',
    query(
      '{ requirements { nodes { endpoint { hosts { requirements { endpoint { hosts { requirements { ref } } } } } } } } }',
    ),
  ],
  [
    'introspects in a circle',
    query(`{ __schema { types ${'{ fields { type '.repeat(5)} { name } ${'} } '.repeat(5)} } }`),
  ],
  ['has 290 fields that there are not', query(`{ ${times(290, (i) => `f${i}`)} }`)],
  ['is a batch of 1,000', Array.from({ length: 1_000 }, () => query('{ product { name } }'))],
  [
    'asks 50 times for 200 hosts that there are not',
    query(`query($h: [String!]) { ${times(50, (i) => `a${i}: hosts(selection: { host: $h }) { product }`)} }`, {
      h: Array.from({ length: 200 }, (_, i) => `replicated.com.repl${i}`),
    }),
  ],
  [
    'asks each host for 5,000 statuses',
    query(
      'query($s: [AddressStatus!]) { requirements { nodes { endpoint { hosts { addresses(status: $s) { cidr } } } } } }',
      {
        s: Array.from({ length: 5_000 }, () => 'CURRENT'),
      },
    ),
  ],
  [
    'has 5,000 tasks that there are not',
    query(SELECT, { selection: { task: Array.from({ length: 5_000 }, (_, i) => `t${i}`) } }),
  ],
  [
    'has 5,000 needs that there are not',
    query(SELECT, { selection: { need: Array.from({ length: 5_000 }, (_, i) => `t${i}`) } }),
  ],
  [
    'has 4,000 members that there are not',
    query(SELECT, { selection: Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`t${i}`, 1])) }),
  ],
  [
    'has a ref of 60,000 characters',
    query('query($ref: String!) { requirement(ref: $ref) { ref } }', { ref: 'x'.repeat(60_000) }),
  ],
  [
    'has a host of 60,000 characters',
    query('query($name: String!) { host(name: $name) { name } }', { name: 'x'.repeat(60_000) }),
  ],
  ['looks up 60,000 characters', query('query($q: String!) { lookup(q: $q) { verdict } }', { q: '1'.repeat(60_000) })],
  [
    'has a moment of 60,000 characters',
    query('query($at: String!) { catalog(at: $at) { title } }', { at: '1'.repeat(60_000) }),
  ],
  [
    'asks for 49 things that there are not',
    query(`{ ${times(49, (i) => `a${i}: requirement(ref: "nope${i}") { ref }`)} }`),
  ],
  [
    'has a variable 10,000 lists deep',
    `{"query":${JSON.stringify(SELECT)},"variables":{"selection":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`,
  ],
];
