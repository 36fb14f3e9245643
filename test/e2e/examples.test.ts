import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../examples.js';
import { AT_START, startService, type RunningService } from './service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: unknown;
}

async function run(name: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { query } = EXAMPLES.find((example) => example.name === name)!;
  const { status, body } = await service.ask.post('/graphql').send({ query, variables });
  const { data, errors } = body as Answer;
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  return JSON.parse(JSON.stringify(data)) as Readonly<Record<string, Readonly<Record<string, unknown[]>>>>;
}

describe('the examples', () => {
  it('are five, each with its own name', () => {
    expect(new Set(EXAMPLES.map(({ name }) => name).filter((name) => name !== '')).size).toBe(5);
    expect(EXAMPLES).toHaveLength(5);
  });

  it.each(EXAMPLES)('$file begins with one line that says what it is for', ({ query }) => {
    expect(query).toMatch(/^# [A-Z].*\.\nquery /);
  });

  it.each(EXAMPLES)('$file needs no variable to be answered', async ({ name }) => {
    expect(Object.values(await run(name)).flatMap((part) => Object.values(part))).not.toEqual([]);
  });
});

describe('the example', () => {
  it('WhatToOpen names hosts, ports and addresses, and takes the choice of a form', async () => {
    const { requirements } = await run('WhatToOpen');
    expect(JSON.stringify(requirements)).toMatch(/"api\.replicated\.com".*"162\.159\.137\.43\/32".*"from":443/);
    const airgap = await run('WhatToOpen', { task: 'install', mode: 'airgap' });
    expect(airgap['requirements']!['nodes']).not.toEqual(requirements!['nodes']);
  });

  it('SelectionForm has what a form is built from', async () => {
    const { catalog } = await run('SelectionForm');
    for (const part of ['tasks', 'modes', 'zones', 'promises']) expect(catalog![part]).not.toEqual([]);
  });

  it('AllowList has IPv4 alone', async () => {
    const { addresses } = await run('AllowList');
    const blocks = (addresses!['nodes'] as { cidr: string }[]).map(({ cidr }) => cidr);
    expect(blocks).not.toEqual([]);
    expect(blocks.filter((cidr) => !/^[\d.]+\/\d+$/.test(cidr))).toEqual([]);
  });

  it('SeenInLog knows whose address its default is, and takes another', async () => {
    const { lookup } = await run('SeenInLog');
    expect(lookup).toMatchObject({ verdict: 'REQUIRED', match: 'FULL' });
    expect(lookup!['requirements']).not.toEqual([]);
    expect((await run('SeenInLog', { address: '192.0.2.1' }))['lookup']).toMatchObject({ verdict: 'UNKNOWN' });
  });

  it('HowFresh has the newest revision first', async () => {
    const { status, revisions } = await run('HowFresh');
    expect(status).toMatchObject({ freshness: 'BUNDLED' });
    expect(revisions!['nodes']![0]).toMatchObject({ revision: AT_START });
  });
});
