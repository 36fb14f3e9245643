import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/rest/openapi.js';
import { Software } from '../../src/answer/software.js';
import { startService, type RunningService } from './service.js';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: {
    name: string;
    in: 'query' | 'path';
    required: boolean;
    schema: { example?: string; enum?: readonly string[] };
  }[];
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  security?: object[];
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const text = readFileSync(new URL('../../schema/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(text) as OpenApi;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
);

/** The document's schemas, closed: an answer may have no member that the document does not tell of. */
const closed = JSON.parse(text, (_key, value: unknown) => {
  if (typeof value !== 'object' || value === null || !('properties' in value) || 'additionalProperties' in value)
    return value;
  return { ...value, additionalProperties: false };
}) as OpenApi;
const ajv = new Ajv2020({ allErrors: true, strict: false });
// The package is CommonJS; its function is the default of the default where types say otherwise.
(addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
ajv.addSchema({ $id: 'openapi', ...closed });

function check(path: string, method: string, status: number, mediaType: string, body: unknown): void {
  const pointer = ['paths', path, method, 'responses', String(status), 'content', mediaType, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
  expect(validate(body), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
}

let service: RunningService;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: 'ops:a-token' });
});
afterAll(() => service.stop());

/** The path with the examples that the document gives. */
const exampleOf = (path: string, { parameters = [] }: Operation) => {
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (url, { name, schema }) =>
        url.replace(`{${name}}`, encodeURIComponent(schema.example ?? schema.enum?.[0] ?? name)),
      path,
    );
  const text = query.map(({ name, schema }) => `${name}=${encodeURIComponent(schema.example ?? '')}`).join('&');
  return text === '' ? filled : `${filled}?${text}`;
};
const call = (method: string, url: string) => {
  const test = service.ask[method as 'get'](url);
  return url.startsWith('/admin/') ? test.set('Authorization', 'Bearer a-token') : test;
};

it('the committed document is the one that the code makes', async () => {
  const made = await openApiDocument(service.app, service.app.get(Software).version);
  expect(made, 'run "npm run schema" and read the difference').toEqual(document);
});

it('is OpenAPI 3.1, and served as it is committed', async () => {
  expect(document.openapi).toBe('3.1.0');
  expect((await service.ask.get('/openapi.json').expect(200)).text).toBe(text);
});

it('has every route of the application, and no other', () => {
  expect(operations.map(({ name }) => name).sort()).toEqual(
    [
      'get /requirements',
      'get /requirements/{product}/{task}/{mode}/{endpoint}',
      'get /catalog',
      'get /tasks',
      'get /upcoming',
      'get /modes',
      'get /ports',
      'get /hosts',
      'get /hosts/{name}',
      'get /addresses',
      'get /lookup',
      'get /version',
      'get /changes',
      'get /diff',
      'get /revisions',
      'get /revisions/{revision}',
      'get /exports',
      'get /exports/{format}',
      'get /exports/{format}/omissions',
      'get /exports/{format}/{product}/{task}/{mode}',
      'get /feed.atom',
      'get /feed.json',
      'get /status',
      'get /health/live',
      'get /health/ready',
      'get /admin/held',
      'post /admin/held/{digest}/approve',
      'post /admin/held/{digest}/reject',
      'put /admin/pin',
      'delete /admin/pin',
      'post /admin/revoke',
      'delete /admin/revoke',
      'post /admin/preview',
      'post /admin/refresh',
    ].sort(),
  );
});

it('says what every operation, parameter and member is', () => {
  for (const { name, operation } of operations) {
    expect(operation.summary, name).toMatch(/\.$/);
    for (const [status, { description }] of Object.entries(operation.responses))
      expect(description, `${name} ${status}`).not.toBe('');
  }
  const missing = Object.entries(document.components.schemas).flatMap(([schema, definition]) =>
    Object.entries((definition as { properties?: Record<string, { description?: string }> }).properties ?? {})
      .filter(([, member]) => (member.description ?? '') === '')
      .map(([member]) => `${schema}.${member}`),
  );
  expect(missing).toEqual([]);
});

it('requires every member of every answer', () => {
  for (const [name, definition] of Object.entries(document.components.schemas)) {
    const { properties = {}, required = [] } = definition as { properties?: object; required?: string[] };
    expect(required.toSorted(), name).toEqual(Object.keys(properties).sort());
  }
});

/** What is decided of something that is held is asked where something is. */
const ofWhatIsHeld = ({ path }: { readonly path: string }) => path.includes('{digest}');

describe.each(operations.filter((one) => !ofWhatIsHeld(one)))('$name', ({ path, method, operation }) => {
  it('answers its own example as it says', async () => {
    const { status, type, text } = await call(method, exampleOf(path, operation)).expect(200);
    check(path, method, status, type, type.endsWith('json') ? JSON.parse(text) : text);
  });

  it('refuses what is not accepted as it says', async () => {
    const { status, text } = await call(method, exampleOf(path, operation)).set('Accept', 'image/png').expect(406);
    check(path, method, status, 'application/problem+json', JSON.parse(text));
  });
});

const saying = (status: string) => operations.filter(({ operation }) => operation.responses[status] !== undefined);

describe.each(saying('400').filter(({ method }) => method === 'get'))('$name', ({ path, method, operation }) => {
  it('refuses an unknown parameter as it says', async () => {
    const url = exampleOf(path, operation);
    const { status, text } = await call(method, `${url}${url.includes('?') ? '&' : '?'}nonsense=1`).expect(400);
    check(path, method, status, 'application/problem+json', JSON.parse(text));
  });
});

/** Where it is a parameter that names what is not there. */
const OTHER_MOMENTS: Readonly<Record<string, string>> = {
  '/changes': '?since=999999',
  '/diff': '?from=999999',
  '/lookup': '?q=quay.io&at=999999',
};

/** Where they are told of without a token or tokens. */
const isAdmin = ({ path }: { readonly path: string }) => path.startsWith('/admin/');

describe.each(saying('404').filter((one) => one.method === 'get' && !isAdmin(one)))('$name', ({ path, method }) => {
  it('says 404 of another as it says', async () => {
    const other = path.replace(/\{(?:name|revision|endpoint)\}/, 'nonsense').replaceAll(/[{}]/g, '');
    const moment = OTHER_MOMENTS[path] ?? (path.includes('{') ? '' : '?at=999999');
    const { status, text } = await call(method, other + moment).expect(404);
    check(path, method, status, 'application/problem+json', JSON.parse(text));
  });
});

describe.each(saying('401'))('$name', ({ path, method }) => {
  it('asks for a token as it says', async () => {
    const { status, text } = await service.ask[method as 'post'](path).expect(401);
    check(path, method, status, 'application/problem+json', JSON.parse(text));
  });
});

it('a status with errors in it is as the document says', async () => {
  const { body } = await service.ask.get('/status').expect(200);
  expect((body as { upstream: { lastError: unknown } }).upstream.lastError).not.toBeNull();
  check('/status', 'get', 200, 'application/json', body);
});
