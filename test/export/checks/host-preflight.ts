import { z } from 'zod';
import { strange, type FormatCheck } from '../check.js';
import { farSide, isNetwork } from '../far-side.js';
import { ports } from '../grammar.js';
import { yamlValue } from '../yaml.js';

const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
/** It becomes the name of a file. */
const collectorName = z.string().regex(/^[a-z0-9-]{1,100}$/);
const checkName = z.string().regex(/^(tcp|udp) [1-9]\d*(-[1-9]\d*)? \S+( \((not tested|tested at [1-9]\d*)\))?$/);
const message = z.string().regex(/^[A-Za-z0-9 ._:/()#,@+=*-]{1,600}$/);

const tcpConnect = z.strictObject({
  collectorName,
  address: z.string(),
  timeout: z.string().regex(/^([1-9]|[1-5]\d|60)s$/),
});
const tested = z.strictObject({
  checkName,
  collectorName,
  outcomes: z.tuple([
    z.strictObject({ pass: z.strictObject({ when: z.literal('connected'), message }) }),
    z.strictObject({ fail: z.strictObject({ when: z.literal('connection-refused'), message }) }),
    z.strictObject({ fail: z.strictObject({ message }) }),
  ]),
});
const untested = z.strictObject({
  checkName,
  outcomes: z.tuple([z.strictObject({ warn: z.strictObject({ message }) })]),
});
const preflight = z.strictObject({
  apiVersion: z.literal('troubleshoot.sh/v1beta2'),
  kind: z.literal('HostPreflight'),
  metadata: z.strictObject({ name }),
  spec: z.strictObject({
    collectors: z.array(
      z.union([z.strictObject({ tcpConnect }), z.strictObject({ ipv4Interfaces: z.strictObject({}) })]),
    ),
    analyzers: z.array(z.union([z.strictObject({ tcpConnect: tested }), z.strictObject({ ipv4Interfaces: untested })])),
  }),
});

/** What Go dials: an address of IPv6 in brackets. */
function dialled(far: string, port: string): string {
  return far.includes(':') ? `[${far}]:${port}` : `${far}:${port}`;
}

function read(body: string | Uint8Array): string[] {
  const { collectors, analyzers } = preflight.parse(yamlValue(body)).spec;
  const addresses = new Map<string, string>();
  let interfaces = 0;
  for (const one of collectors) {
    if ('ipv4Interfaces' in one) interfaces++;
    else if (addresses.has(one.tcpConnect.collectorName)) strange('a collector twice', one.tcpConnect.collectorName);
    else addresses.set(one.tcpConnect.collectorName, one.tcpConnect.address);
  }
  const isAnyUntested = analyzers.some((one) => 'ipv4Interfaces' in one);
  if (interfaces !== Number(isAnyUntested))
    strange('a collector that nothing analyzes, or the other way', 'interfaces');
  const rules = analyzers.map((one) => {
    const { checkName } = 'tcpConnect' in one ? one.tcpConnect : one.ipv4Interfaces;
    const [protocol = '', range = '', far = '', ...note] = checkName.split(' ');
    const found = farSide(far);
    const [first = '', last = first] = range.split('-');
    if ('tcpConnect' in one !== (protocol === 'tcp' && !isNetwork(found))) strange('tested, or not', checkName);
    const said = 'tcpConnect' in one ? (first === last ? '' : `(tested at ${first})`) : '(not tested)';
    if (note.join(' ') !== said) strange('another note', checkName);
    if ('tcpConnect' in one) {
      const { collectorName } = one.tcpConnect;
      if (addresses.get(collectorName) !== dialled(far, first)) strange('tested elsewhere', checkName);
      addresses.delete(collectorName);
    }
    return `outbound ${protocol} ${ports(range)} ${found}`;
  });
  if (addresses.size > 0) strange('a collector that nothing analyzes', [...addresses.keys()].join());
  return rules;
}

/** No program of Troubleshoot is here: its schema is not told of what it cannot know, so this reader is the check. */
export const hostPreflightCheck: FormatCheck = {
  id: 'host-preflight',
  read,
  broken: {
    'an unknown collector': (body) => body.replace('- tcpConnect:', '- tcpconnect:'),
    'an unknown member': (body) => body.replace('address:', 'adress:'),
    'another address': (body) => body.replace(/address: \S+:/, 'address: b.example.com:'),
    'an address without a port': (body) => body.replace(/(address: \S+?):\d+\n/, '$1\n'),
    'a port that is none': (body) => body.replace(/(checkName: tcp )\d+/, '$199999'),
    'an unknown outcome': (body) => body.replace('when: connected', 'when: conected'),
    'a name of a collector that is no file': (body) => body.replaceAll('collectorName: tcp-', 'collectorName: ../tcp-'),
    'a collector twice': (body) => body.replace(/( {2}- tcpConnect:\n {6}collectorName[^]*?s\n)/, '$1$1'),
    'a collector that is not there': (body) => body.replace(/ {2}- tcpConnect:\n {6}collectorName[^]*?s\n/, ''),
    'a time without a unit': (body) => body.replace('timeout: 5s', 'timeout: 5'),
    'a network that is tested': (body) => body.replace(/(checkName: tcp \d+ )\S+\n/, '$120.0.0.0/24\n'),
    'a live line after a comment': (body) => body.replace('\n', '\nstatus: {}\n'),
    'no end': (body) => body.slice(0, -20),
  },
};
