import { gql, setLogVerbosity, type DocumentNode } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { apolloPortal, type ApolloPortal } from './apollo.js';
import { API } from './documents.js';

let service: RunningService;
let verbosity: ReturnType<typeof setLogVerbosity>;
beforeAll(async () => {
  // The client warns of just what the first test shows.
  verbosity = setLogVerbosity('silent');
  service = await startService();
});
afterAll(async () => {
  setLogVerbosity(verbosity);
  await service.stop();
});

const badge = gql`
  query Badge($ref: String!) {
    requirement(ref: $ref) {
      need
    }
  }
`;
const place = gql`
  query Place($ref: String!) {
    requirement(ref: $ref) {
      zone
    }
  }
`;

/** How many requests two parts of a portal have made, after each of the times that each asks. */
async function requests({ client, exchanges }: ApolloPortal, parts: readonly DocumentNode[]) {
  const counts: number[] = [];
  for (const query of [...parts, ...parts]) {
    await client.query({ query, variables: { ref: API } });
    counts.push(exchanges.length);
  }
  return counts;
}

describe('two parts of a portal that show one requirement', () => {
  it('take it from each other in the cache, where they ask it for different fields', async () => {
    expect(await requests(apolloPortal(service.url), [badge, place])).toEqual([1, 2, 3, 4]);
  });

  it('are both answered by one request, where they share one fragment', async () => {
    const shared = (name: string) => gql`
      query ${name}($ref: String!) {
        requirement(ref: $ref) {
          ...Shown
        }
      }
      fragment Shown on Requirement {
        need
        zone
      }
    `;
    expect(await requests(apolloPortal(service.url), [shared('Badge'), shared('Place')])).toEqual([1, 1, 1, 1]);
  });
});
