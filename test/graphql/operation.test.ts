import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostListShape, HostShape, LookupShape } from '../../src/answer/shapes/listing.js';
import type { RequirementListShape } from '../../src/answer/shapes/requirement.js';
import { AT_START, startService, type RunningService } from '../e2e/service.js';
import { operate } from './asking.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What one field of an operation without errors answers. */
async function answerTo<T>(field: string, variables = {}, head = ''): Promise<T> {
  const { data, errors } = await operate(service, `query${head} { answer: ${field} }`, variables);
  expect(errors).toBeUndefined();
  return data!['answer'] as T;
}

const codesOf = async (query: string, variables = {}) => {
  const { errors = [] } = await operate(service, query, variables);
  return errors.map(({ extensions }) => extensions.code);
};

describe('questions nest', () => {
  it('from a requirement to its hosts, to their requirements, under one selection', async () => {
    const { nodes } = await answerTo<{
      nodes: { ref: string; endpoint: { hosts: { name: string; requirements: { ref: string }[] }[] } }[];
    }>(
      'requirements(selection: { task: "upgrade", mode: "online" }) { nodes { ref endpoint { hosts { name requirements { ref } } } } }',
    );
    const refs = new Set(nodes.map(({ ref }) => ref));
    const beneath = nodes.flatMap(({ endpoint }) => endpoint.hosts.flatMap((host) => host.requirements));
    expect(beneath.length).toBeGreaterThan(3);
    expect(beneath.every(({ ref }) => refs.has(ref))).toBe(true);
  });

  it('and two root fields keep their own selections apart', async () => {
    const host = 'host(name: "api.replicated.com"';
    const { data } = await operate(
      service,
      `{ one: ${host}, selection: { mode: "online" }) { requirements { mode } }
         two: ${host}, selection: { mode: "airgap" }) { requirements { mode } } }`,
    );
    const modes = (of: string) =>
      new Set((data![of] as unknown as { requirements: { mode: string }[] }).requirements.map(({ mode }) => mode));
    expect([...modes('one')]).toEqual(['online']);
    expect([...modes('two')]).toEqual(['airgap']);
  });

  it('addresses of a host keep the families of the selection, and may be narrowed or widened in place', async () => {
    type Answer = { addresses: { family: string }[]; v4: { family: string }[]; v6: { family: string }[] };
    const { addresses, v4, v6 } = await answerTo<Answer>(
      'host(name: "api.replicated.com", selection: { family: IPV4 }) { addresses { family } v4: addresses(family: IPV4) { family } v6: addresses(family: IPV6, status: [CURRENT]) { family } }',
    );
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses).toEqual(v4);
    expect(v6.every(({ family }) => family === 'IPV6')).toBe(true);
  });

  it('from an address of a firewall log to the hosts and tasks behind it', async () => {
    const { verdict, hosts, requirements } = await answerTo<
      Omit<LookupShape, 'hosts' | 'requirements'> & {
        hosts: { name: string; host: HostShape | null }[];
        requirements: { task: string }[];
      }
    >('lookup(q: "162.159.137.43") { verdict hosts { name host { name } } requirements { task } }');
    expect(verdict).toBe('REQUIRED');
    expect(hosts.every(({ name, host }) => host?.name === name)).toBe(true);
    expect(requirements.map(({ task }) => task)).toContain('upgrade');
  });

  it('and lead to no host where there is none', async () => {
    type Answer = { hosts: { name: string; host: HostShape | null }[]; requirements: unknown[] };
    const of = (q: string) =>
      answerTo<Answer>(`lookup(q: "${q}") { hosts { name host { name } } requirements { ref } }`);
    const service = await of('docker-hub');
    expect(service.requirements.length).toBeGreaterThan(0);
    expect(service.hosts.length).toBeGreaterThan(0);
    expect(service.hosts.every(({ name, host }) => name !== 'docker-hub' && host?.name === name)).toBe(true);
    const placeholder = await of('third-party-registries');
    expect(placeholder).toMatchObject({ hosts: [] });
    expect(placeholder.requirements.length).toBeGreaterThan(0);
  });

  it('from the catalog to the hosts of an endpoint', async () => {
    const { endpoints } = await answerTo<{ endpoints: { name: string; hosts: HostShape[] }[] }>(
      'catalog { endpoints { name hosts { name addressCoverage } } }',
    );
    expect(endpoints.find(({ name }) => name === 'quay.io')?.hosts.map(({ name }) => name)).toContain('quay.io');
  });
});

describe('a selection', () => {
  it('takes one value for a list', async () => {
    const one = await answerTo<RequirementListShape>('requirements(selection: { task: "upgrade" }) { nodes { ref } }');
    const many = await answerTo<RequirementListShape>(
      'requirements(selection: { task: ["upgrade"] }) { nodes { ref } }',
    );
    expect(one).toEqual(many);
  });

  it('takes null for nothing said', async () => {
    const all = await answerTo<HostListShape>('hosts { nodes { name } }');
    const variables = { selection: { task: null, need: null, product: null, port: null } };
    const head = '($selection: SelectionInput)';
    expect(await answerTo('hosts(selection: $selection) { nodes { name } }', variables, head)).toEqual(all);
    expect(await answerTo('hosts(selection: $selection) { nodes { name } }', { selection: null }, head)).toEqual(all);
  });

  it.each([
    ['{ task: "upgrad" }', 'task', 'unknown-value', 'upgrade'],
    ['{ task: [] }', 'task', 'empty-value', null],
    ['{ port: [] }', 'port', 'empty-value', null],
    ['{ host: "quay.oi" }', 'host', 'unknown-value', 'quay.io'],
    ['{ product: "other" }', 'product', 'unknown-value', null],
    ['{ at: "yesterday" }', 'at', 'malformed-value', null],
  ])('%s is refused: %s is a %s', async (selection, parameter, code, didYouMean) => {
    const { errors, data } = await operate(service, `{ requirements(selection: ${selection}) { nodes { ref } } }`);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions.code).toBe('invalid-parameters');
    expect(errors![0]!.extensions.errors).toEqual([expect.objectContaining({ parameter, code, didYouMean })]);
  });

  it('tells every fault, and of a moment too, as REST does', async () => {
    const hosts = ['nope1', 'nope2', 'nope3'];
    const { errors } = await operate(
      service,
      `{ hosts(selection: { host: ${JSON.stringify(hosts)}, at: "x" }) { nodes { name } } }`,
    );
    const rest = await service.ask.get(`/hosts?host=${hosts.join(',')}&at=x`).expect(400);
    const parameters = (list: readonly Record<string, unknown>[]) =>
      list.map(({ parameter, value }) => [parameter, value]);
    expect(parameters(errors![0]!.extensions.errors!)).toEqual(
      parameters((JSON.parse(rest.text) as { errors: Record<string, unknown>[] }).errors),
    );
  });

  it('says how many faults it does not tell', async () => {
    const task = Array.from({ length: 100 }, (_, i) => `nothing-like-a-task-${'x'.repeat(100)}-${i}`);
    const { errors } = await operate(
      service,
      'query($task: [String!]) { tasks(selection: { task: $task }) { nodes { name } } }',
      { task },
    );
    const { errors: told = [], omitted } = errors![0]!.extensions;
    expect(told.length + (omitted ?? 0)).toBe(10);
    expect(errors![0]!.message).toMatch(/^"nothing-like/);
  });

  it('tells every fault at once', async () => {
    const { errors } = await operate(
      service,
      '{ hosts(selection: { task: "a", mode: ["b", "online"] }) { nodes { name } } }',
    );
    expect(errors![0]!.extensions.errors?.map(({ parameter }) => parameter)).toEqual(['task', 'mode']);
  });

  it.each(['0', '65536', '-1', '1.5', '"443"', '99999999999'])('has no port %s', async (port) => {
    const { status, errors } = await operate(service, `{ ports(selection: { port: ${port} }) { nodes { from } } }`);
    expect(status).toBe(400);
    expect(errors![0]!.extensions.code).toBe('invalid-document');
    expect(errors![0]!.message).toContain('from 1 to 65535');
  });

  it('has no port 0 in a variable either', async () => {
    const query = 'query($selection: SelectionInput) { ports(selection: $selection) { nodes { from } } }';
    expect(await codesOf(query, { selection: { port: [0] } })).toEqual(['invalid-parameters']);
    expect(await codesOf(query, { selection: { port: ['443'] } })).toEqual(['invalid-parameters']);
    expect(await codesOf(query, { selection: { need: 'required' } })).toEqual(['invalid-parameters']);
    expect(await codesOf(query, { selection: { port: [443], need: 'REQUIRED' } })).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    [
      '{ requirement(ref: "replicated/upgrade/online/api.replicated.co") { ref } }',
      'unknown-requirement',
      'api.replicated.com',
    ],
    ['{ requirement(ref: "") { ref } }', 'unknown-requirement', 'product/task/mode/name'],
    ['{ requirement(ref: "a/b") { ref } }', 'unknown-requirement', 'product/task/mode/name'],
    [
      '{ requirement(ref: "replicated/upgrade/online/quay.io/extra") { ref } }',
      'unknown-requirement',
      'no requirement',
    ],
    ['{ host(name: "quay.oi") { name } }', 'unknown-host', 'quay.io'],
    ['{ revision(at: "999") { revision } }', 'unknown-revision', `1 to ${AT_START}`],
    ['{ revision(at: "1999-01-01") { revision } }', 'unknown-revision', 'begins later'],
    ['{ lookup(q: "10.0.0.1/8") { verdict } }', 'invalid-parameters', '10.0.0.0/8'],
    ['{ revisions(first: 0) { nodes { revision } } }', 'invalid-parameters', '1…500'],
    ['{ revisions(first: 501) { nodes { revision } } }', 'invalid-parameters', '1…500'],
    ['{ revisions(after: "x") { nodes { revision } } }', 'invalid-parameters', 'cursor'],
    ['{ nonsense }', 'invalid-document', 'nonsense'],
    ['{ requirement { ref } }', 'invalid-document', 'ref'],
    ['{ product {', 'malformed-document', 'Syntax Error'],
    ['query A { product { name } } query B { product { name } }', 'invalid-parameters', 'operation'],
    ['subscription { product { name } }', 'invalid-document', ''],
    ['mutation { product { name } }', 'invalid-document', ''],
  ])('%s is %s', async (query, code, words) => {
    const { errors = [], status } = await operate(service, query);
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toContain(words);
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules|\.js:/);
  });

  it('tell of a variable that the operation does not declare: without it, the answer would be a wider one', async () => {
    const query = 'query($s: SelectionInput) { addresses(selection: $s) { nodes { cidr } } }';
    const { errors, status, data } = await operate(service, query, {
      selection: { task: ['upgrade'], mode: ['airgap'] },
    });
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors![0]!.extensions.code).toBe('invalid-parameters');
    expect(errors![0]!.message).toBe('The operation declares no variable "$selection". It declares: $s.');
    expect(await codesOf('{ product { name } }', { anything: 1 })).toEqual(['invalid-parameters']);
  });

  it('leave the other fields answered', async () => {
    const { data, errors, status } = await operate(
      service,
      '{ host(name: "nobody.example") { name } product { name } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({ host: null, product: { name: 'replicated' } });
    expect(errors).toHaveLength(1);
    expect(errors![0]!.path).toEqual(['host']);
  });
});

describe('revisions', () => {
  it('are a Relay connection', async () => {
    const { edges, pageInfo } = await answerTo<{
      edges: { cursor: string; node: { revision: number } }[];
      pageInfo: object;
    }>(
      'revisions(first: 2) { edges { cursor node { revision } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }',
    );
    expect(edges.map(({ node }) => node.revision)).toEqual([AT_START, AT_START - 1]);
    const [first, second] = edges.map(({ cursor }) => cursor);
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: first, endCursor: second });
  });

  it('have none after the last', async () => {
    const { pageInfo } = (await answerTo('revisions(first: 500) { pageInfo { endCursor } }')) as {
      pageInfo: { endCursor: string };
    };
    const beyond = `revisions(after: "${pageInfo.endCursor}")`;
    expect(await answerTo(`${beyond} { edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } }`)).toEqual(
      {
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null },
      },
    );
  });

  it('the newest is the latest, by number or by no name', async () => {
    const newest = await answerTo('revision { revision digest }');
    expect(await answerTo('revision(at: "latest") { revision digest }')).toEqual(newest);
    expect(await answerTo(`revision(at: "${AT_START}") { revision digest }`)).toEqual(newest);
  });
});
