import { writeFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfflineAnswer } from '../../src/cli/requirements.js';
import { sealOf } from '../../src/store/history-form.js';
import { startService, type RunningService } from '../e2e/service.js';
import { CATALOG, SEED, linesIn } from '../publish/past.js';
import { gatepost, said } from './program.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('the requirements of a selection, without a service,', () => {
  it.each([
    [[], ''],
    [['--task', 'upgrade', '--mode', 'online'], '?task=upgrade&mode=online'],
    [['--task', 'install,upgrade', '--task', 'run'], '?task=install,upgrade,run'],
    [
      ['--need', 'required', '--port', '443', '--protocol', 'tcp', '--family', 'ipv6'],
      '?need=required&port=443&protocol=tcp&family=ipv6',
    ],
    [
      ['--host', 'quay.io', '--direction', 'outbound', '--zone', 'internet'],
      '?host=quay.io&direction=outbound&zone=internet',
    ],
    [['--status', 'retired'], '?status=retired'],
    [['--at', '20', '--status', 'current,retired'], '?at=20&status=current,retired'],
    [['--at', '2017-07-01', '--status', 'retiring'], '?at=2017-07-01&status=retiring'],
    [['--at', '3', '--product', 'replicated', '--task', 'all'], '?at=3&product=replicated&task=all'],
  ])('%j are those of %s', async (args, query) => {
    const answer: unknown = JSON.parse(await said(['requirements', '--json', ...args]));
    const { body } = (await service.ask.get(`/requirements${query}`).expect(200)) as { body: unknown };
    expect(answer).toEqual(body);
  });

  it('have the addresses that were retired, and are as of what altered them last', async () => {
    const ask = async (...args: readonly string[]) =>
      JSON.parse(await said(['requirements', '--json', ...args])) as OfflineAnswer;
    const retired = await ask('--status', 'retired');
    expect(retired.requirements.flatMap(({ addresses }) => addresses).length).toBeGreaterThan(0);
    const rows = await ask('--need', 'conditional', '--zone', 'cluster-network', '--task', 'check-updates');
    expect(rows.asOf?.revision).toBeLessThan(retired.asOf!.revision);
  });

  it('do not show what is past its grace by now, as no service would', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    // Up to the revision before its retirements.
    const lines = (await linesIn(SEED)).filter((line) => !/^{"end"|^{"revision":{"revision":2[2-9]/.test(line));
    const end = { end: { revisions: 21 } };
    const catalog = path.join(folder, 'own.yaml');
    await writeFile(catalog, await readFile(CATALOG, 'utf8'));
    await writeFile(
      path.join(folder, 'replicated.history.jsonl'),
      [...lines, JSON.stringify({ ...end, seal: sealOf(end) }), ''].join('\n'),
    );
    const own = await startService({ CATALOG: catalog });
    try {
      for (const [args, query] of [
        [[], ''],
        [['--status', 'retired'], '?status=retired'],
        [['--at', '21', '--status', 'retiring'], '?at=21&status=retiring'],
      ] as const) {
        const answer = JSON.parse(
          await said(['requirements', '--json', '--catalog', catalog, ...args]),
        ) as OfflineAnswer;
        const { body } = (await own.ask.get(`/requirements${query}`).expect(200)) as { body: OfflineAnswer };
        expect(answer.asOf?.revision).toBe(body.asOf?.revision);
        expect({ ...answer, asOf: null }).toEqual({ ...body, asOf: null });
      }
    } finally {
      await own.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('need no setting but the catalog', async () => {
    await said(['requirements', '--task', 'run'], { PORT: 'abc', GRACE_DAYS: 'abc', DATABASE_URL: 'abc' });
    const { code, stderr } = await gatepost(['requirements'], { CATALOG: '/nowhere.yaml' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('/nowhere.yaml: The file cannot be read: ENOENT.')]);
  });

  it('are a table for people', async () => {
    expect(await said(['requirements', '--task', 'check-updates', '--mode', 'online,airgap'])).toBe(
      [
        'TASK           MODE    NEED          DIRECTION      FAR SIDE                                 PORTS          ADDRESSES',
        'check-updates  online  required      bidirectional  admin-network (management-console)       8800/tcp',
        'check-updates  online  required      bidirectional  cluster-network (cluster-communication)  9870-9880/tcp',
        'check-updates  online  required      outbound       api.replicated.com                       443/tcp        4',
        'check-updates  airgap  required      bidirectional  admin-network (management-console)       8800/tcp',
        'check-updates  airgap  required      bidirectional  cluster-network (cluster-communication)  9870-9880/tcp',
        'check-updates  airgap  not-required  outbound       api.replicated.com                       443/tcp        4',
        '',
        'api.replicated.com: 162.159.137.43/32, 162.159.138.43/32, 2606:4700:7::a29f:892b/128, 2606:4700:7::a29f:8a2b/128',
        '',
        'As of 2021-02-12T19:53:57.000Z, from the list that ships. A running service may know a newer one.',
        '',
      ].join('\n'),
    );
  });

  it.each<[readonly string[], readonly string[]]>([
    [
      ['--task', 'upgraed', '--port', '99999'],
      [
        '"upgraed" is not a value of the parameter "task". Did you mean "upgrade"?',
        '"99999" is not a value of the parameter "port". It takes whole numbers from 1 to 65535.',
      ],
    ],
    [['--product', 'other'], ['"other" is not a value of the parameter "product".']],
    [['--at', 'yesterday'], ['"yesterday" is neither a revision nor an instant.']],
    [
      ['--at', '2999-01-01', '--mode', 'x'],
      ['"2999-01-01" lies in the future.', '"x" is not a value of the parameter "mode".'],
    ],
    [['--at', '999'], ['There is no revision 999. There are 1 to 27.']],
    [['--at', '2001-01-01'], ['Nothing was served at 2001-01-01T00:00:00.000Z yet']],
    [
      ['--tsak', 'upgrade'],
      ["unknown option '--tsak'", 'Did you mean --task?'],
    ],
  ])('%j are refused as the service does', async (args, sentences) => {
    const { code, stdout, stderr } = await gatepost(['requirements', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    for (const sentence of sentences) expect(stderr).toContain(sentence);
  });

  it('are of the catalog alone where no list ships with it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    try {
      const catalog = path.join(folder, 'own.yaml');
      await writeFile(catalog, (await readFile(CATALOG, 'utf8')).replace(/^ +seed: .*\n/m, ''));
      const table = await said(['requirements', '--task', 'check-updates', '--catalog', catalog]);
      expect(table).toContain('Addresses alone cannot serve: api.replicated.com.');
      expect(table).toContain('From the catalog alone: no list ships with it.');
      const answer = JSON.parse(await said(['requirements', '--json'], { CATALOG: catalog })) as { asOf: unknown };
      expect(answer.asOf).toBeNull();
      const { code, stderr } = await gatepost(['requirements', '--at', '1', '--catalog', catalog]);
      expect([code, stderr]).toEqual([2, 'There is nothing to answer for "1": no history ships.\n']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the service, by the command line,', () => {
  it('serves until it is told to stop', async () => {
    let told = false;
    const settings = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: ':memory:',
      UPSTREAM_URL: 'http://127.0.0.1:9/list',
      DRAIN_SECONDS: '0',
    };
    const { code, stdout } = await gatepost(['serve'], settings, (stdout, end) => {
      if (!told && stdout.includes('"url"')) {
        told = true;
        end('SIGTERM');
      }
    });
    expect([code, told]).toEqual([0, true]);
    expect(stdout).toContain('listening');
  });

  it('says which settings cannot be used, and ends with 78', async () => {
    const { code, stderr } = await gatepost(['serve'], { PORT: 'x' });
    expect([code, stderr]).toEqual([78, expect.stringContaining('PORT: "x" cannot be used.')]);
  });
});
