import { createHash } from 'node:crypto';
import { CombinedGraphQLErrors } from '@apollo/client';
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apolloPortal, type ApolloPortal } from './apollo.js';
import { API, API_IPV4, API_IPV6, REQUIREMENT, cidrs } from './documents.js';
import { ADDED, startPublishing, type Publishing } from './publishing.js';
import type { Exchange } from './wire.js';

const BEFORE = [...API_IPV4, ...API_IPV6];

let publishing: Publishing;
beforeEach(async () => {
  publishing = await startPublishing();
});
afterEach(() => publishing.stop());

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const portal = (sha256 = hashOf) =>
  apolloPortal(publishing.service.url, { links: [createPersistedQueryLink({ sha256, useGETForHashedQueries: true })] });

async function ask({ client }: ApolloPortal, ref = API) {
  const { data } = await client.query({ query: REQUIREMENT, variables: { ref }, fetchPolicy: 'network-only' });
  return cidrs(data?.requirement?.addresses);
}

/** What a request was, and the codes of the errors that it met. */
function summary({ method, url, sent, answered }: Exchange) {
  const { errors = [] } = answered as {
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  const hasDocument = url.searchParams.has('query') || Object.hasOwn(Object(sent) as object, 'query');
  return [method, hasDocument ? 'document' : 'hash alone', ...errors.map(({ extensions }) => extensions.code)];
}

describe('a persisted query', () => {
  it('is not known at first, is registered then, and from then on is asked by GET with its hash alone', async () => {
    const asking = portal();
    expect([await ask(asking), await ask(asking)]).toEqual([BEFORE, BEFORE]);
    expect(asking.exchanges.map(summary)).toEqual([
      ['GET', 'hash alone', 'PERSISTED_QUERY_NOT_FOUND'],
      ['POST', 'document'],
      ['GET', 'hash alone'],
    ]);
  });

  it('that one portal registered is known to the next', async () => {
    await ask(portal());
    const next = portal();
    expect(await ask(next)).toEqual(BEFORE);
    expect(next.exchanges.map(summary)).toEqual([['GET', 'hash alone']]);
  });

  it('is answered for its variables, by one hash', async () => {
    const asking = portal();
    await ask(asking);
    expect(await ask(asking, 'replicated/upgrade/online/quay.io')).toEqual([]);
    expect(await ask(asking)).toEqual(BEFORE);
  });

  it('is answered from the newest revision', async () => {
    const asking = portal();
    await ask(asking);
    expect(await ask(asking)).toEqual(BEFORE);
    await publishing.publish();
    expect(await ask(asking)).toEqual([ADDED, ...BEFORE]);
    expect(asking.exchanges.map(summary).slice(2)).toEqual([
      ['GET', 'hash alone'],
      ['GET', 'hash alone'],
    ]);
  });

  it('passes by GET because the client says that its content is JSON, which no form can', async () => {
    const asking = portal();
    await ask(asking);
    const { headers } = asking.exchanges[0]!;
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('apollo-require-preflight')).toBeNull();
    expect(headers.get('x-apollo-operation-name')).toBeNull();
  });

  it('is refused under a hash that is not its own', async () => {
    const error: unknown = await ask(portal(() => 'f'.repeat(64))).catch((caught: unknown) => caught);
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([
      { message: 'provided sha does not match query', extensions: { code: 'malformed-request' } },
    ]);
  });
});
