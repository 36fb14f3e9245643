import { createHash } from 'node:crypto';
import type { Load } from './plan.ts';

// What is asked of the servers, as installers, firewalls and portals ask it.

const PLAIN = { 'accept-encoding': 'identity' };
const JSON_BODY = { ...PLAIN, 'content-type': 'application/json' };
const SELECTION = '{"task":["upgrade"],"mode":["online"]}';

const FIELDS = `{
    asOf { revision }
    nodes {
      ref
      need
      ports { protocol from to }
      endpoint { name hosts { name addresses { cidr } } }
    }
  }`;
const DOCUMENT = `query WhatToOpen($selection: SelectionInput!) {
  requirements(selection: $selection) ${FIELDS}
}`;

export const requirements: Load = {
  method: 'GET',
  path: '/requirements?task=upgrade&mode=online',
  headers: PLAIN,
};

export const revalidation: Load = { ...requirements, revalidates: true };

/** One selection; its address is practically never the same twice. */
export const reordered: Load = {
  method: 'GET',
  path: '/requirements',
  headers: PLAIN,
  parameters: [
    ['task', 'upgrade'],
    ['mode', 'online'],
    ['need', 'required'],
    ['need', 'conditional'],
    ['need', 'not-required'],
    ['host', 'api.replicated.com'],
    ['host', 'registry.replicated.com'],
    ['host', 'quay.io'],
    ['host', 'docker-hub'],
    ['family', 'ipv4'],
    ['family', 'ipv6'],
    ['status', 'current'],
    ['status', 'retiring'],
  ],
};

/** What a firewall polls. */
export const polledList: Load = { method: 'GET', path: '/exports/plain/replicated/upgrade/online', headers: PLAIN };

export const portal: Load = posted(DOCUMENT, `{"selection":${SELECTION}}`);

export const persisted: Load = persistedQuery(DOCUMENT, `{"selection":${SELECTION}}`);

export const newVariables: Load = posted(
  DOCUMENT,
  '{"selection":{"task":["upgrade"],"mode":["online"],"port":[443,@low,@high]}}',
);

/** A name that is new makes it another document. */
export const newDocument: Load = posted(
  DOCUMENT.replace('requirements(', 'open@serial: requirements('),
  `{"selection":${SELECTION}}`,
);

/** The least that can be asked. */
export const typename: Load = posted('{ __typename }', '{}');

function posted(query: string, variables: string): Load {
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
  return { method: 'POST', path: '/graphql', headers: JSON_BODY, body };
}

/** By the hash of its document, which the server is told once. Source: Apollo, automatic persisted queries. */
function persistedQuery(query: string, variables: string): Load {
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
  const headers = { ...PLAIN, 'apollo-require-preflight': '1' };
  const path = `/graphql?${new URLSearchParams({ variables, extensions }).toString()}`;
  const first = { method: 'GET', path: `${path}&query=${encodeURIComponent(query)}`, headers } as const;
  return { method: 'GET', path, headers, first };
}
