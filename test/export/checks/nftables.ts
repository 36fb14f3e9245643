import { blockOf, overlaps, rangeOf, type Cidr } from '../../../src/model/cidr.js';
import { failureApart, strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const WAYS = {
  gatepost_output: { flow: 'outbound', side: 'daddr' },
  gatepost_input: { flow: 'inbound', side: 'saddr' },
} as const;
const SETS = ['outbound_ipv4', 'outbound_ipv6', 'inbound_ipv4', 'inbound_ipv6'].map((name) => `gatepost_${name}`);

/** Whether two elements have an address and a port in common. */
function meet(one: string, other: string): boolean {
  const [a, b] = [one, other].map((element) => {
    const [protocol = '', range = '', cidr = ''] = element.split(' ');
    const [from = NaN, to = NaN] = range.split('-').map(Number);
    return { protocol, from, to, addresses: rangeOf(blockOf(cidr as Cidr)) };
  });
  return a!.protocol === b!.protocol && a!.from <= b!.to && b!.from <= a!.to && overlaps(a!.addresses, b!.addresses);
}

/**
 * The grammar that we write, and no other: our chains and sets are declared and emptied, then filled; each set that has
 * something is used once, in the right chain.
 */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  const [, table = ''] = lines.take(/table (inet \w+) \{/);
  for (const chain of Object.keys(WAYS)) {
    lines.take(new RegExp(`\\tchain ${chain} \\{`));
    lines.take(/\t\}/);
  }
  for (const set of SETS) {
    lines.take(new RegExp(`\\tset ${set} \\{`));
    lines.take(new RegExp(`\\t\\ttype ${set.slice(-4)}_addr \\. inet_proto \\. inet_service`));
    lines.take(/\t\tflags interval/);
    lines.take(/\t\}/);
  }
  lines.take(/\}/);
  for (const chain of Object.keys(WAYS)) lines.take(new RegExp(`flush chain ${table} ${chain}`));
  for (const set of SETS) lines.take(new RegExp(`flush set ${table} ${set}`));

  const sets = new Map<string, readonly string[]>();
  const filling = new RegExp(`add element ${table} (\\w+) \\{`);
  for (let set = lines.maybe(filling); set !== undefined; set = lines.maybe(filling)) {
    const [, name = ''] = set;
    if (!SETS.includes(name) || sets.has(name)) strange('no set of ours, or twice', name);
    const elements = lines
      .all(/\t([0-9a-f.:/]+) \. (tcp|udp) \. ([\d-]+)(?: comment "([^"]{1,128})")?,/)
      .map(([, address = '', protocol = '', range = '']) => {
        const found = block(address);
        if (found.includes(':') !== name.endsWith('ipv6')) strange('another family', address);
        return `${protocol} ${ports(range)} ${found}`;
      });
    if (elements.length === 0) strange('no element', name);
    // nft refuses elements that overlap: as many are left where what they let through is added up.
    for (const [i, one] of elements.entries())
      for (const other of elements.slice(0, i)) if (meet(one, other)) strange('overlapping', one);
    lines.take(/\}/);
    sets.set(name, elements);
  }
  const rule = new RegExp(
    `add rule ${table} (\\w+) (ip6?) ([ds]addr) \\. meta l4proto \\. th dport @(\\w+) counter accept`,
  );
  const rules = lines.all(rule).flatMap(([line, chain = '', ip = '', side = '', name = '']) => {
    const way = WAYS[chain as keyof typeof WAYS] ?? strange('no chain of ours', line);
    const isRight = way.side === side && name === `gatepost_${way.flow}_ipv${ip === 'ip6' ? 6 : 4}`;
    const elements = isRight ? sets.get(name) : undefined;
    sets.delete(name);
    return (elements ?? strange('not of this set', line)).map((element) => `${way.flow} ${element}`);
  });
  lines.end();
  if (sets.size > 0) strange('a set that no rule uses', [...sets.keys()].join());
  return rules;
}

export const nftablesCheck: FormatCheck = {
  id: 'nftables',
  isJoined: true,
  read,
  broken: {
    'an unknown word': (body) => body.replace('counter accept', 'counter acept'),
    'an address that is none': (body) => body.replace(/(add element .*\{\n)/, '$1\t20.0.0.300 . tcp . 443,\n'),
    'a port that is none': (body) => body.replace(/ \. (\d+)( comment|,)/, ' . 99999$2'),
    'a comment that is too long': (body) =>
      body.replace(/ \. tcp \. (\d+)[^\n]*,/, ` . tcp . $1 comment "${'x'.repeat(129)}",`),
    'overlapping blocks': (body) =>
      body.replace(/(add element .*ipv4 \{\n)/, '$1\t20.0.0.0/24 . tcp . 443,\n\t20.0.0.128/25 . tcp . 443,\n'),
    'no end': (body) => body.replace(/\}\nadd rule[^]*$/, ''),
    'a policy': (body) =>
      body.replace(
        'chain gatepost_output {\n',
        'chain gatepost_output {\n\t\ttype filter hook output priority 0; policy accept;\n',
      ),
    'a live line after a comment': (body) => body.replace('\n', '\nadd table inet evil\n'),
  },
  tools: [
    {
      name: 'nft',
      needs: ['nft', 'unshare'],
      refusal: (file) => failureApart('nft', ['-c', '-f', file]),
      // All of it is right for nft; it is what nobody asked for.
      blindTo: ['a policy', 'a live line after a comment'],
    },
  ],
};
