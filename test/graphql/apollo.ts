import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { wire, type Exchange } from './wire.js';

/** A portal that asks with @apollo/client. */
export interface ApolloPortal {
  readonly client: ApolloClient;
  readonly exchanges: readonly Exchange[];
}

/**
 * @param cache with its defaults, where nothing else is given.
 * @param links go before the one that speaks HTTP.
 */
export function apolloPortal(
  serviceUrl: string,
  { cache = new InMemoryCache(), links = [] }: { readonly cache?: InMemoryCache; readonly links?: ApolloLink[] } = {},
): ApolloPortal {
  const { fetch, exchanges } = wire();
  const http = new HttpLink({ uri: `${serviceUrl}/graphql`, fetch });
  return { client: new ApolloClient({ cache, link: ApolloLink.from([...links, http]) }), exchanges };
}
