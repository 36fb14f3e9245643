import { wildcardMatches } from '../../../src/model/host-name.js';
import { failureApart, failureOf, strange, type FormatCheck } from '../check.js';
import { Lines, dnsName, linesOf, ports } from '../grammar.js';

const TABLE = 'inet gatepost';
const CHAIN = `${TABLE} gatepost_output_names`;

/**
 * The grammar that we write, and no other. What is told before a line is what the line is for; the sets and the rules
 * of nftables have to come to exactly that, where dnsmasq takes the longest name that fits and no other.
 */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  lines.take(/$/);
  lines.all(/# [^\n]*/);
  lines.take(new RegExp(`#nft add table ${TABLE}`));
  lines.take(new RegExp(`#nft add chain ${CHAIN}`));
  lines.take(new RegExp(`#nft flush chain ${CHAIN}`));
  const opened = new Map<string, Set<string>>();
  for (const [line, name = '', type, suffix] of lines
    .all(new RegExp(`#nft add set ${TABLE} (gatepost_names_[\\w-]+_(?:ipv[46])) \\{ type (ipv[46])_addr; \\}`))
    .map(([whole, set = '', kind = '']) => [whole, set, kind, set.slice(-4)] as const)) {
    if (type !== suffix || opened.has(name)) strange('another set', line);
    opened.set(name, new Set());
  }
  for (const [line, side = '', set = '', protocol = '', range = ''] of lines.all(
    new RegExp(`#nft add rule ${CHAIN} (ip6?) daddr @([\\w-]+) (tcp|udp) dport ([\\d-]+) counter accept`),
  )) {
    const traffic = opened.get(set) ?? strange('no such set', line);
    if (set.endsWith('_ipv6') !== (side === 'ip6')) strange('another family', line);
    traffic.add(`outbound ${protocol} ${ports(range)}`);
  }
  const told: { readonly name: string; readonly traffic: string }[] = [];
  const domains = new Map<string, ReadonlySet<string>>();
  while (lines.next !== undefined) {
    const own = lines.all(/# For ((?:\*\.)?[a-z0-9.-]+): (tcp|udp) ([\d-]+)/);
    const [line, domain = '', set = '', set6] = lines.take(
      /nftset=\/([a-z0-9.-]+)\/4#inet#gatepost#([\w-]+)_ipv4,6#inet#gatepost#([\w-]+)_ipv6/,
    );
    if (line.length > 1024 || own.length === 0 || set !== set6 || domains.has(dnsName(domain))) strange('a line', line);
    const [four, six] = [opened.get(`${set}_ipv4`), opened.get(`${set}_ipv6`)];
    if (four === undefined || six === undefined || four.symmetricDifference(six).size > 0)
      strange('no such sets', line);
    domains.set(domain, four);
    for (const [whole, name = '', protocol = '', range = ''] of own) {
      if (name.replace(/^\*\./, '') !== domain) strange('told of another name', whole);
      told.push({ name, traffic: `outbound ${protocol} ${ports(range)}` });
    }
  }
  for (const [domain, traffic] of domains) {
    const due = told.filter(({ name }) => name.replace(/^\*\./, '') === domain || wildcardMatches(name, domain));
    if (traffic.symmetricDifference(new Set(due.map((one) => one.traffic))).size > 0) strange('other ports', domain);
  }
  for (const [set, traffic] of opened) {
    if (traffic.size === 0 || ![...domains.values()].some((one) => one.symmetricDifference(traffic).size === 0))
      strange('a set for nothing', set);
  }
  return told.map(({ name, traffic }) => `${traffic} ${name}`);
}

const LINES_OF_DNSMASQ = ['a name with a space', 'no slash', 'another set', 'a name that nobody told of', 'no end'];

export const dnsmasqNftsetCheck: FormatCheck = {
  id: 'dnsmasq-nftset',
  read,
  broken: {
    'an unknown word': (body) => body.replace(/^nftset=/m, 'nfset='),
    'a name with a space': (body) => body.replace(/^nftset=\//m, 'nftset=/a '),
    'no slash': (body) => body.replace(/^nftset=\/([^/]+)\//m, 'nftset=/$1'),
    'another set': (body) => body.replace(/^(nftset=.*_)ipv6$/m, '$1ipv4'),
    'a name that nobody told of': (body) => body.replace(/^# For [^\n]*\n/m, ''),
    'a line that is too long': (body) => body.replace(/^nftset=\//m, `nftset=/${'a.'.repeat(600)}`),
    'a port that is none': (body) => body.replace(/ dport \d+/, ' dport 99999'),
    'a port that nobody told of': (body) => body.replace(/ dport 443/, ' dport 444'),
    'a set that is not there': (body) => body.replace(/#nft add set [^\n]*\n/, ''),
    'an unknown word of nft': (body) => body.replace('counter accept', 'counter acept'),
    'no end': (body) => body.replace(/_ipv6\n$/, '\n'),
    'a live line after a comment': (body) => body.replace('\n', '\naddress=/#/127.0.0.1\n'),
  },
  tools: [
    {
      name: 'dnsmasq',
      needs: ['dnsmasq'],
      refusal: (file) => failureOf('dnsmasq', ['--test', '-C', file]),
      // It looks at words and lengths; and what is behind #nft is not for it.
      blindTo: [
        ...LINES_OF_DNSMASQ,
        'a port that is none',
        'a port that nobody told of',
        'a set that is not there',
        'an unknown word of nft',
        'a live line after a comment',
      ],
    },
    {
      name: 'nft',
      needs: ['nft', 'sed', 'unshare'],
      // As the file itself tells. Twice, as it is loaded day by day.
      refusal: (file) =>
        failureApart('sh', [
          '-c',
          'load() { sed -n "s/^#nft //p" "$1" | nft -f -; }; load "$1" && load "$1"',
          'sh',
          file,
        ]),
      // The rest is dnsmasq's.
      blindTo: [
        ...LINES_OF_DNSMASQ,
        'an unknown word',
        'a line that is too long',
        'a port that nobody told of',
        'a live line after a comment',
      ],
    },
  ],
};
