import { readFileSync, readdirSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as types from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from './compiled.js';

const DOCUMENTS = new URL('documents/', import.meta.url);
const documents = readdirSync(DOCUMENTS).map((location) => ({
  location,
  document: parse(readFileSync(new URL(location, DOCUMENTS), 'utf8')),
}));
const schema = parse(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const pluginMap = { types, operations, typedDocuments };
const SCALARS = {
  CIDR: 'string',
  Date: 'string',
  DateTime: 'string',
  HostName: 'string',
  JSON: 'unknown',
  PortNumber: 'number',
};

/** What a portal generates with some plugins. No scalar is left as `any`: one that is not mapped throws. */
const generated = (plugins: readonly (keyof typeof pluginMap)[], enumType: 'native' | 'string-literal') =>
  codegen({
    schema,
    documents,
    filename: 'generated.ts',
    config: { scalars: SCALARS, strictScalars: true, useTypeImports: true, enumType },
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap,
  });

const PORTAL = `
import { GraphQLClient } from 'graphql-request';
import { ChecklistDocument, LookupDocument, RequirementDocument, StandingDocument } from './operations.js';
const client = new GraphQLClient('https://gatepost.example/graphql');
const online = { selection: { task: ['upgrade'], mode: ['online'] } };
`;

/** A portal that reads what it asks for, with the word of an enum as its types have it. */
const rightPortal = (required: string) => `${PORTAL}
import * as words from './operations.js';
import type { PortRange, Requirement } from './schema.js';

const { requirements } = await client.request(ChecklistDocument, online);
export const first: string | undefined = requirements.nodes[0]?.ref;
export const open = requirements.nodes
  .filter(({ need }) => need === ${required})
  .flatMap(({ endpoint }) => endpoint.hosts.flatMap(({ addresses }) => addresses.map(({ cidr }) => cidr.split('/'))));
export const widths: readonly number[] = requirements.nodes.flatMap(({ ports }) => ports.map(({ from, to }) => to - from));
export const { revision }: { revision: number } = requirements.asOf;

const { requirement } = await client.request(RequirementDocument, { ref: 'replicated/upgrade/online/quay.io' });
export const count: number = requirement === null ? 0 : requirement.addresses.length;

const { lookup } = await client.request(LookupDocument, { q: '162.159.137.43' });
export const coverage: string[] = lookup.hosts.map(({ host }) => host?.addressCoverage ?? 'general');

const { status, revisions } = await client.request(StandingDocument, {});
export const checked: Date | null = status.checkedAt === null ? null : new Date(status.checkedAt);
export const more: boolean = revisions.pageInfo.hasNextPage;

export const port = ({ ports }: Requirement): PortRange['from'] | undefined => ports[0]?.from;
`;

const WRONG: readonly (readonly [string, string, string])[] = [
  [
    'reads a field that it does not ask for',
    `const { requirements } = await client.request(ChecklistDocument, online);
     export const zone = requirements.nodes[0]?.zone;`,
    "Property 'zone' does not exist",
  ],
  [
    'takes a word of REST for one of GraphQL',
    `const { requirements } = await client.request(ChecklistDocument, online);
     export const required = requirements.nodes[0]?.need === 'not-required';`,
    'have no overlap',
  ],
  [
    'forgets that a requirement may not be there',
    `const { requirement } = await client.request(RequirementDocument, { ref: 'a/b/c/d' });
     export const ref = requirement.ref;`,
    "'requirement' is possibly 'null'",
  ],
  [
    'forgets that nothing may ever have been read',
    `const { status } = await client.request(StandingDocument, {});
     export const year = status.checkedAt.slice(0, 4);`,
    "'status.checkedAt' is possibly 'null'",
  ],
  [
    'takes a port for text',
    `const { requirements } = await client.request(ChecklistDocument, online);
     export const from = requirements.nodes[0]?.ports[0]?.from.padStart(5);`,
    "Property 'padStart' does not exist on type 'number'",
  ],
  [
    'names an argument wrongly',
    `export const answer = await client.request(LookupDocument, { query: 'quay.io' });`,
    "'query' does not exist in type",
  ],
  [
    'names a member of the selection wrongly',
    `export const answer = await client.request(ChecklistDocument, { selection: { tasks: ['upgrade'] } });`,
    "'tasks' does not exist in type",
  ],
];
const fileOf = (index: number) => `wrong-${index}.ts`;

describe.each([
  ['native', 'words.Need.Required'],
  ['string-literal', "'REQUIRED'"],
] as const)('types that are generated with enums of the kind %s', (enumType, required) => {
  let said: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    said = await compiled({
      'schema.ts': await generated(['types'], enumType),
      'operations.ts': await generated(['operations', 'typedDocuments'], enumType),
      'right.ts': rightPortal(required),
      ...Object.fromEntries(WRONG.map(([, text], index) => [fileOf(index), `${PORTAL}${text}`])),
    });
  });

  it('let a portal compile that reads what it asks for', () => {
    const wrong = WRONG.map((_, index) => fileOf(index));
    const rest = [...said].filter(([file]) => !wrong.includes(file));
    expect(rest).toEqual([
      ['schema.ts', []],
      ['operations.ts', []],
      ['right.ts', []],
    ]);
  });

  it.each(WRONG.map(([what, , why], index) => [what, why, fileOf(index)] as const))(
    'let no portal compile that %s',
    (_what, why, file) => {
      expect(said.get(file)).toEqual([expect.stringContaining(why)]);
    },
  );
});
