/** Numbers from 0 up to, but not with, 1: the same ones for the same seed. Source: Tommy Ettinger, Mulberry32. */
export function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A list as JSON has it. */
type Json = Record<string, { current?: unknown } & Record<string, unknown>>;

/** What is done to a true list, and whether it may ever be accepted. */
export interface Mutation {
  readonly what: string;
  /** `never`: refused or held. `harmless`: may pass, but never below a floor. */
  readonly passes: 'never' | 'harmless';
  /** The bytes that come instead of a list; `null` where it cannot be done to this one. */
  readonly of: (text: string, random: () => number) => string | Buffer | null;
}

const parsed = (text: string) => JSON.parse(text) as Json;
/** The hosts of a list with their addresses in use. */
const currents = (list: Json) =>
  Object.entries(list).flatMap(([host, { current }]) =>
    Array.isArray(current) && current.length > 0 ? [[host, current as string[]] as const] : [],
  );
const edit = (change: (list: Json, random: () => number) => void) => (text: string, random: () => number) => {
  const list = parsed(text);
  change(list, random);
  return JSON.stringify(list);
};
const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!;
const shuffled = <T>(all: readonly T[], random: () => number): T[] =>
  all
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
const distinct = (list: Json) => [...new Set(currents(list).flatMap(([, addresses]) => addresses))];
const isV6 = (address: string) => address.includes(':');
const someV4 = (random: () => number) =>
  `34.${Math.floor(random() * 200)}.${Math.floor(random() * 256)}.${1 + Math.floor(random() * 250)}`;

/** Puts another address into a host at random. */
const adding = (...addresses: readonly unknown[]) =>
  edit((list, random) => {
    const [, current] = pick(currents(list), random);
    (current as unknown[]).push(...addresses);
  });

const BAD_ADDRESSES = [
  '::ffff:52.7.167.120',
  '::52.7.167.120',
  '2606:4700::1%eth0',
  '010.0.0.1',
  '127.1',
  '1.2.3.4/33',
  '52.7.167.120/24',
  ' 52.7.167.120',
  '52.7.167.120 ',
  '５２.7.167.120',
  '52.7.167.120:443',
  'evil.example.com',
  '',
  '0x34.7.167.120',
] as const;
const SPECIAL = [
  '10.0.0.0/24',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '192.0.2.1',
  '224.0.0.1',
  '240.0.0.1',
  '198.18.0.1',
  '192.88.99.1',
  '255.255.255.255',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  '2001:db8::1',
  'ff02::1',
  '2002::1',
  '64:ff9b::1',
  '0.0.0.0',
] as const;
const WIDE = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '52.0.0.0/10',
  '52.0.0.0/16',
  '::/0',
  '2000::/3',
  '2600::/12',
  '2606:4700::/31',
] as const;

/** Everything that is done to each true version of the list. */
export const MUTATIONS: readonly Mutation[] = [
  { what: 'is empty', passes: 'never', of: () => '{}' },
  {
    what: 'has no current address',
    passes: 'never',
    of: edit((list) => Object.values(list).forEach((entry) => (entry.current = []))),
  },
  {
    what: 'has a host emptied',
    passes: 'never',
    of: edit((list, random) => (list[pick(currents(list), random)[0]]!.current = [])),
  },
  {
    what: 'has lost a host',
    passes: 'never',
    of: edit((list, random) => Reflect.deleteProperty(list, pick(currents(list), random)[0])),
  },
  {
    what: 'has lost a family of a host',
    passes: 'never',
    of(text, random) {
      const list = parsed(text);
      const both = currents(list).filter(([, all]) => all.some(isV6) && !all.every(isV6));
      if (both.length === 0) return null;
      const [host, all] = pick(both, random);
      const lost = random() < 0.5;
      list[host]!.current = all.filter((address) => isV6(address) === lost);
      return JSON.stringify(list);
    },
  },
  {
    what: 'has lost 80 % of its addresses',
    passes: 'never',
    of(text, random) {
      const list = parsed(text);
      const all = distinct(list);
      if (all.length < 4) return null;
      const gone = new Set(shuffled(all, random).slice(0, Math.ceil(all.length * 0.8)));
      for (const [host, own] of currents(list)) list[host]!.current = own.filter((address) => !gone.has(address));
      return JSON.stringify(list);
    },
  },
  {
    what: 'has other addresses for every host',
    passes: 'never',
    of(text, random) {
      const list = parsed(text);
      const hosts = currents(list);
      if (hosts.length < 2) return null;
      for (const [host, own] of hosts)
        list[host]!.current = own.map((address) =>
          isV6(address) ? `2606:4700:9::${Math.floor(random() * 60_000).toString(16)}` : someV4(random),
        );
      return JSON.stringify(list);
    },
  },
  {
    what: 'has 20 blocks of /24 more',
    passes: 'never',
    of: adding(...Array.from({ length: 20 }, (_, i) => `34.${i}.5.0/24`)),
  },
  { what: 'has half the address space in two blocks', passes: 'never', of: adding('0.0.0.0/1', '128.0.0.0/1') },
  {
    what: 'has a block that is too wide',
    passes: 'never',
    of: (text, random) => adding(pick(WIDE, random))(text, random),
  },
  {
    what: 'has an address set aside',
    passes: 'never',
    of: (text, random) => adding(pick(SPECIAL, random))(text, random),
  },
  {
    what: 'has an address that is none',
    passes: 'never',
    of: (text, random) => adding(pick(BAD_ADDRESSES, random))(text, random),
  },
  { what: 'has a number for an address', passes: 'never', of: adding(875_014_008) },
  { what: 'has a list in a list', passes: 'never', of: adding(['52.7.167.120']) },
  { what: 'has null for an address', passes: 'never', of: adding(null) },
  {
    what: 'has a host twice, the second time empty',
    passes: 'never',
    of: (text, random) =>
      `${text.trimEnd().slice(0, -1)}, ${JSON.stringify(pick(currents(parsed(text)), random)[0])}: {"current": []}}`,
  },
  {
    what: 'has __proto__ for a host',
    passes: 'never',
    of: (text) => `{"__proto__": {"current": ["52.7.167.120"]}, ${text.trim().slice(1)}`,
  },
  {
    what: 'has constructor for a host',
    passes: 'never',
    of: edit((list) => (list['constructor'] = { current: ['52.7.167.120'] })),
  },
  {
    what: 'has a look-alike of a host',
    passes: 'never',
    of: edit((list) => (list['api.replicаted.com'] = { current: ['52.7.167.120'] })),
  },
  {
    what: 'has a host in capitals',
    passes: 'never',
    of: edit((list) => (list['API.replicated.com'] = { current: ['52.7.167.120'] })),
  },
  {
    what: 'has a host with a dot at its end',
    passes: 'never',
    of: edit((list) => (list['api.replicated.com.'] = { current: ['52.7.167.120'] })),
  },
  { what: 'is a page', passes: 'never', of: () => '<!doctype html><title>502</title><p>Bad gateway' },
  { what: 'is a page after white space', passes: 'never', of: () => '\n\n  <html><body>Just a moment…</body></html>' },
  { what: 'is nothing', passes: 'never', of: () => '' },
  { what: 'is null', passes: 'never', of: () => 'null' },
  { what: 'is a list', passes: 'never', of: (text) => `[${text}]` },
  {
    what: 'is cut',
    passes: 'never',
    of: (text, random) => text.trimEnd().slice(0, 1 + Math.floor(random() * (text.trimEnd().length - 1))),
  },
  { what: 'is there twice', passes: 'never', of: (text) => text + text },
  { what: 'goes on after its end', passes: 'never', of: (text) => `${text.trimEnd()} x` },
  { what: 'has a comment', passes: 'never', of: (text) => `/* list */ ${text}` },
  { what: 'has NaN', passes: 'never', of: (text) => text.replace('[', '[NaN, ') },
  { what: 'is UTF-16', passes: 'never', of: (text) => Buffer.from(text, 'utf16le') },
  {
    what: 'has a byte that is no UTF-8',
    passes: 'never',
    of: (text) => Buffer.concat([Buffer.from(text.trimEnd().slice(0, -1)), Buffer.from([0xff]), Buffer.from('}')]),
  },
  {
    what: 'has 6,000 addresses',
    passes: 'never',
    of: adding(...Array.from({ length: 6_000 }, (_, i) => `34.77.${i >> 8}.${i & 255}`)),
  },
  {
    what: 'has 600 hosts',
    passes: 'never',
    of: edit((list) => {
      for (let i = 0; i < 600; i++) list[`h${i}.example.com`] = { current: ['52.7.167.120'] };
    }),
  },
  { what: 'has one address more', passes: 'harmless', of: (text, random) => adding(someV4(random))(text, random) },
  {
    what: 'has half of each host',
    passes: 'harmless',
    of: edit((list, random) => {
      for (const [host, own] of currents(list))
        list[host]!.current = shuffled(own, random).slice(0, Math.ceil(own.length / 2));
    }),
  },
  {
    what: 'has one address of each host',
    passes: 'harmless',
    of: edit((list, random) => {
      for (const [host, own] of currents(list)) list[host]!.current = [pick(own, random)];
    }),
  },
  {
    what: 'has one host with other addresses',
    passes: 'harmless',
    of: edit((list, random) => {
      const [host, own] = pick(currents(list), random);
      list[host]!.current = own.map(() => someV4(random));
    }),
  },
  {
    what: 'has another order',
    passes: 'harmless',
    of(text, random) {
      const list = parsed(text);
      for (const [host, own] of currents(list)) list[host]!.current = shuffled(own, random);
      return JSON.stringify(Object.fromEntries(shuffled(Object.entries(list), random)));
    },
  },
  {
    what: 'has a host more',
    passes: 'harmless',
    of: edit((list, random) => (list['new.example.com'] = { current: [someV4(random)] })),
  },
];
