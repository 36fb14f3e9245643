import { failureOf, strange, whereIs, type FormatCheck, type Tool } from '../check.js';
import { Lines, block, dnsName, linesOf, ports } from '../grammar.js';
import { each } from '../json.js';

const ADDRESS =
  /pass (tcp|udp) \$HOME_NET any -> ([0-9a-f.:/]+) (\d+(?::\d+)?) \(msg:"[A-Za-z0-9 ._:/()#,@+=*-]{1,200}"; flow:to_server; sid:(\d+); rev:1;\)/;

/** The start of a rule that sees a name, what it sees it in, and its end. */
function nameForm(protocol: string, buffer: string, anyCase: string): RegExp {
  const content = String.raw`content:"(\.?)([a-z0-9._-]+)"; (startswith; )?endswith;`;
  return new RegExp(
    String.raw`pass ${protocol} \$HOME_NET any -> any (\d+(?::\d+)?) \(msg:"gatepost ((?:\*\.)?[a-z0-9._-]+)"; ` +
      String.raw`flow:to_server,established; ${buffer}; ${content}${anyCase} sid:(\d+); rev:1;\)`,
  );
}

const TLS = nameForm('tls', String.raw`tls\.sni`, ' nocase;');
const HTTP = nameForm('http', String.raw`http\.host`, '');

/** What a rule of a name lets through. It is the name whole, or what is below it. */
function nameOf([, range = '', written = '', dot = '', name = '', start]: readonly (string | undefined)[]): string {
  if ((dot === '.') === (start !== undefined)) strange('neither a name nor what is below', written);
  if (written !== `${dot === '.' ? '*.' : ''}${name}`) strange('another name', written);
  return `outbound tcp ${ports(range, ':')} ${dnsName(written)}`;
}

function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [A-Za-z0-9._:/()#,@+=* -]+/);
  const sids: string[] = [];
  const rules: string[] = [];
  for (let tls = lines.maybe(TLS); tls !== undefined; tls = lines.maybe(TLS)) {
    const http = lines.take(HTTP);
    if (nameOf(tls) !== nameOf(http)) strange('not the same name', http[0]);
    rules.push(nameOf(tls));
    sids.push(tls[6]!, http[6]!);
  }
  for (const [, protocol = '', address = '', range = '', sid = ''] of lines.all(ADDRESS)) {
    rules.push(`outbound ${protocol} ${ports(range, ':')} ${block(address)}`);
    sids.push(sid);
  }
  lines.end();
  const isFree = (sid: string) => Number(sid) >= 100_000_000 && Number(sid) < 200_000_000;
  if (!each(sids).every(isFree)) strange('another number', sids.join());
  each(rules);
  return rules;
}

/** Suricata itself, where there is one: it comes with newer releases of Debian and with the backports. */
const TOOLS: readonly Tool[] =
  whereIs('suricata') === undefined
    ? []
    : [
        {
          name: 'suricata',
          needs: ['suricata'],
          refusal: (file) => failureOf('suricata', ['-T', '-S', file, '-l', file.slice(0, file.lastIndexOf('/'))]),
          // All of it is right for Suricata; it is not what was asked for. It takes a rule without its bracket, too.
          blindTo: ['host bits', 'a name without its start', 'a live line after a comment', 'no end'],
        },
      ];

export const suricataCheck: FormatCheck = {
  id: 'suricata',
  read,
  broken: {
    'an unknown word': (body) => body.replace('endswith;', 'endwith;'),
    'an address that is none': (body) => body.replace(/-> [0-9][0-9.]+/, '-> 20.0.0.300'),
    'host bits': (body) => body.replace(/-> [0-9][0-9./]+/, '-> 20.0.0.1/24'),
    'a port that is none': (body) => body.replace(/ \d+ \(/, ' 99999 ('),
    'a number twice': (body) => body.replaceAll(/sid:\d+/g, 'sid:100000000'),
    'a name without its start': (body) => body.replace(' startswith;', ''),
    'a message that ends early': (body) => body.replace('msg:"', 'msg:"x"; evil; "'),
    'a live line after a comment': (body) =>
      body.replace('\n', '\npass ip any any -> any any (msg:"evil"; sid:1; rev:1;)\n'),
    'no end': (body) => body.slice(0, -2),
  },
  tools: TOOLS,
};
