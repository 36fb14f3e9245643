import { failureApart, strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const SETS = [
  ['outbound_ipv4', 'output_allow', 'ip daddr'],
  ['outbound_ipv6', 'output_allow', 'ip6 daddr'],
  ['inbound_ipv4', 'input_allow', 'ip saddr'],
  ['inbound_ipv6', 'input_allow', 'ip6 saddr'],
] as const;
const CHAINS = ['output_allow', 'input_allow'] as const;

/** The grammar that we write, and no other: sets and chains declared, emptied, filled, each set used in the right chain. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  lines.take(/$/);
  lines.take(/# [^\n]*/);
  const [, table = ''] = lines.take(/table inet (gatepost\w*) \{/);
  for (const [name] of SETS) {
    lines.take(new RegExp(`\\tset ${name} \\{`));
    lines.take(new RegExp(`\\t\\ttype ${name.slice(-4)}_addr \\. inet_proto \\. inet_service`));
    lines.take(/\t\tflags interval/);
    lines.take(/\t\}/);
  }
  for (const chain of CHAINS) {
    lines.take(new RegExp(`\\tchain ${chain} \\{`));
    lines.take(/\t\}/);
  }
  lines.take(/\}/);
  for (const [name] of SETS) lines.take(new RegExp(`flush set inet ${table} ${name}`));
  for (const chain of CHAINS) lines.take(new RegExp(`flush chain inet ${table} ${chain}`));
  const elements = SETS.flatMap(([name]) => {
    if (lines.maybe(new RegExp(`add element inet ${table} ${name} \\{`)) === undefined) return [];
    const own = lines
      .all(/\t([0-9a-f.:/]+) \. (tcp|udp) \. ([\d-]+)(?: comment "([^"]{1,128})")?,/)
      .map(([, address = '', protocol = '', range = '']) => {
        const found = block(address);
        if (found.includes(':') !== name.endsWith('ipv6')) strange('another family', address);
        return `${name.split('_', 1)[0]} ${protocol} ${ports(range)} ${found}`;
      });
    if (own.length === 0) strange('no element', name);
    lines.take(/\}/);
    return own;
  });
  const rules = SETS.flatMap(([name, chain, side]) => {
    const start = `add rule inet ${table} ${chain} ${side}`;
    lines.take(new RegExp(`${start} \\. meta l4proto \\. th dport @${name} counter accept`));
    return lines
      .all(new RegExp(`${start} ([0-9a-f.:/]+) (tcp|udp) dport ([\\d-]+) counter accept(?: comment "[^"]{1,128}")?`))
      .map(([line, address = '', protocol = '', range = '']) => {
        const found = block(address);
        if (found.includes(':') !== name.endsWith('ipv6')) strange('another family', line);
        return `${name.split('_', 1)[0]} ${protocol} ${ports(range)} ${found}`;
      });
  });
  lines.end();
  return [...elements, ...rules];
}

export const nftablesCheck: FormatCheck = {
  id: 'nftables',
  read,
  broken: {
    'an unknown word': (body) => body.replace('counter accept', 'counter acept'),
    'an address that is none': (body) =>
      body.replace(/(add element [^\n]*_ipv4 \{\n)/, '$1\t20.0.0.300 . tcp . 443,\n'),
    'a port that is none': (body) => body.replace(/ \. (\d+)( comment|,)/, ' . 99999$2'),
    'a comment that is too long': (body) =>
      body.replace(/ \. tcp \. (\d+)[^\n]*,/, ` . tcp . $1 comment "${'x'.repeat(129)}",`),
    'no last rule': (body) => body.replace(/add rule [^\n]*\n$/, ''),
    'a bracket left open': (body) => body.replace('\n}\n', '\n'),
    'a table that goes': (body) => body.replace('\ntable', '\ntable inet gatepost\ndelete table inet gatepost\ntable'),
    'a policy': (body) =>
      body.replace(
        'chain output_allow {\n',
        'chain output_allow {\n\t\ttype filter hook output priority 0; policy accept;\n',
      ),
    'a live line after a comment': (body) => body.replace('\n', '\nadd table inet evil\n'),
  },
  tools: [
    {
      name: 'nft',
      needs: ['nft', 'unshare'],
      // Loaded twice, as it is day by day.
      refusal: (file) => failureApart('sh', ['-c', 'nft -f "$1" && nft -f "$1"', 'sh', file]),
      // All of it is right for nft; it is what nobody asked for.
      blindTo: ['no last rule', 'a table that goes', 'a policy', 'a live line after a comment'],
    },
  ],
};
