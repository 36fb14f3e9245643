import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionValues } from '../../src/export/option.js';
import type { AddressRule, NameRule } from '../../src/export/rule.js';
import { shellCheck } from '../../src/export/shell-check.js';
import { familyOf, isCidr, type Cidr } from '../../src/model/cidr.js';
import { whereIs } from './check.js';
import { FIXTURES } from './fixtures.js';

const { catalog } = FIXTURES[0]!.snapshot;

let folder: string;
/** It accepts a connection, and says nothing. */
let server: Server;
let open: number;
/** Nothing listens there, and nobody is given it by chance. */
const closed = 1;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-shell-'));
  server = createServer();
  open = await listening(server, '127.0.0.1');
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function listening(of: Server, host: string): Promise<number> {
  of.on('connection', (socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve, reject) => of.once('error', reject).listen(0, host, resolve));
  return (of.address() as AddressInfo).port;
}

function cidrOf(text: string): Cidr {
  if (!isCidr(text)) throw new TypeError(text);
  return text;
}

function addressRule(cidr: string, from: number, rest: Partial<AddressRule> = {}): AddressRule {
  const block = cidrOf(cidr);
  const traffic = { flow: 'outbound', protocol: 'tcp', from, to: from } as const;
  return { ...traffic, cidr: block, family: familyOf(block), labels: [], ...rest };
}

/** A folder with some programs and no others. */
async function programs(...names: readonly string[]): Promise<string> {
  const to = await mkdtemp(path.join(folder, 'bin-'));
  for (const name of ['printf', 'true', ...names]) {
    const [as = '', of = as] = name.split('=');
    await symlink(whereIs(of)!, path.join(to, as));
  }
  return to;
}

interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly complaint: string;
}

async function run(
  shell: readonly string[],
  PATH: string,
  addresses: readonly AddressRule[],
  names: readonly NameRule[] = [],
  timeout = 1,
): Promise<Run> {
  const source = { rules: { names, addresses }, omitted: [], header: ['One'], catalog, requirements: [] };
  const file = path.join(await mkdtemp(path.join(folder, 'run-')), 'check.sh');
  await writeFile(file, shellCheck.render(source, optionValues(new Map([['timeout', timeout]]))));
  const [command = '', ...args] = shell;
  const child = spawn(whereIs(command)!, [...args, file], { env: { PATH, LC_ALL: 'C' }, timeout: 15_000 });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (complaint += String(data)));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, output, complaint };
}

const SHELLS: readonly (readonly string[])[] = [['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['mksh']];
const PROBES: readonly (readonly string[])[] = [['bash', 'timeout'], ['nc'], ['curl']];

/** Without its commands a case fails in CI; elsewhere it is left out. */
function isLeftOut(...commands: readonly string[]): boolean {
  return !process.env['CI'] && commands.some((command) => whereIs(command) === undefined);
}

/** A shell of busybox takes its own nc before any other, and that one cannot scan. */
function hasOwn(shell: readonly string[], probe: readonly string[]): boolean {
  return shell[0] === 'busybox' && probe[0] === 'nc';
}

describe.each(SHELLS)('under %s', (...shell) => {
  describe.skipIf(isLeftOut(shell[0]!))('the script', () => {
    it.each(PROBES.filter((probe) => !isLeftOut(...probe) && !hasOwn(shell, probe)))(
      'reaches an open port by %s, and no closed one',
      async (...probe) => {
        const bin = await programs(...probe);
        const good = await run(shell, bin, [addressRule('127.0.0.1/32', open)]);
        expect(good).toMatchObject({ status: 0, complaint: '' });
        expect(good.output.split('\n')).toEqual([
          'RESULT       PROTOCOL  PORTS        FAR SIDE',
          `reached      tcp       ${String(open).padEnd(12)} 127.0.0.1`,
          `1 tested with ${probe[0]}, 0 not reached, 0 not tested`,
          '',
        ]);
        const bad = await run(shell, bin, [addressRule('127.0.0.1/32', open), addressRule('127.0.0.1/32', closed)]);
        expect(bad).toMatchObject({ status: 1, complaint: '' });
        expect(bad.output).toContain(`NOT REACHED  tcp       ${String(closed).padEnd(12)} 127.0.0.1\n`);
        expect(bad.output).toContain(`2 tested with ${probe[0]}, 1 not reached, 0 not tested\n`);
      },
    );

    it.skipIf(isLeftOut('openssl'))('reaches by openssl what answers, and asks it last', async () => {
      const talking = createServer((socket) => socket.once('data', () => socket.end('no TLS')));
      const port = await listening(talking, '127.0.0.1');
      const bin = await programs('openssl', 'timeout');
      expect(await run(shell, bin, [addressRule('127.0.0.1/32', port)])).toMatchObject({ status: 0, complaint: '' });
      expect(await run(shell, bin, [addressRule('127.0.0.1/32', closed)])).toMatchObject({ status: 1, complaint: '' });
      await new Promise((resolve) => talking.close(resolve));
    });

    it('tells what it cannot test, and takes it for no failure', async () => {
      const { status, output } = await run(shell, await programs('bash', 'timeout'), [
        addressRule('127.0.0.1/32', open, { to: open + 1, labels: ["it's"] }),
        addressRule('10.0.0.0/8', 443, { labels: ['admin-network'] }),
        addressRule('127.0.0.1/32', 53, { protocol: 'udp' }),
      ]);
      expect(status).toBe(0);
      expect(output.split('\n').slice(1, -1)).toEqual([
        `reached      tcp       ${`${open}-${open + 1}`.padEnd(12)} 127.0.0.1 (it s) (tested at ${open})`,
        'not tested   tcp       443          10.0.0.0/8 (admin-network): a network and not one address',
        'not tested   udp       53           127.0.0.1: UDP has no connections',
        '1 tested with bash, 0 not reached, 2 not tested',
      ]);
    });

    it('reaches a name, and an address of IPv6', async () => {
      const six = createServer();
      const port = await listening(six, '::1').catch(() => null);
      const name: NameRule = { ...addressRule('127.0.0.1/32', open), name: 'localhost', isWildcard: false };
      const rules = port === null ? [] : [addressRule('::1/128', port)];
      for (const probe of [['bash', 'timeout'], ['curl']]) {
        expect(await run(shell, await programs(...probe), rules, [name])).toMatchObject({ status: 0, complaint: '' });
      }
      if (port !== null) await new Promise((resolve) => six.close(resolve));
    });

    it('says so where there is nothing to test with', async () => {
      // Debian's busybox has an nc that cannot scan.
      for (const bin of [await programs(), await programs('nc=busybox'), await programs('bash')]) {
        const { status, output, complaint } = await run(shell, bin, [addressRule('127.0.0.1/32', open)]);
        // The shell of busybox has a timeout of its own.
        if (complaint === '' && shell[0] === 'busybox') continue;
        expect(status).toBe(2);
        expect(output).toBe('');
        expect(complaint).toMatch(/^Nothing to test with: /);
      }
    });
  });
});

it.skipIf(isLeftOut('unshare', 'ip', 'nft', 'dash'))(
  'waits no longer than it may for what does not answer',
  async () => {
    const silence = 'add table ip t; add chain ip t c { type filter hook input priority 0; policy drop; }';
    const apart = `ip link set lo up && nft '${silence}' && PATH=$1 exec ${whereIs('dash')} "$2"`;
    const isRoot = process.getuid?.() === 0;
    for (const probe of [['bash', 'timeout'], ['curl']]) {
      const bin = await programs(...probe);
      const shell = ['unshare', isRoot ? '-n' : '-rn', 'sh', '-c', apart, 'sh', bin];
      const started = performance.now();
      const ended = await run(shell, process.env['PATH'] ?? '', [addressRule('127.0.0.1/32', 443)]);
      expect(ended).toMatchObject({ status: 1, complaint: '' });
      expect(ended.output).toContain('NOT REACHED');
      expect(performance.now() - started).toBeGreaterThan(900);
      expect(performance.now() - started).toBeLessThan(8000);
    }
  },
);
