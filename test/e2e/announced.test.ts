import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { isObjectType } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operate } from '../graphql/asking.js';
import { asRest, everyField } from '../graphql/whole.js';
import { startService, until, type RunningService } from './service.js';

const STARTED = Date.parse('2027-03-05T00:00:00Z');
const hours = (n: number) => new Date(STARTED + n * 3_600_000);
const text = (n: number) => hours(n).toISOString().replace('.000Z', 'Z');

const CATALOG = `product: own
title: Own
notice: P30D
announcements:
  images-move: { title: Images move, announced: 2027-02-01, by: Own }
modes: { online: { title: Online } }
tasks: { install: { title: Installation } }
zones: { internet: { title: The internet } }
endpoints:
  images:
    kind: service
    hosts: [one.own.example, { host: two.own.example, from: "${text(1)}", announcement: images-move }]
  get.own.example: { kind: host, until: "${text(3)}" }
  new.own.example: { kind: host, from: "${text(2)}", announcement: images-move }
requirements:
  - { endpoint: images, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: A. }
  - { endpoint: get.own.example, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: B. }
  - { endpoint: new.own.example, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: C. }
`;

let folder: string;
let service: RunningService;
let clock: Date;
const start = async () => {
  service = await startService(
    { CATALOG: path.join(folder, 'own.yaml'), DATABASE_URL: `file:${path.join(folder, 'store.db')}` },
    () => clock,
  );
};
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  await writeFile(path.join(folder, 'own.yaml'), CATALOG);
  clock = hours(0);
  await start();
});
afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const json = async (url: string) => (await service.ask.get(url).expect(200)).body;
const revision = async () => (await json('/version')).revision;
const hostsServed = async () => (await json('/hosts')).hosts.map(({ name }: { name: string }) => name);
const toCome = async () =>
  (await json('/upcoming')).upcoming.map(
    ({ date, event, host, requirement }: Record<string, string>) => `${date} ${event} ${host ?? requirement}`,
  );

describe("the vendor's dates", () => {
  it('are told beforehand, and nothing is served early', async () => {
    expect(await hostsServed()).toEqual(['one.own.example', 'get.own.example']);
    expect(await toCome()).toEqual([
      `${text(1)} opening two.own.example`,
      `${text(2)} opening own/install/online/new.own.example`,
      `${text(3)} closing own/install/online/get.own.example`,
    ]);
    expect((await json('/catalog')).endpoints[0]).not.toHaveProperty('dated');
  });

  it('are told by GraphQL as by REST', async () => {
    const { schema } = service.app.get(GraphQLSchemaHost);
    const type = schema.getType('UpcomingList');
    if (!isObjectType(type)) throw new Error('There is no type UpcomingList.');
    const { data, errors } = await operate(service, `{ upcoming ${everyField(type, new Set())} }`);
    expect(errors).toBeUndefined();
    expect(asRest(data!['upcoming'], type, new Set(), 'upcoming')).toEqual(await json('/upcoming'));
  });

  it('act by the clock, each as a revision of its own', async () => {
    clock = hours(1);
    await until('a revision came', async () => (await revision()) === 2);
    expect(await hostsServed()).toEqual(['one.own.example', 'two.own.example', 'get.own.example']);
    clock = hours(3);
    await until('a revision came', async () => (await revision()) === 3);
    expect(await hostsServed()).toEqual(['one.own.example', 'two.own.example', 'new.own.example']);
    expect((await json('/revisions')).revisions).toMatchObject([
      { cause: 'clock' },
      { cause: 'clock' },
      { cause: 'catalog' },
    ]);
    expect(await toCome()).toEqual([]);
  });

  it('are told as changes that were announced', async () => {
    clock = hours(1);
    await until('a revision came', async () => (await revision()) === 2);
    const { changes } = await json('/changes');
    expect(changes).toMatchObject([
      {
        subject: 'host',
        host: 'two.own.example',
        action: { byName: 'open' },
        announced: true,
        leadTimeSeconds: (STARTED - Date.parse('2027-02-01T00:00:00Z')) / 1000 + 3_600,
        effectiveFrom: text(1),
      },
    ]);
  });

  it('that came while it was stopped act once, by the clock, at the next start; those before stay as they are', async () => {
    await service.stop();
    clock = hours(2);
    await start();
    expect(await revision()).toBe(2);
    expect(await json('/revisions/latest')).toMatchObject({ cause: 'clock' });
    expect(await toCome()).toEqual([`${text(3)} closing own/install/online/get.own.example`]);
    await service.stop();
    await start();
    expect(await revision()).toBe(2);
  });

  it('are not taken back by a clock that is set back, neither at a start nor by an edit', async () => {
    clock = hours(2);
    await until('a revision came', async () => (await revision()) === 2);
    const hosts = await hostsServed();
    await service.stop();
    clock = hours(-48);
    await start();
    expect(await revision()).toBe(2);
    await writeFile(path.join(folder, 'own.yaml'), CATALOG.replace('description: A.', 'description: Images.'));
    await until('a revision came', async () => (await revision()) === 3);
    expect(await hostsServed()).toEqual(hosts);
    await service.stop();
    clock = hours(3);
    await start();
    expect(await revision()).toBe(4);
    expect(await hostsServed()).not.toContain('get.own.example');
  });

  it('stay as they have acted where the file is edited afterwards', async () => {
    clock = hours(2);
    await until('a revision came', async () => (await revision()) === 2);
    await writeFile(path.join(folder, 'own.yaml'), CATALOG.replace('description: A.', 'description: Images.'));
    await until('a revision came', async () => (await revision()) === 3);
    expect(await json('/revisions/latest')).toMatchObject({ cause: 'catalog' });
    expect(await hostsServed()).toEqual(['one.own.example', 'two.own.example', 'get.own.example', 'new.own.example']);
  });

  it('move the list of what is to come only of a selection that they are of', async () => {
    const asOf = async (host: string) => (await json(`/upcoming?host=${host}`)).asOf.revision;
    const edit = async (from: string, to: string, next: number) => {
      await writeFile(path.join(folder, 'own.yaml'), CATALOG.replace(from, to));
      await until('a revision came', async () => (await revision()) === next);
    };
    await edit('title: Images move', 'title: Images will move', 2);
    expect(await Promise.all(['two.own.example', 'new.own.example', 'get.own.example'].map(asOf))).toEqual([2, 2, 1]);
    await edit(`until: "${text(3)}"`, `until: "${text(4)}"`, 3);
    expect(await Promise.all(['two.own.example', 'new.own.example', 'get.own.example'].map(asOf))).toEqual([3, 3, 3]);
    await edit(`until: "${text(3)}"`, `until: "${text(5)}"`, 4);
    expect(await Promise.all(['two.own.example', 'new.own.example', 'get.own.example'].map(asOf))).toEqual([3, 3, 4]);
  });

  it('of what was said then are answered for then', async () => {
    const before = await json('/upcoming?at=1');
    clock = hours(3);
    await until('a revision came', async () => (await revision()) === 2);
    expect(await json('/upcoming?at=1')).toEqual(before);
    expect((await json('/upcoming')).asOf.revision).toBe(2);
  });
});
