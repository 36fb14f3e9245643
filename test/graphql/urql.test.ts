import { Client, cacheExchange, fetchExchange, gql, type ClientOptions } from '@urql/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API, API_IPV4, API_IPV6, CHECKLIST, REQUIREMENT, cidrs, type RequirementData } from './documents.js';
import { ADDED, startPublishing, type Publishing } from './publishing.js';
import { wire } from './wire.js';

const BEFORE = [...API_IPV4, ...API_IPV6];
const NOT_THERE = 'replicated/upgrade/online/api.replicated.co';

let publishing: Publishing;
beforeEach(async () => {
  publishing = await startPublishing();
});
afterEach(() => publishing.stop());

function portal(options: Partial<ClientOptions>) {
  const { fetch, exchanges } = wire();
  const url = `${publishing.service.url}/graphql`;
  return { client: new Client({ url, exchanges: [cacheExchange, fetchExchange], fetch, ...options }), exchanges };
}

const PREFLIGHTED = { headers: { 'apollo-require-preflight': 'true' } };

describe.each<[string, Partial<ClientOptions>]>([
  ['POST', { preferGetMethod: false }],
  ['GET', { preferGetMethod: true, fetchOptions: PREFLIGHTED }],
])('a portal with @urql/core by %s', (method, options) => {
  it('asks with variables, and is answered', async () => {
    const { client, exchanges } = portal(options);
    const { data, error } = await client.query(REQUIREMENT, { ref: API });
    expect(error).toBeUndefined();
    expect(data?.requirement).toMatchObject({ ref: API, need: 'REQUIRED' });
    expect(cidrs(data?.requirement?.addresses)).toEqual(BEFORE);
    expect(exchanges.map((exchange) => [exchange.method, exchange.status])).toEqual([[method, 200]]);
  });

  it('asks from one thing to the next, and is answered at each', async () => {
    const { client } = portal(options);
    const { data } = await client.query(CHECKLIST, { selection: { task: ['upgrade'], mode: ['online'] } });
    const row = data?.requirements.nodes.find(({ ref }) => ref === API);
    expect(cidrs(row?.endpoint.hosts[0]?.addresses)).toEqual(API_IPV4);
  });

  it('has its cache answer what was asked before, and other variables apart', async () => {
    const { client, exchanges } = portal(options);
    const rows = async (mode: string) => {
      const { data } = await client.query(CHECKLIST, { selection: { task: ['upgrade'], mode: [mode] } });
      return data?.requirements.nodes.map(({ need }) => need);
    };
    const asked = [await rows('online'), await rows('airgap'), await rows('online'), await rows('airgap')];
    expect(asked[0]).not.toContain('NOT_REQUIRED');
    expect(asked[1]).toContain('NOT_REQUIRED');
    expect(asked.slice(2)).toEqual(asked.slice(0, 2));
    expect(exchanges.length).toBe(2);
  });

  it('keeps what it holds when a revision is published, and is given the new one when it asks', async () => {
    const { client } = portal(options);
    const held = await client.query(REQUIREMENT, { ref: API });
    await publishing.publish();
    const renewed = await client.query(REQUIREMENT, { ref: API }, { requestPolicy: 'network-only' });
    const cached = await client.query(REQUIREMENT, { ref: API }, { requestPolicy: 'cache-only' });
    expect(cidrs(held.data?.requirement?.addresses)).toEqual(BEFORE);
    expect(cidrs(renewed.data?.requirement?.addresses)).toEqual([ADDED, ...BEFORE]);
    expect(cached.data).toEqual(renewed.data);
  });

  it('is shown the code of a problem', async () => {
    const { client } = portal(options);
    const { data, error } = await client.query(CHECKLIST, { selection: { task: ['upgrad'] } });
    expect(data ?? null).toBeNull();
    expect(error?.graphQLErrors).toMatchObject([
      { path: ['requirements'], extensions: { code: 'invalid-parameters', errors: [{ didYouMean: 'upgrade' }] } },
    ]);
  });

  it('is shown null with an error for a requirement that is not there, beside the other data', async () => {
    const { client } = portal(options);
    const beside = gql<RequirementData & { product: { name: string } }, { ref: string }>`
      query Beside($ref: String!) {
        requirement(ref: $ref) {
          ref
        }
        product {
          name
        }
      }
    `;
    const { data, error } = await client.query(beside, { ref: NOT_THERE });
    expect(data).toMatchObject({ requirement: null, product: { name: 'replicated' } });
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'unknown-requirement' } }]);
  });
});

describe('a portal with @urql/core as it comes', () => {
  it('asks by GET without a header that no form can send, is refused, and told which headers will do', async () => {
    const { client, exchanges } = portal({});
    const { error } = await client.query(REQUIREMENT, { ref: API });
    expect(exchanges.map(({ method, status }) => [method, status])).toEqual([['GET', 400]]);
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'malformed-request' } }]);
    expect(error?.message).toContain('apollo-require-preflight');
  });
});
