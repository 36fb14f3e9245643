import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { gatepost, said } from './program.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ONLINE = ['--task', 'upgrade', '--mode', 'online'];

describe('an export, without a service,', () => {
  it.each([
    [['nftables', ...ONLINE], 'nftables?task=upgrade&mode=online'],
    [
      ['plain', '--task', 'install,upgrade', '--family', 'ipv4', '--mode', 'online'],
      'plain?task=install,upgrade&family=ipv4&mode=online',
    ],
    [['pf-table', ...ONLINE, '--at', '2017-07-01'], 'pf-table?task=upgrade&mode=online&at=2017-07-01'],
    [
      [
        'nftables',
        ...ONLINE,
        '--fill',
        'admin-network:10.1.0.0/16',
        '--exclude',
        'companion',
        '--aggregate',
        '--set',
        'table=gatepost_upgrade',
      ],
      'nftables?task=upgrade&mode=online&fill=admin-network:10.1.0.0/16&exclude=companion&aggregate=true&table=gatepost_upgrade',
    ],
  ])('%j is that of %s', async (args, target) => {
    const { text } = await service.ask.get(`/exports/${target}`).expect(200);
    expect(await said(['export', ...args])).toBe(text);
  });

  it('tells beside the file what it leaves out', async () => {
    const { stderr, code } = await gatepost([
      'export',
      'plain',
      ...ONLINE,
      '--host',
      'quay.io,registry.replicated.com',
      '--exclude',
      'companion',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Left out: .*quay\.io.*\.\n$/);
  });

  it.each([
    [['nftable'], 'There is no export format "nftable". Did you mean "nftables"?'],
    [['nftables', '--set', 'tabel=a'], 'This format has no option "tabel". Did you mean "table"?'],
    [['nftables', '--fill', 'admin-network:x'], '"admin-network:x" does not say what admin-network is.'],
    [['nftables', ...ONLINE, '--strict'], 'is left out: no-address.'],
    [['plain', '--task', 'run'], 'by design'],
    [['plain', '--task', 'upgrad'], 'Did you mean "upgrade"?'],
  ])('of %j is refused', async (args, sentence) => {
    const { stdout, stderr, code } = await gatepost(['export', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  });

  it('takes its options as name=value', async () => {
    const { stderr, code } = await gatepost(['export', 'nftables', '--set', 'table']);
    expect([code, stderr]).toEqual([1, '--set takes name=value, not "table".\n']);
  });
});
