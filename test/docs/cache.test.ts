import { ApolloClient, HttpLink, InMemoryCache, gql, type InMemoryCacheConfig } from '@apollo/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serviceWithPast, type AskedService } from './service.js';

let service: AskedService;
beforeAll(async () => {
  service = await serviceWithPast();
});
afterAll(() => service.stop());

const SIDES = gql`
  query Sides($ref: String!) {
    past: requirement(ref: $ref, at: "1") {
      ref
      addresses {
        cidr
      }
    }
    present: requirement(ref: $ref) {
      ref
      addresses {
        cidr
      }
    }
  }
`;
interface Side {
  readonly addresses: readonly { readonly cidr: string }[];
}

/** Then and now, as a portal with such a cache shows them. */
async function sidesWith(typePolicies: NonNullable<InMemoryCacheConfig['typePolicies']>) {
  const link = new HttpLink({ uri: `${service.url}/graphql` });
  const client = new ApolloClient({ link, cache: new InMemoryCache({ typePolicies }) });
  const variables = { ref: 'replicated/upgrade/online/api.replicated.com' };
  await client.query({ query: SIDES, variables });
  const shown = client.readQuery<{ past: Side; present: Side }>({ query: SIDES, variables });
  return [shown!.past.addresses.length, shown!.present.addresses.length];
}

it('a requirement at two moments stays two in a cache that does not key it', async () => {
  expect(await sidesWith({})).toEqual([8, 4]);
  expect(await sidesWith({ Requirement: { keyFields: false } })).toEqual([8, 4]);
});

it('keyed by its ref, one moment overwrites the other: the page warns of it', async () => {
  const [past, present] = await sidesWith({ Requirement: { keyFields: ['ref'] } });
  expect(past).toBe(present);
});
