import { randomness } from './long-history.ts';

/** How large a vendor is. */
export interface Size {
  readonly name: string;
  readonly addresses: number;
  readonly hosts: number;
  readonly requirements: number;
}

/** Up to what AWS and Azure publish: thousands of service hosts, and blocks of every length behind them. */
export const SIZES = [
  { name: '1k', addresses: 1_000, hosts: 50, requirements: 100 },
  { name: '10k', addresses: 10_000, hosts: 500, requirements: 1_000 },
  { name: '100k', addresses: 100_000, hosts: 4_000, requirements: 10_000 },
] as const satisfies readonly Size[];

const TASKS = ['install', 'upgrade', 'run', 'support', 'migrate'];
const MODES = ['online', 'airgap'];
/** A row stands for two tasks in both modes. */
const REQUIREMENTS_A_ROW = 4;
const REGIONS = 'us-east-1 us-west-2 eu-west-1 eu-central-1 ap-south-1 ap-southeast-2 sa-east-1 af-south-1'.split(' ');
/** What of the catalog's rows, and of the list's hosts, is dated. */
const DATED = 0.02;

/** The hosts of a vendor, each of one service in one region. */
export function hostsOf({ hosts }: Size): string[] {
  return Array.from({ length: hosts }, (_, i) => `${serviceOf(i)}.${REGIONS[i % REGIONS.length]}.cloud.example`);
}

function serviceOf(host: number): string {
  return `service-${Math.floor(host / REGIONS.length) + 1}`;
}

/** A catalog as its author writes it; JSON is YAML. A service has a few hosts of the list, and needs some others beside. */
export function catalogText(size: Size, upstream: string): string {
  const random = randomness(11);
  const hosts = hostsOf(size);
  const rows = Math.ceil(size.requirements / REQUIREMENTS_A_ROW);
  const names = Array.from({ length: rows }, (_, i) => `endpoint-${i + 1}`);
  const endpoints = names.map((name, i) => {
    const own = [hosts[i % hosts.length]!];
    for (let more = i + rows; more < hosts.length; more += rows) own.push(hosts[more]!);
    const companion = hosts[Math.floor(random() * hosts.length)]!;
    const companions = own.includes(companion) || random() > 0.1 ? [] : [{ hosts: [companion], why: 'Certificates.' }];
    return [name, { kind: 'service', title: `Service ${i + 1}`, addresses: 'published', hosts: own, companions }];
  });
  const named = (list: readonly string[]) => Object.fromEntries(list.map((name) => [name, { title: name }]));
  return JSON.stringify({
    product: 'cloud',
    title: 'Cloud',
    upstream: {
      url: upstream,
      limits: { bytes: 16_777_216, hosts: 10_000, addresses: 200_000, unaskedIpv4: 20, unaskedIpv6: 32 },
    },
    modes: named(MODES),
    tasks: named(TASKS),
    zones: { internet: { title: 'Internet' }, 'admin-network': { title: 'Administrators' } },
    endpoints: Object.fromEntries(endpoints),
    requirements: names.map((endpoint, i) => ({
      endpoint,
      tasks: [TASKS[i % TASKS.length], TASKS[(i + 1 + (i % 3)) % TASKS.length]],
      need: {
        online: random() < 0.9 ? 'required' : 'conditional',
        airgap: random() < 0.5 ? 'not-required' : 'required',
      },
      direction: 'outbound',
      ports: [{ tcp: 443 }, ...(random() < 0.2 ? [{ tcp: '5000-5010' }] : [])],
      description: `What ${endpoint} answers for the product in this task.`,
      ...(random() < DATED ? { from: '2190-01-01' } : {}),
    })),
  });
}

type Published = Record<string, { current: string[]; future?: string[]; upcoming?: object; [date: string]: unknown }>;

/**
 * A published list. Hosts differ in size as those of clouds do; every twelfth address stands behind two of them; some
 * are announced, for a date or none. From one version to the next, one address in a hundred is another.
 */
export function listText(size: Size, version: number): string {
  const random = randomness(23);
  const hosts = hostsOf(size);
  // A few hosts have much, most have little.
  const weights = hosts.map(() => 1 / (0.05 + random()));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const list: Published = Object.fromEntries(hosts.map((host) => [host, { current: [] }]));
  const taken = new Set<string>();
  const blocks: string[] = [];
  const fresh = (isIpv4: boolean, randomly: () => number) => {
    for (;;) {
      const text = isIpv4 ? ipv4(randomly) : ipv6(randomly);
      if (taken.has(text)) continue;
      taken.add(text);
      return text;
    }
  };
  let made = 0;
  hosts.forEach((host, i) => {
    const count =
      i === hosts.length - 1 ? size.addresses - made : Math.max(2, Math.floor((size.addresses * weights[i]!) / whole));
    const own = list[host]!;
    for (let n = 0; n < Math.min(count, size.addresses - made); n++) {
      const isIpv4 = n === 0 || (n > 1 && random() < 0.7);
      const shared = blocks.length > 100 && n > 1 && random() < 1 / 12;
      const block = shared ? blocks[Math.floor(random() * blocks.length)]! : fresh(isIpv4, random);
      blocks.push(block);
      const place = random();
      if (n < 2 || place > DATED) own.current.push(block);
      else if (place < DATED / 3) (own.future ??= []).push(block);
      else own['2190-06-01'] = [...((own['2190-06-01'] as string[] | undefined) ?? []), block];
    }
    made += Math.min(count, size.addresses - made);
  });
  for (let step = 1; step <= version; step++) {
    const randomly = randomness(1_000 + step);
    for (let n = 0; n < size.addresses / 100; n++) {
      const own = list[hosts[Math.floor(randomly() * hosts.length)]!]!.current;
      // The first two stay, so that no host loses a family.
      if (own.length > 2) own[2 + Math.floor(randomly() * (own.length - 2))] = fresh(randomly() < 0.7, randomly);
    }
  }
  return JSON.stringify(list);
}

/** First octets of blocks that are public throughout. */
const PUBLIC = [3, 13, 15, 16, 18, 20, 23, 34, 35, 40, 44, 50, 51, 52, 54, 63, 64, 65, 66, 67, 68, 69, 70, 71];

function ipv4(random: () => number): string {
  const prefix = pick([32, 32, 32, 31, 30, 29, 28, 27, 26, 25, 24, 24, 24, 23, 22, 20], random);
  const first = pick(PUBLIC, random) * 2 ** 24 + Math.floor(random() * 2 ** 24);
  const block = Math.floor(first / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(block / 2 ** shift) % 256).join('.')}/${prefix}`;
}

function ipv6(random: () => number): string {
  const prefix = pick([128, 128, 64, 64, 56, 48, 48, 44, 40, 36, 32], random);
  const groups = Array.from({ length: 8 }, (_, i) => {
    if (i === 0) return pick([0x2600, 0x2603, 0x2a05, 0x2406], random);
    const bits = Math.min(16, Math.max(0, prefix - 16 * i));
    return Math.floor(Math.floor(random() * 2 ** 16) / 2 ** (16 - bits)) * 2 ** (16 - bits);
  });
  const text = groups.map((group) => group.toString(16)).join(':');
  return `${new URL(`http://[${text}]`).hostname.slice(1, -1)}/${prefix}`;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}
