import { spawnSync } from 'node:child_process';
import { strange, whereIs, type FormatCheck } from '../check.js';
import { Lines, block, dnsName, isWithin, linesOf, ports } from '../grammar.js';

/** How a name that is wanted is told by an expression: its dots escaped, anchored at both ends. */
function nameOf(expression: string): string {
  const [, escaped = ''] = /^\^\.\+\\\.([a-z0-9\\.-]+)\$$/.exec(expression) ?? strange('no expression', expression);
  if (/(?<!\\)\.|\\(?!\.)/.test(escaped)) strange('a dot that stands for anything', expression);
  return `*.${dnsName(escaped.replaceAll('\\', ''))}`;
}

const KINDS = {
  names: (value: string) => dnsName(/^dstdomain -n ([a-z0-9.-]+)$/.exec(value)?.[1] ?? strange('no name', value)),
  below: (value: string) => nameOf(/^dstdom_regex -n -i (\S+)$/.exec(value)?.[1] ?? strange('no names', value)),
  addresses: (value: string) =>
    block(/^dst ([0-9a-f.:/]+)(?: # [ -~]{1,200})?$/.exec(value)?.[1] ?? strange('no block', value)),
};

/** The grammar that we write, and no other: of each range of ports its ACLs, then a rule for each kind of them. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  lines.take(/$/);
  lines.all(/# [^\n]*/);
  const rules: string[] = [];
  const seen = new Set<string>();
  for (
    let acl = lines.maybe(/acl (gatepost-([\d-]+)) port (\S+)/);
    acl;
    acl = lines.maybe(/acl (gatepost-([\d-]+)) port (\S+)/)
  ) {
    const [line, name = '', named = '', range = ''] = acl;
    if (named !== range || seen.has(name)) strange('an ACL of another name', line);
    seen.add(name);
    const kinds = Object.entries(KINDS).filter(([kind, valueOf]) => {
      const values = lines.all(new RegExp(`acl ${name}-${kind} (\\S[^\\n]*)`)).map(([, value = '']) => valueOf(value));
      if (new Set(values).size !== values.length) strange('a value twice', kind);
      rules.push(...values.map((value) => `outbound tcp ${ports(range)} ${value}`));
      return values.length > 0;
    });
    for (const [comment, outer = '', value = ''] of lines.all(/# (\S+) has ([^\n]*)/)) {
      const inner = KINDS.addresses(value);
      const isThere = rules.includes(`outbound tcp ${ports(range)} ${block(outer)}`);
      if (!isThere || !isWithin(inner, block(outer))) strange('not covered', comment);
      rules.push(`outbound tcp ${ports(range)} ${inner}`);
    }
    if (kinds.length === 0) strange('ports for nothing', line);
    for (const [kind] of kinds) lines.take(new RegExp(`http_access allow all ${name} ${name}-${kind}`));
  }
  lines.end();
  return rules;
}

const anyAcl = /^acl gatepost-443 port 443$/m;

export const squidCheck: FormatCheck = {
  id: 'squid',
  read,
  broken: {
    'an unknown word': (body) => body.replace(/^http_access allow/m, 'http_acess allow'),
    'an address that is none': (body) => body.replace(/ dst \S+/, ' dst 20.0.0.300'),
    'host bits': (body) => body.replace(/ dst \S+/, ' dst 20.0.0.1/24'),
    'a port that is none': (body) => body.replace(anyAcl, 'acl gatepost-443 port 99999'),
    'an ACL that is not there': (body) => body.replace(anyAcl, ''),
    'a star': (body) => body.replace(/dstdomain -n /, 'dstdomain -n *.'),
    'a leading dot': (body) => body.replace(/dstdomain -n /, 'dstdomain -n .'),
    'a file in quotes': (body) => body.replace(/dstdomain -n \S+/, 'dstdomain -n "/nowhere"'),
    'a reverse lookup': (body) => body.replace('dstdomain -n ', 'dstdomain '),
    'an expression that begins anywhere': (body) => body.replace('-i ^.+', '-i .+'),
    'a dot that stands for anything': (body) => body.replace(/(-i \^\.\+\\\.[a-z]+)\\\./, '$1.'),
    'a bracket in an expression': (body) => body.replace('-i ^', '-i ^('),
    'no ports': (body) => body.replace(/^(http_access allow all) gatepost-443 /m, '$1 '),
    'no end': (body) => body.replace(/http_access[^\n]*\n$/, ''),
    'a live line after a comment': (body) => body.replace('\n', '\nhttp_access allow all\n'),
  },
  tools: [
    {
      name: 'squid',
      needs: ['squid'],
      // It warns of much that it then does not do, and is content.
      refusal: (file) => {
        const { status, stderr, error } = spawnSync(whereIs('squid')!, ['-k', 'parse', '-f', file], {
          encoding: 'utf8',
          timeout: 60_000,
          env: { ...process.env, LC_ALL: 'C' },
        });
        if (error !== undefined) return error.message;
        return status === 0 && !/WARNING|ERROR|FATAL/.test(stderr) ? null : `${status}: ${stderr}`;
      },
      // All of it is right for Squid; it is what nobody asked for.
      blindTo: [
        'a star',
        'a leading dot',
        'a reverse lookup',
        'an expression that begins anywhere',
        'a dot that stands for anything',
        'no ports',
        'no end',
        'a live line after a comment',
      ],
    },
  ],
};
