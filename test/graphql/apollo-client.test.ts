import { gql } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { apolloPortal } from './apollo.js';
import { ADDRESSES, API, API_IPV4, API_IPV6, CHECKLIST, REQUIREMENT, cidrs } from './documents.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const portal = () => apolloPortal(service.url);
const online = { selection: { task: ['upgrade'], mode: ['online'] } };
const airgapped = { selection: { task: ['upgrade'], mode: ['airgap'] } };

describe('a portal with @apollo/client', () => {
  it('asks with variables, and is answered', async () => {
    const { client } = portal();
    const { data } = await client.query({ query: REQUIREMENT, variables: { ref: API } });
    expect(data?.requirement).toMatchObject({ ref: API, need: 'REQUIRED' });
    expect(cidrs(data?.requirement?.addresses)).toEqual([...API_IPV4, ...API_IPV6]);
  });

  it('asks from one thing to the next, and is answered at each', async () => {
    const { client } = portal();
    const { data } = await client.query({ query: CHECKLIST, variables: online });
    expect(data?.requirements.coverage).toMatchObject({ endpoints: 5, addressable: 2 });
    const row = data?.requirements.nodes.find(({ ref }) => ref === API);
    expect(row?.ports).toMatchObject([{ from: 443, to: 443 }]);
    expect(row?.endpoint.hosts.map(({ name, addresses }) => [name, cidrs(addresses)])).toEqual([
      ['api.replicated.com', API_IPV4],
    ]);
  });

  it('asks by POST, and says by Accept that it reads answers of GraphQL', async () => {
    const { client, exchanges } = portal();
    await client.query({ query: REQUIREMENT, variables: { ref: API } });
    expect(exchanges[0]).toMatchObject({ method: 'POST', status: 200 });
    expect(exchanges[0]?.headers.get('accept')).toContain('application/graphql-response+json');
  });
});

describe('its cache, as it comes', () => {
  it('answers what was asked before without the network', async () => {
    const { client, exchanges } = portal();
    const first = await client.query({ query: CHECKLIST, variables: online });
    const second = await client.query({ query: CHECKLIST, variables: online });
    expect(second.data).toEqual(first.data);
    expect(exchanges.length).toBe(1);
  });

  it('keeps the answers to other variables apart', async () => {
    const { client, exchanges } = portal();
    const needs = async (variables: typeof online) => {
      const { data } = await client.query({ query: CHECKLIST, variables });
      return new Set(data?.requirements.nodes.map(({ ref, need }) => `${ref.split('/')[2]} ${need}`));
    };
    const asked = [await needs(online), await needs(airgapped), await needs(online), await needs(airgapped)];
    expect(asked[0]).toEqual(new Set(['online REQUIRED']));
    expect(asked[1]).toEqual(new Set(['airgap REQUIRED', 'airgap NOT_REQUIRED']));
    expect(asked.slice(2)).toEqual(asked.slice(0, 2));
    expect(exchanges.length).toBe(2);
  });

  it('keeps the addresses of a requirement under one family apart from those under another', async () => {
    const { client, exchanges } = portal();
    const under = async (family: 'IPV4' | 'IPV6') => {
      const selection = { ...online.selection, host: ['api.replicated.com'], family: [family] };
      const { data } = await client.query({ query: ADDRESSES, variables: { selection } });
      return cidrs(data?.requirements.nodes[0]?.addresses);
    };
    expect([await under('IPV4'), await under('IPV6'), await under('IPV4')]).toEqual([API_IPV4, API_IPV6, API_IPV4]);
    expect(exchanges.length).toBe(2);
  });

  it('asks anew for a field that an earlier answer does not have, rather than fill it in from another', async () => {
    const { client, exchanges } = portal();
    const listed = await client.query({ query: ADDRESSES, variables: online });
    const zone = gql`
      query Zone($ref: String!) {
        requirement(ref: $ref) {
          zone
        }
      }
    `;
    const { data } = await client.query({ query: zone, variables: { ref: API } });
    expect(data).toMatchObject({ requirement: { zone: 'internet' } });
    expect(client.readQuery({ query: ADDRESSES, variables: online })).toEqual(listed.data);
    expect(exchanges.length).toBe(2);
  });
});
