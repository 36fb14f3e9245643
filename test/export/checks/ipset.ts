import { failureApart, strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const SETS = [
  ['gatepost-out4', 'inet', 'outbound'],
  ['gatepost-out6', 'inet6', 'outbound'],
  ['gatepost-in4', 'inet', 'inbound'],
  ['gatepost-in6', 'inet6', 'inbound'],
] as const;

/** The grammar that we write, and no other: each set is filled beside its place, then all are put there. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  lines.take(/$/);
  lines.all(/# [^\n]*/);
  const rules = SETS.flatMap(([name, family, flow]) => {
    for (const made of [name, `${name}-new`]) {
      lines.take(new RegExp(`create ${made} hash:net,port family ${family} hashsize 1024 maxelem 1048576 comment`));
    }
    lines.take(new RegExp(`flush ${name}-new`));
    const elements = lines
      .all(new RegExp(`add ${name}-new ([0-9a-f.:/]+),(tcp|udp):([\\d-]+)(?: comment "[^"]{1,255}")?`))
      .map(([line, address = '', protocol = '', range = '']) => {
        const found = block(address);
        if (found.includes(':') !== (family === 'inet6') || found.endsWith('/0')) strange('another family', line);
        return `${flow} ${protocol} ${ports(range)} ${found}`;
      });
    if (new Set(elements).size !== elements.length) strange('an element twice', name);
    return elements;
  });
  for (const [name] of SETS) {
    lines.take(new RegExp(`swap ${name}-new ${name}`));
    lines.take(new RegExp(`destroy ${name}-new`));
  }
  lines.end();
  return rules;
}

export const ipsetCheck: FormatCheck = {
  id: 'ipset',
  read,
  broken: {
    'an unknown word': (body) => body.replace('swap ', 'swop '),
    'an address that is none': (body) => body.replace(/new [0-9.]+,/, 'new 20.0.0.300,'),
    'an address of the other family': (body) => body.replace(/new [0-9.]+,/, 'new 2600::1,'),
    'a port that is none': (body) => body.replace(/,tcp:\d+/, ',tcp:99999'),
    'a protocol that is none': (body) => body.replace(',tcp:', ',tpc:'),
    'a comment that is too long': (body) => body.replace(/comment "[^"]*"/, `comment "${'x'.repeat(256)}"`),
    'a quote in a comment': (body) => body.replace(/comment "/, 'comment "x" timeout 1 "'),
    'a name that is too long': (body) => body.replaceAll('gatepost-out4-new', 'x'.repeat(32)),
    'a set that is not there': (body) => body.replace('add gatepost-out4-new', 'add gatepost-out5-new'),
    'no end': (body) => body.replace(/destroy [^\n]*\n$/, ''),
    'a live line after a comment': (body) => body.replace('\n', '\ncreate evil hash:net\n'),
  },
  tools: [
    {
      name: 'ipset',
      needs: ['ipset', 'unshare'],
      // Twice, as it is loaded day by day.
      refusal: (file) =>
        failureApart('sh', ['-c', 'ipset -exist restore -file "$1" && ipset -exist restore -file "$1"', 'sh', file]),
      // What is missing at the end leaves a set behind; what is there beside ours nobody asked for.
      blindTo: ['no end', 'a live line after a comment'],
    },
  ],
};
