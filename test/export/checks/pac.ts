import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../../../src/model/canonical.js';
import { failureOf, strange, type FormatCheck } from '../check.js';
import { Lines, commentLine, dnsName, linesOf, ports } from '../grammar.js';

/** Of the part that never changes. Who changes it reads it anew; what it answers is seen in pac.test.ts. */
const PROGRAM = '329bedc6a282df7c7304693229315ababaad751989ad4f00328abd22eb01e752';

const rule = z.tuple([z.enum(['tcp', 'udp']), z.int(), z.int(), z.string()]);

function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(commentLine('//'));
  const [, port = ''] = lines.take(/var PROXY = "PROXY [a-z0-9.-]{1,253}:([1-9]\d{0,4})";/);
  ports(port);
  lines.take(/var RULES = \[/);
  const found = lines.all(/ {2}\[.*\],?/).map(([line]) => line);
  lines.take(/\];/);
  const program = lines.all(/.*/).map(([line]) => line);
  lines.end();
  if (sha256(program.join('\n')) !== PROGRAM) strange('another program', sha256(program.join('\n')));
  const values: unknown = JSON.parse(`[${found.join('\n')}]`);
  return z
    .array(rule)
    .parse(values)
    .map(([protocol, from, to, name]) => `outbound ${protocol} ${ports(`${from}-${to}`)} ${dnsName(name)}`);
}

/** What only a reader of our own sees: it is all right as JavaScript. */
const RIGHT = [
  'a port that is none',
  'ports the wrong way round',
  'an address for a name',
  'a name that leaves its quotes',
  'no comma',
];

export const pacCheck: FormatCheck = {
  id: 'pac',
  read,
  broken: {
    'a port that is none': (body) => body.replace(/\["tcp",\d+,\d+,/, '["tcp",443,99999,'),
    'ports the wrong way round': (body) =>
      body.replace(/\["tcp",(\d+),\d+,/, '["tcp",$1,1,').replace('["tcp",1,1,', '["tcp",2,1,'),
    'an address for a name': (body) => body.replace(/(\["tcp",\d+,\d+,)"[^"]+"/, '$1"20.0.0.1"'),
    'a name that leaves its quotes': (body) => body.replace(/(\["tcp",\d+,\d+,"[^"]+")/, '$1, alert(1), ""'),
    'another proxy by a comment that ends': (body) => body.replace('// ', '// \u2028var PROXY = 1; '),
    'no comma': (body) => body.replace('],\n', ']\n'),
    'an open quote': (body) => body.replace(/(\["tcp",\d+,\d+,"[^"]+)"/, '$1'),
    'a live line after a comment': (body) => body.replace('\n', '\nDIRECT everything\n'),
    'no end': (body) => body.slice(0, -3),
  },
  tools: [
    {
      name: 'node --check',
      needs: [],
      refusal: (file) => failureOf(process.execPath, ['--check', '-'], readFileSync(file, 'utf8')),
      blindTo: RIGHT,
    },
  ],
};
