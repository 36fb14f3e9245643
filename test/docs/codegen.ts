import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildClientSchema, getIntrospectionQuery, parse, printSchema, type IntrospectionQuery } from 'graphql';
import { diagnosticsOf } from './code.js';
import { SAID_TO_BE_AT } from './shell.js';

/** What graphql-codegen reads from codegen.json, as far as the page uses it. */
interface Settings {
  readonly schema: string;
  readonly generates: Readonly<
    Record<string, { readonly plugins: readonly string[]; readonly config: Readonly<Record<string, unknown>> }>
  >;
}

const PLUGINS = {
  'typescript-operations': operations,
  'typed-document-node': typedDocumentNode,
} as const;

/**
 * Generates types for operations, as graphql-codegen does by these settings: the schema by introspection.
 *
 * @throws Error where the compiler does not take them, or an enum is taken to be complete.
 */
export async function generateTypes(settings: string, documents: readonly string[], url: string): Promise<void> {
  const { schema: address, generates } = JSON.parse(settings) as Settings;
  const schema = parse(await introspected(address.replace(SAID_TO_BE_AT, url)));
  for (const [filename, { plugins, config }] of Object.entries(generates)) {
    const code = await codegen({
      filename,
      schema,
      documents: documents.map((text, i) => ({ location: `${i}.graphql`, document: parse(text) })),
      config: { ...config },
      plugins: plugins.map((name) => ({ [name]: {} })),
      pluginMap: PLUGINS,
    });
    const found = diagnosticsOf(code);
    if (found.length > 0) throw new Error(found.join('\n'));
    if (!code.includes('%future added value')) throw new Error('the enums are taken to be complete');
  }
}

async function introspected(address: string): Promise<string> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data } = (await answer.json()) as { readonly data: IntrospectionQuery };
  return printSchema(buildClientSchema(data));
}
