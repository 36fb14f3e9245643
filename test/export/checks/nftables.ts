import { failureApart, strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const WAYS = {
  output_allow: { flow: 'outbound', side: 'daddr' },
  input_allow: { flow: 'inbound', side: 'saddr' },
} as const;

/** The grammar that we write, and no other: one table, its sets, its chains, each set used once in the right chain. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  const [, table = ''] = lines.take(/table inet (\w+)/);
  lines.take(new RegExp(`delete table inet ${table}`));
  lines.take(new RegExp(`table inet ${table} \\{`));
  const sets = new Map<string, readonly string[]>();
  for (let set = lines.maybe(/\tset (\w+) \{/); set !== undefined; set = lines.maybe(/\tset (\w+) \{/)) {
    const [, type = ''] = lines.take(/\t\ttype (ipv4|ipv6)_addr \. inet_proto \. inet_service/);
    lines.take(/\t\tflags interval/);
    lines.take(/\t\telements = \{/);
    const elements = lines
      .all(/\t\t\t([0-9a-f.:/]+) \. (tcp|udp) \. ([\d-]+)(?: comment "([^"]{1,128})")?,/)
      .map(([, address = '', protocol = '', range = '']) => {
        const found = block(address);
        if (found.includes(':') !== (type === 'ipv6')) strange('another family', address);
        return `${protocol} ${ports(range)} ${found}`;
      });
    if (elements.length === 0) strange('no element', set[1]!);
    lines.take(/\t\t\}/);
    lines.take(/\t\}/);
    if (sets.has(set[1]!)) strange('a set twice', set[1]!);
    sets.set(set[1]!, elements);
  }
  const rules = Object.entries(WAYS).flatMap(([chain, { flow, side }]) => {
    lines.take(new RegExp(`\\tchain ${chain} \\{`));
    const used = lines.all(new RegExp(`\\t\\tip6? ${side} \\. meta l4proto \\. th dport @(\\w+) counter accept`));
    lines.take(/\t\}/);
    return used.flatMap(([, name = '']) => {
      const elements = sets.get(name) ?? strange('no such set', name);
      sets.delete(name);
      return elements.map((element) => `${flow} ${element}`);
    });
  });
  lines.take(/\}/);
  lines.end();
  if (sets.size > 0) strange('a set that no rule uses', [...sets.keys()].join());
  return rules;
}

export const nftablesCheck: FormatCheck = {
  id: 'nftables',
  read,
  broken: {
    'an unknown word': (body) => body.replace('counter accept', 'counter acept'),
    'an address that is none': (body) =>
      body.replace('elements = {\n', 'elements = {\n\t\t\t20.0.0.300 . tcp . 443,\n'),
    'a port that is none': (body) => body.replace(/ \. (\d+)( comment|,)/, ' . 99999$2'),
    'a comment that is too long': (body) =>
      body.replace(/ \. tcp \. (\d+)[^\n]*,/, ` . tcp . $1 comment "${'x'.repeat(129)}",`),
    'no end': (body) => body.replace(/\}\n$/, ''),
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
      refusal: (file) => failureApart('nft', ['-c', '-f', file]),
      // All of it is right for nft; it is what nobody asked for.
      blindTo: ['a policy', 'a live line after a comment'],
    },
  ],
};
