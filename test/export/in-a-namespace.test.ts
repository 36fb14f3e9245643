import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asText, outcomeOf } from './bodies.js';
import { whereIs } from './check.js';
import { FIXTURES } from './fixtures.js';
import { joined, type Namespace, type Network } from './namespace/namespace.js';
import { DomainError } from '../../src/model/error.js';
import { knownFormat } from '../../src/export/question.js';

const MIXED = FIXTURES.find(({ name }) => name === 'mixed')!;

/** The mixed fixture in a format. */
function bodyOf(id: string): string {
  const outcome = outcomeOf(MIXED, knownFormat(id));
  if (outcome instanceof DomainError) throw outcome;
  return asText(outcome);
}

/** Without root or a program it fails in CI; elsewhere it is left out, and said what is missing. */
function isLeftOut(what: string, needs: readonly string[]): boolean {
  const missing = ['unshare', 'nsenter', 'timeout', 'ip', ...needs].filter((command) => whereIs(command) === undefined);
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length === 0 || process.env['CI']) return false;
  console.warn(`${what} is not tried in a network of its own: there is no ${missing.join(', ')} here.`);
  return true;
}

/** Of the far side: what the mixed fixture lists, and what it does not. */
const FAR = [
  '20.0.0.10',
  '20.0.1.7',
  '20.0.7.7',
  '20.0.2.1',
  '172.16.4.9',
  '10.1.0.5',
  '10.2.0.5',
  '2600:db8:10::1',
  '2600:db8:10::2',
];

const PASSES = [
  'tcp/443/20.0.0.10',
  'tcp/80/20.0.0.10',
  'tcp/443/20.0.1.7',
  'tcp/5000/172.16.4.9',
  'tcp/443/2600:db8:10::1',
  'udp/123/20.0.2.1',
];
const DOES_NOT = [
  'tcp/444/20.0.0.10', // another port
  'tcp/443/20.0.7.7', // another address
  'tcp/80/20.0.1.7', // an address of one name with a port of another
  'tcp/443/172.16.4.9',
  'tcp/443/2600:db8:10::2',
  'udp/123/20.0.0.10', // another protocol
];
const COMES_IN = ['tcp/8800/192.0.2.1/from/10.1.0.5'];
const DOES_NOT_COME_IN = ['tcp/8801/192.0.2.1/from/10.1.0.5', 'tcp/8800/192.0.2.1/from/10.2.0.5'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-namespace-'));
  // Squid reads it as a user of its own.
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

/** Two networks, with a far side that listens, for as long as something is done in them. */
async function between(work: (network: Network) => Promise<void>): Promise<void> {
  const network = await joined(FAR.map((address) => `${address}/${address.includes(':') ? 128 : 32}`));
  try {
    // By UDP an answer has to come from where the question went.
    await network.far.startScript(
      'listen.ts',
      ...['80', '443', '444', '5000'].map((port) => `tcp/${port}`),
      'udp/123/20.0.2.1',
      'udp/123/20.0.0.10',
    );
    await work(network);
  } finally {
    await Promise.all([network.host.end(), network.far.end()]);
  }
}

const tried = (from: Namespace, targets: readonly string[]) =>
  JSON.parse(from.script('connect.ts', ...targets)) as string[];

interface Firewall {
  readonly needs: readonly string[];
  /** What the customer has: everything is dropped but what our part accepts. */
  readonly own: (host: Namespace) => void;
  readonly load: (host: Namespace) => Promise<void>;
}

const IPTABLES_OWN = ['OUTPUT', 'INPUT'].flatMap((chain) => [
  ['-A', chain, '-m', 'conntrack', '--ctstate', 'ESTABLISHED', '-j', 'ACCEPT'],
  ['-A', chain, '-p', 'ipv6-icmp', '-j', 'ACCEPT'],
]);

/** Rules of the customer's around ours, by both programs. */
function iptablesOwn(
  host: Namespace,
  accepts: (chain: 'OUTPUT' | 'INPUT', isIpv6: boolean) => readonly string[],
): void {
  for (const program of ['iptables', 'ip6tables']) {
    for (const args of IPTABLES_OWN) host.run(program, args);
    for (const chain of ['OUTPUT', 'INPUT'] as const) {
      host.run(program, ['-A', chain, ...accepts(chain, program === 'ip6tables')]);
      host.run(program, ['-P', chain, 'DROP']);
    }
  }
}

const NFTABLES_OWN = `table inet gatepost {
  chain out { type filter hook output priority filter; policy drop
    oif lo accept
    ct state established accept
    meta l4proto ipv6-icmp accept
    jump OURS
  }
}
`;

const FIREWALLS: Readonly<Record<string, Firewall>> = {
  nftables: {
    needs: ['nft'],
    load: async (host) => void host.run('nft', ['-f', await fileOf('rules.nft', bodyOf('nftables'))]),
    own: (host) => {
      host.run('nft', ['-f', '-'], NFTABLES_OWN.replace('OURS', 'gatepost_output'));
      host.run(
        'nft',
        ['-f', '-'],
        NFTABLES_OWN.replace('OURS', 'gatepost_input')
          .replace('chain out', 'chain in')
          .replace('hook output', 'hook input'),
      );
    },
  },
  iptables: {
    needs: ['iptables', 'ip6tables', 'iptables-restore', 'ip6tables-restore'],
    load: async (host) => {
      host.run('iptables-restore', ['--noflush'], bodyOf('iptables'));
      host.run('ip6tables-restore', ['--noflush'], bodyOf('ip6tables'));
    },
    own: (host) => iptablesOwn(host, (chain) => ['-j', chain === 'OUTPUT' ? 'gatepost-out' : 'gatepost-in']),
  },
  ipset: {
    needs: ['ipset', 'iptables', 'ip6tables'],
    load: async (host) => void host.run('ipset', ['-exist', 'restore'], bodyOf('ipset')),
    own: (host) =>
      iptablesOwn(host, (chain, isIpv6) => {
        const set = `gatepost-${chain === 'OUTPUT' ? 'out' : 'in'}${isIpv6 ? 6 : 4}`;
        return ['-m', 'set', '--match-set', set, chain === 'OUTPUT' ? 'dst,dst' : 'src,dst', '-j', 'ACCEPT'];
      }),
  },
};

/** The least of a system bus, which firewalld does not start without. */
const BUS = `<busconfig>
  <type>system</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
`;

/** A policy of the customer's after ours: what ours does not accept does not leave. */
const REST = `<policy target="DROP" priority="10">
  <ingress-zone name="HOST"/><egress-zone name="ANY"/>
  <protocol value="ipv6-icmp"/>
</policy>
`;

async function startFirewalld(host: Namespace): Promise<void> {
  const config = path.join(folder, 'firewalld');
  const socket = path.join(folder, 'bus');
  await mkdir(path.join(config, 'policies'), { recursive: true });
  await writeFile(path.join(config, 'firewalld.conf'), 'DefaultZone=public\n');
  await writeFile(path.join(config, 'policies', 'rest.xml'), REST);
  const archive = await fileOf('firewalld.tar', '');
  await writeFile(archive, bodyOf('firewalld'), 'latin1');
  host.run('tar', ['-C', config, '-xf', archive]);
  await host.start(
    'dbus-daemon',
    [`--config-file=${await fileOf('bus.conf', BUS.replace('SOCKET', socket))}`, '--nofork', '--print-address'],
    /unix:/,
  );
  const settings = [
    '--nofork',
    '--nopid',
    '--debug=1',
    `--system-config=${config}`,
    `--log-file=${path.join(folder, 'log')}`,
  ];
  // With a /run of its own, where it would leave a folder.
  const apart = [
    '-m',
    'sh',
    '-c',
    'mount -t tmpfs none /run && exec "$@"',
    'sh',
    'env',
    'PYTHONUNBUFFERED=1',
    `DBUS_SYSTEM_BUS_ADDRESS=unix:path=${socket}`,
  ];
  await host.start('unshare', [...apart, whereIs('firewalld')!, ...settings], /PolicyAdded\('rest'\)/);
}

describe('behind firewalld', () => {
  it.skipIf(isLeftOut('firewalld', ['firewalld', 'dbus-daemon', 'mount', 'tar']))(
    'what is listed passes, and nothing else',
    { timeout: 20_000 },
    () =>
      between(async ({ host, far }) => {
        await host.startScript('listen.ts', 'tcp/8800', 'tcp/8801');
        await startFirewalld(host);
        expect(tried(host, [...PASSES, ...DOES_NOT])).toEqual(PASSES);
        expect(tried(far, [...COMES_IN, ...DOES_NOT_COME_IN])).toEqual(COMES_IN);
      }),
  );
});

describe.each(Object.entries(FIREWALLS))('behind %s', (id, { needs, load, own }) => {
  it.skipIf(isLeftOut(id, needs))('what is listed passes, and nothing else', { timeout: 20_000 }, () =>
    between(async ({ host, far }) => {
      await host.startScript('listen.ts', 'tcp/8800', 'tcp/8801');
      // All that is tried is there to be reached.
      expect(tried(host, [...PASSES, ...DOES_NOT])).toEqual([...PASSES, ...DOES_NOT]);
      expect(tried(far, [...COMES_IN, ...DOES_NOT_COME_IN])).toEqual([...COMES_IN, ...DOES_NOT_COME_IN]);
      await load(host);
      own(host);
      expect(tried(host, [...PASSES, ...DOES_NOT])).toEqual(PASSES);
      expect(tried(far, [...COMES_IN, ...DOES_NOT_COME_IN])).toEqual(COMES_IN);
      // Loaded again, it is as it was, and so are the rules around it.
      await load(host);
      expect(tried(host, [...PASSES, ...DOES_NOT])).toEqual(PASSES);
    }),
  );
});

/** The names that the tests know, with addresses of the far side. */
const HOSTS = {
  'api.example.com': '20.0.0.10',
  'evil.example.com': '20.0.7.7',
  'evilapi.example.com': '20.0.7.7',
  'cdn.example.net': '20.0.7.7',
  'a.cdn.example.net': '20.0.1.7',
  'a.b.cdn.example.net': '20.0.1.7',
};

describe('through squid', () => {
  it.skipIf(isLeftOut('squid', ['squid']))(
    'names that are listed are tunnelled to, others are denied',
    { timeout: 20_000 },
    () =>
      between(async ({ host }) => {
        const hosts = Object.entries(HOSTS).map(([name, address]) => `${address} ${name}\n`);
        const settings = `http_port 127.0.0.1:3128
visible_hostname proxy.example.com
hosts_file ${await fileOf('hosts', hosts.join(''))}
dns_nameservers 127.0.0.1
pid_filename none
access_log none
cache_log stdio:/dev/null
netdb_filename none
cache_mem 8 MB
shutdown_lifetime 0 seconds
coredump_dir ${folder}
include ${await fileOf('gatepost.conf', bodyOf('squid'))}
http_access deny all
`;
        await host.start('squid', ['-N', '-d', '1', '-f', await fileOf('squid.conf', settings)], /Accepting HTTP/);
        const expected = {
          'api.example.com:443': '200',
          'a.cdn.example.net:443': '200',
          'a.b.cdn.example.net:443': '200',
          '172.16.4.9:5000': '200',
          'api.example.com:80': '403',
          'api.example.com:444': '403',
          'evil.example.com:443': '403',
          'evilapi.example.com:443': '403',
          // Below it is listed, not itself.
          'cdn.example.net:443': '403',
          // The address of a name that is listed is no name, whatever it is said to be called.
          '20.0.0.10:443': '403',
          '172.16.4.9:443': '403',
        };
        expect(JSON.parse(host.script('tunnel.ts', ...Object.keys(expected)))).toEqual(expected);
      }),
  );
});

describe('behind dnsmasq with sets of nftables', () => {
  it.skipIf(isLeftOut('dnsmasq', ['dnsmasq', 'nft', 'sed', 'sh']))(
    'what is listed passes once it was looked up',
    { timeout: 20_000 },
    () =>
      between(async ({ host }) => {
        const file = await fileOf('dnsmasq.conf', bodyOf('dnsmasq-nftset'));
        const load = () => host.run('sh', ['-c', 'sed -n "s/^#nft //p" "$1" | nft -f -', 'sh', file]);
        load();
        host.run('nft', ['-f', '-'], NFTABLES_OWN.replace('OURS', 'gatepost_output_names'));
        await host.startScript(
          'name-server.ts',
          ...Object.entries(HOSTS).map(([name, address]) => `${name}=${address}`),
        );
        const settings = [
          '--no-daemon',
          '--no-resolv',
          '--no-hosts',
          '--server=127.0.0.2',
          '--listen-address=127.0.0.1',
          '--bind-interfaces',
          '--user=root',
          '--pid-file=',
        ];
        await host.start('dnsmasq', [...settings, `--conf-file=${file}`], /started/);

        const targets = [
          'tcp/443/20.0.0.10',
          'tcp/80/20.0.0.10',
          'tcp/443/20.0.1.7',
          'tcp/80/20.0.1.7',
          'tcp/443/20.0.7.7',
        ];
        expect(tried(host, targets)).toEqual([]);
        const names = ['api.example.com', 'a.b.cdn.example.net', 'evilapi.example.com'];
        expect(JSON.parse(host.script('look-up.ts', ...names))).toEqual({
          'api.example.com': ['20.0.0.10'],
          'a.b.cdn.example.net': ['20.0.1.7'],
          'evilapi.example.com': ['20.0.7.7'],
        });
        const set = host.run('nft', ['list', 'set', 'inet', 'gatepost', 'gatepost_names_tcp_443_ipv4']);
        expect(set.match(/\d+\.\d+\.\d+\.\d+/g)).toEqual(['20.0.0.10', '20.0.1.7']);
        expect(tried(host, targets)).toEqual(['tcp/443/20.0.0.10', 'tcp/443/20.0.1.7']);
        // Loaded again, what was learned stays.
        load();
        expect(tried(host, targets)).toEqual(['tcp/443/20.0.0.10', 'tcp/443/20.0.1.7']);
      }),
  );
});
