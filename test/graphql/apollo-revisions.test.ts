import { readFileSync } from 'node:fs';
import { InMemoryCache } from '@apollo/client';
import { buildSchema, isObjectType } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT_START } from '../e2e/service.js';
import { apolloPortal, type ApolloPortal } from './apollo.js';
import { ADDRESSES, API, API_IPV4, API_IPV6, REQUIREMENT, cidrs } from './documents.js';
import { ADDED, startPublishing, type Publishing } from './publishing.js';

const BEFORE = [...API_IPV4, ...API_IPV6];
const AFTER = [ADDED, ...BEFORE];
const selection = { task: ['upgrade'], mode: ['online'], host: ['api.replicated.com'] };

let publishing: Publishing;
/** The revision that altered the list last, before anything is published. */
let altered: number;
beforeEach(async () => {
  publishing = await startPublishing();
  const query = 'task=upgrade&mode=online&host=api.replicated.com';
  const { body } = await publishing.service.ask.get(`/requirements?${query}`).expect(200);
  altered = (body as { asOf: { revision: number } }).asOf.revision;
});
afterEach(() => publishing.stop());

async function addressesOf({ client }: ApolloPortal, fetchPolicy: 'cache-first' | 'network-only' = 'cache-first') {
  const { data } = await client.query({ query: REQUIREMENT, variables: { ref: API }, fetchPolicy });
  return data?.requirement?.addresses;
}

async function addressesAt({ client }: ApolloPortal, at: string) {
  const { data } = await client.query({ query: REQUIREMENT, variables: { ref: API, at } });
  return cidrs(data?.requirement?.addresses);
}

/** A list of one requirement: what revision it says that it follows from, and its addresses. */
async function listOf({ client }: ApolloPortal, family?: 'IPV4' | 'IPV6') {
  const variables = { selection: { ...selection, ...(family && { family: [family] }) } };
  const { data } = await client.query({ query: ADDRESSES, variables });
  return { revision: data?.requirements.asOf.revision, addresses: cidrs(data?.requirements.nodes[0]?.addresses) };
}

describe('one cache over two revisions', () => {
  it('leaves an answer that a portal holds as it was, gives the new one when asked, and keeps that', async () => {
    const portal = apolloPortal(publishing.service.url);
    const held = await addressesOf(portal);
    await publishing.publish();
    const renewed = await addressesOf(portal, 'network-only');
    expect(cidrs(held)).toEqual(BEFORE);
    expect(cidrs(renewed)).toEqual(AFTER);
    expect(cidrs(await addressesOf(portal))).toEqual(AFTER);
    expect(portal.exchanges.length).toBe(2);
  });

  it('leaves a list of the first as it was, when a requirement in it is read from the second', async () => {
    const portal = apolloPortal(publishing.service.url);
    const listed = await listOf(portal);
    await publishing.publish();
    expect(cidrs(await addressesOf(portal))).toEqual(AFTER);
    expect(listed).toEqual({ revision: altered, addresses: BEFORE });
    expect(await listOf(portal)).toEqual(listed);
    expect(portal.exchanges.length).toBe(2);
  });

  it('has then and now beside each other', async () => {
    const portal = apolloPortal(publishing.service.url);
    await publishing.publish();
    const asked = async () => [
      await addressesAt(portal, String(AT_START)),
      cidrs(await addressesOf(portal)),
      await addressesAt(portal, String(AT_START + 1)),
    ];
    expect(await asked()).toEqual([BEFORE, AFTER, AFTER]);
    expect(await asked()).toEqual([BEFORE, AFTER, AFTER]);
    expect(portal.exchanges.length).toBe(3);
  });
});

describe('a cache of its own keys, keyFields ["ref"] for Requirement,', () => {
  const keyed = () =>
    apolloPortal(publishing.service.url, {
      cache: new InMemoryCache({ typePolicies: { Requirement: { keyFields: ['ref'] } } }),
    });

  it('shows one selection the addresses of another, so a portal must not have it', async () => {
    const portal = keyed();
    expect((await listOf(portal, 'IPV4')).addresses).toEqual(API_IPV4);
    expect((await listOf(portal, 'IPV6')).addresses).toEqual(API_IPV6);
    expect((await listOf(portal, 'IPV4')).addresses).toEqual(API_IPV6);
  });

  it('shows then for now', async () => {
    const portal = keyed();
    await publishing.publish();
    expect(cidrs(await addressesOf(portal))).toEqual(AFTER);
    expect(await addressesAt(portal, String(AT_START))).toEqual(BEFORE);
    expect(cidrs(await addressesOf(portal))).toEqual(BEFORE);
  });

  it('shows new addresses under an old revision, even where only one selection is asked, and only for now', async () => {
    const portal = keyed();
    expect(await listOf(portal)).toEqual({ revision: altered, addresses: BEFORE });
    await publishing.publish();
    await addressesOf(portal, 'network-only');
    expect(await listOf(portal)).toEqual({ revision: altered, addresses: AFTER });
  });
});

describe('the schema', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);

  it.each(['id', '_id'])('has no field `%s`, by which caches would take two revisions of a thing for one', (name) => {
    // A change is what it is for ever, whatever moment is asked for, and so is a format: caches may use their `id` as a key.
    const fixed = ['Change', 'ExportFormat'];
    const ours = types.filter((type) => !type.name.startsWith('__') && !fixed.includes(type.name));
    expect(ours.filter((type) => name in type.getFields()).map((type) => type.name)).toEqual([]);
    expect(ours.length).toBeGreaterThan(30);
  });
});
