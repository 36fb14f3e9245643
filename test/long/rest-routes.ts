import { readFileSync } from 'node:fs';

/** A parameter as schema/openapi.json has it. */
export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly schema: Schema & { readonly items?: Schema };
}

interface Schema {
  readonly enum?: readonly string[];
  readonly example?: string;
}

/** A route, and what it may answer to whom. */
export interface Route {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: readonly Parameter[];
  readonly statuses: ReadonlySet<number>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const { paths } = JSON.parse(readFileSync(new URL('../../schema/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<'get' | 'post', Operation>>>>>;
};

export const ROUTES: readonly Route[] = Object.entries(paths).flatMap(([path, { get, post }]) => {
  const operation = get ?? post;
  // What is only put or deleted is for operators; and what is revoked is not answered as before, which is right.
  if (operation === undefined || path === '/admin/revoke') return [];
  return [
    {
      path,
      method: get === undefined ? 'POST' : 'GET',
      parameters: operation.parameters ?? [],
      statuses: new Set(Object.keys(operation.responses).map(Number)),
    },
  ];
});
