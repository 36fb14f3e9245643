import { GraphQLSchemaHost } from '@nestjs/graphql';
import * as fc from 'fast-check';
import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS_STATUSES } from '../../src/model/address.js';
import { DIRECTIONS, NEEDS, PROTOCOLS } from '../../src/model/catalog.js';
import { FAMILIES } from '../../src/model/cidr.js';
import { startService, until, type RunningService } from '../e2e/service.js';
import { operate } from './asking.js';
import { asRest, everyField } from './whole.js';

/** Where the things themselves stand, not their keys. */
const IN_PLACE = new Set(['RequirementList.nodes', 'HostList.nodes', 'Query.requirement', 'Query.host']);

let service: RunningService;
let schema: GraphQLSchema;
let names: Readonly<Record<'task' | 'mode' | 'zone' | 'host', readonly string[]>>;
beforeAll(async () => {
  service = await startService();
  schema = service.app.get(GraphQLSchemaHost).schema;
  const { body } = await service.ask.get('/catalog').expect(200);
  const of = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  names = {
    task: of(body.tasks),
    mode: of(body.modes),
    zone: of(body.zones),
    host: body.endpoints.flatMap((endpoint: { name: string; hosts: string[] }) => [endpoint.name, ...endpoint.hosts]),
  };
});
afterAll(() => service.stop());

type Chosen = Readonly<Record<string, readonly (string | number)[] | null>>;

/** Some values of each dimension, or none said. Values repeat and come in any order. */
const selection = () => {
  const some = <T>(values: readonly T[]) =>
    fc.option(fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }), { freq: 2 });
  return fc.record({
    task: some(names.task),
    mode: some(names.mode),
    need: some(NEEDS),
    host: fc.option(fc.array(fc.constantFrom(...names.host), { minLength: 1, maxLength: 4 }), { freq: 1 }),
    zone: some(names.zone),
    direction: some(DIRECTIONS),
    protocol: some(PROTOCOLS),
    port: some([443, 8800, 9875, 22]),
    family: some(FAMILIES),
    status: some(ADDRESS_STATUSES),
  }) as fc.Arbitrary<Chosen>;
};

const asQuery = (chosen: Chosen) =>
  Object.entries(chosen)
    .filter(([, values]) => values !== null)
    .map(([name, values]) => `${name}=${values!.join(',')}`)
    .join('&');

const FIXED = new Set(['need', 'direction', 'protocol', 'family', 'status']);
const asInput = (chosen: Chosen) =>
  Object.fromEntries(
    Object.entries(chosen).map(([name, values]) => [
      name,
      FIXED.has(name) ? (values?.map((value) => String(value).toUpperCase().replaceAll('-', '_')) ?? null) : values,
    ]),
  );

const typeNamed = (name: string): GraphQLObjectType => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
  return type;
};

/** The answer to one root field, with every field, as REST would have it. */
async function wholly(field: string, type: string, noun = '', variables = {}, head = ''): Promise<unknown> {
  const { data, errors } = await operate(
    service,
    `query${head} { answer: ${field} ${everyField(typeNamed(type), IN_PLACE)} }`,
    variables,
  );
  expect(errors).toBeUndefined();
  return asRest(data!['answer'], typeNamed(type), IN_PLACE, noun);
}

describe.each([
  ['requirements', 'RequirementList'],
  ['hosts', 'HostList'],
  ['addresses', 'AddressList'],
  ['ports', 'PortList'],
  ['tasks', 'TaskList'],
  ['modes', 'ModeList'],
  ['upcoming', 'UpcomingList'],
])('%s of any selection', (noun, type) => {
  it('are the same by REST and by GraphQL, member by member and in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(selection(), async (chosen) => {
        const { body } = await service.ask.get(`/${noun}?${asQuery(chosen)}`).expect(200);
        const head = '($selection: SelectionInput)';
        const answer = await wholly(`${noun}(selection: $selection)`, type, noun, { selection: asInput(chosen) }, head);
        expect(answer).toEqual(body);
      }),
      { numRuns: 40 },
    );
  });
});

describe('one thing', () => {
  it('is the same: the catalog', async () => {
    const { body } = await service.ask.get('/catalog').expect(200);
    expect(await wholly('catalog', 'Catalog')).toEqual(body);
  });

  it('is the same: every requirement, by its ref', async () => {
    const { body } = await service.ask.get('/requirements').expect(200);
    for (const { ref } of body.requirements.slice(0, 12)) {
      const one = await service.ask.get(`/requirements/${ref}`).expect(200);
      expect(await wholly(`requirement(ref: ${JSON.stringify(ref)})`, 'Requirement')).toEqual(one.body);
      const ipv4 = await service.ask.get(`/requirements/${ref}?family=ipv4&status=announced`).expect(200);
      const narrowed = `requirement(ref: ${JSON.stringify(ref)}, family: IPV4, status: ANNOUNCED)`;
      expect(await wholly(narrowed, 'Requirement')).toEqual(ipv4.body);
    }
  });

  it('is the same: every host, also one that no catalog names', async () => {
    for (const name of [...names.host.filter((host) => host.includes('.')), 'proxy.replicated.com']) {
      const { body, status } = await service.ask.get(`/hosts/${name}`);
      if (status === 404) continue;
      expect(await wholly(`host(name: "${name}")`, 'Host')).toEqual(body);
    }
  });

  it.each(['162.159.137.43', '162.159.136.0/22', '10.0.0.1', 'api.replicated.com', 'hub.docker.com', 'nobody.example'])(
    'is the same: what is known of %s',
    async (q) => {
      const { body } = await service.ask.get(`/lookup?q=${q}`).expect(200);
      expect(await wholly(`lookup(q: "${q}")`, 'Lookup')).toEqual(body);
    },
  );

  it('is the same: the aggregated addresses', async () => {
    const { body } = await service.ask.get('/addresses?aggregate=true').expect(200);
    expect(await wholly('addresses(aggregate: true)', 'AddressList', 'addresses')).toEqual(body);
  });

  it('is the same: the newest revision, and the version', async () => {
    const { body } = await service.ask.get('/revisions/latest').expect(200);
    expect(await wholly('revision', 'Revision')).toEqual(body);
    const version = await service.ask.get('/version').expect(200);
    expect(await wholly('product', 'Product')).toMatchObject({ name: 'replicated', version: version.body });
  });

  it('is the same: the revisions of a page', async () => {
    const { body } = await service.ask.get('/revisions').expect(200);
    const page = (await wholly('revisions', 'RevisionConnection', 'nodes')) as { nodes: unknown[] };
    expect(page.nodes).toEqual(body.revisions);
  });

  it('is the same: how things stand', async () => {
    // A poll may end between two questions: the answer between two equal ones is of the same moment.
    let before: unknown, between: unknown, after: unknown;
    await until('nothing happens meanwhile', async () => {
      ({ body: before } = await service.ask.get('/status').expect(200));
      between = await wholly('status', 'Status');
      ({ body: after } = await service.ask.get('/status').expect(200));
      return JSON.stringify(before) === JSON.stringify(after);
    });
    expect(between).toEqual(after);
  });
});
