import { ClientError, GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { API, API_IPV4, API_IPV6, CHECKLIST, REQUIREMENT, cidrs, textOf } from './documents.js';
import { wire } from './wire.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

function portal() {
  const { fetch, exchanges } = wire();
  return { client: new GraphQLClient(`${service.url}/graphql`, { fetch }), exchanges };
}

async function failing(ask: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await ask.catch((caught: unknown) => caught);
  if (error instanceof ClientError) return error;
  throw new Error('The client shows no errors of GraphQL.', { cause: error });
}

describe('a portal with graphql-request', () => {
  it('asks with variables, and is answered with what its document is typed as', async () => {
    const { client } = portal();
    const { requirement } = await client.request(REQUIREMENT, { ref: API });
    expect(cidrs(requirement?.addresses)).toEqual([...API_IPV4, ...API_IPV6]);
  });

  it('asks for many with a selection, and is answered for it alone', async () => {
    const { client } = portal();
    const { requirements } = await client.request(CHECKLIST, { selection: { task: ['run'], mode: ['online'] } });
    expect(requirements.nodes.map(({ ref }) => ref.split('/')[3])).toEqual([
      'management-console',
      'cluster-communication',
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['requirement', { ref: API }, 'requirement'],
    ['checklist', { selection: { task: ['upgrade'] } }, 'requirements'],
    ['addresses', { selection: { family: ['IPV4'] } }, 'requirements'],
    ['lookup', { q: '162.159.137.43' }, 'lookup'],
    ['standing', { first: 1 }, 'status'],
  ])('is answered without an error each document that it has: %s', async (name, variables, field) => {
    const { client } = portal();
    const { data, errors } = await client.rawRequest<Readonly<Record<string, unknown>>>(textOf(name), variables);
    expect(errors).toBeUndefined();
    expect(data[field]).toEqual(expect.any(Object));
  });

  it('is thrown an error with the code of the problem and what was likely meant', async () => {
    const { client } = portal();
    const { response } = await failing(client.request(CHECKLIST, { selection: { task: ['upgrad'] } }));
    expect(response.errors).toMatchObject([
      { extensions: { code: 'invalid-parameters', errors: [{ parameter: 'task', didYouMean: 'upgrade' }] } },
    ]);
  });

  it('is thrown a document that does not fit the schema with its place', async () => {
    const { client } = portal();
    const { response } = await failing(client.request('{ requirements { rows } }'));
    expect(response.status).toBe(400);
    expect(response.errors).toMatchObject([
      { extensions: { code: 'invalid-document' }, locations: [{ line: 1, column: 18 }] },
    ]);
  });

  it('is thrown a requirement that is not there, with its code and with the data that is', async () => {
    const { client } = portal();
    const { response } = await failing(client.request(REQUIREMENT, { ref: `${API}.example` }));
    expect(response.data).toEqual({ requirement: null });
    expect(response.errors).toMatchObject([{ path: ['requirement'], extensions: { code: 'unknown-requirement' } }]);
  });

  it('is refused a batch of requests, with an error that says so', async () => {
    const { client, exchanges } = portal();
    const one = { document: textOf('requirement'), variables: { ref: API } };
    const { response, message } = await failing(client.batchRequests([one, one]));
    expect(exchanges.map(({ sent }) => sent)).toEqual([[expect.anything(), expect.anything()]]);
    expect(response.status).toBe(400);
    expect(response.errors).toMatchObject([{ extensions: { code: 'malformed-request' } }]);
    expect(message).toContain('Several operations in one request');
  });
});
