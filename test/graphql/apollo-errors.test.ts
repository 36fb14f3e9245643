import { CombinedGraphQLErrors, gql, type DocumentNode } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { apolloPortal } from './apollo.js';
import { CHECKLIST } from './documents.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const NOT_THERE = 'replicated/upgrade/online/api.replicated.co';
const BESIDE = gql`
  query Beside($ref: String!) {
    requirement(ref: $ref) {
      ref
    }
    product {
      name
    }
  }
`;

async function failing(ask: Promise<unknown>): Promise<CombinedGraphQLErrors> {
  const error: unknown = await ask.catch((caught: unknown) => caught);
  if (CombinedGraphQLErrors.is(error)) return error;
  throw new Error('The client shows no errors of GraphQL.', { cause: error });
}

describe('an error, as @apollo/client shows it,', () => {
  it.each<[string, DocumentNode, Readonly<Record<string, unknown>>, string]>([
    ['a task that is not there', CHECKLIST, { selection: { task: ['upgrad'] } }, 'invalid-parameters'],
    ['a variable of the wrong type', CHECKLIST, { selection: { family: ['IPV5'] } }, 'invalid-parameters'],
    ['a field that is not there', gql('{ requirements { rows } }'), {}, 'invalid-document'],
    ['a requirement that is not there', BESIDE, { ref: NOT_THERE }, 'unknown-requirement'],
  ])('has the code of the problem: %s', async (_what, query, variables, code) => {
    const { client } = apolloPortal(service.url);
    const { errors } = await failing(client.query({ query, variables }));
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
  });

  it('says which parameter is wrong, what is allowed and what was likely meant', async () => {
    const { client } = apolloPortal(service.url);
    const { errors } = await failing(
      client.query({ query: CHECKLIST, variables: { selection: { task: ['upgrad'] } } }),
    );
    expect(errors[0]?.path).toEqual(['requirements']);
    expect(errors[0]?.extensions?.['errors']).toMatchObject([
      { code: 'unknown-value', parameter: 'task', value: 'upgrad', didYouMean: 'upgrade' },
    ]);
  });
});

describe('a requirement that is not there', () => {
  it('is null with an error, beside the other data', async () => {
    const { client } = apolloPortal(service.url);
    const { data, error } = await client.query({ query: BESIDE, variables: { ref: NOT_THERE }, errorPolicy: 'all' });
    expect(data).toMatchObject({ requirement: null, product: { name: 'replicated' } });
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([
      { path: ['requirement'], extensions: { code: 'unknown-requirement' } },
    ]);
    expect(error?.message).toContain('"replicated/upgrade/online/api.replicated.com"');
  });
});
