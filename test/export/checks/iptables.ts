import { failureApart, strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const WAYS = { 'gatepost-out': 'outbound -d', 'gatepost-in': 'inbound -s' } as const;

/** The grammar that we write, and no other: our two chains in one table, and rules in them that accept. */
function read(body: string | Uint8Array, isIpv6: boolean): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  lines.take(/$/);
  lines.all(/# [^\n]*/);
  lines.take(/\*filter/);
  for (const chain of Object.keys(WAYS)) lines.take(new RegExp(`:${chain} - \\[0:0\\]`));
  const form =
    /-A (gatepost-(?:out|in)) (-[ds]) ([0-9a-f.:/]+) -p (tcp|udp) -m (tcp|udp) --dport ([\d:]+)(?: -m comment --comment "[^"\\]{1,255}")? -j ACCEPT/;
  const rules = lines
    .all(form)
    .map(([line, chain = '', side = '', cidr = '', protocol = '', match = '', range = '']) => {
      const [flow, right] = WAYS[chain as keyof typeof WAYS].split(' ');
      if (side !== right || protocol !== match || cidr.includes(':') !== isIpv6) strange('another side', line);
      if (!cidr.includes('/')) strange('no block', cidr);
      return `${flow} ${protocol} ${ports(range, ':')} ${block(cidr)}`;
    });
  lines.take(/COMMIT/);
  lines.end();
  return rules;
}

function checkOf(id: string, isIpv6: boolean): FormatCheck {
  const [, other] = isIpv6 ? ['2600::1/128', '20.0.0.1/32'] : ['20.0.0.1/32', '2600::1/128'];
  const added = (line: string) => (body: string) => body.replace('COMMIT\n', `${line}\nCOMMIT\n`);
  return {
    id,
    read: (body) => read(body, isIpv6),
    broken: {
      'a jump to nowhere': (body) => body.replace(/^(-A .* -j )ACCEPT$/m, '$1ACEPT'),
      'an unknown word': (body) => body.replace('--dport', '--dprot'),
      'an address that is none': (body) => body.replace(/(-[ds]) \S+/, isIpv6 ? '$1 2600::1::1' : '$1 20.0.0.300'),
      'an address of the other family': added(`-A gatepost-out -d ${other} -p tcp -m tcp --dport 443 -j ACCEPT`),
      'a port that is none': (body) => body.replace(/--dport \d+/, '--dport 99999'),
      'a range with a hyphen': added('-A gatepost-out -p tcp -m tcp --dport 1-2 -j ACCEPT'),
      'a comment that is too long': (body) => body.replace(/--comment "[^"]*"/, `--comment "${'x'.repeat(256)}"`),
      'a quote in a comment': (body) => body.replace(/--comment "/, '--comment "x" -j DROP "'),
      'an unknown chain': added('-A gatepost-other -j ACCEPT'),
      'a rule for all': added('-A gatepost-out -j ACCEPT'),
      "a chain of the customer's": (body) => body.replace('*filter\n', '*filter\n:OUTPUT ACCEPT [0:0]\n'),
      'no end': (body) => body.replace(/COMMIT\n$/, ''),
      'a live line after a comment': (body) => body.replace('\n', '\n*nat\nCOMMIT\n'),
    },
    tools: [
      {
        name: `${id}-restore`,
        needs: [`${id}-restore`, 'unshare'],
        // Loaded, not only tested, which misses a jump to nowhere; and twice, as it is day by day.
        refusal: (file) =>
          failureApart('sh', ['-c', '"$0" --noflush "$1" && "$0" --noflush "$1"', `${id}-restore`, file]),
        // It cuts a comment that is too long. The rest is right for it; it is what nobody asked for.
        blindTo: [
          'a comment that is too long',
          'a rule for all',
          "a chain of the customer's",
          'a live line after a comment',
        ],
      },
    ],
  };
}

export const iptablesCheck = checkOf('iptables', false);
export const ip6tablesCheck = checkOf('ip6tables', true);
