import { z } from 'zod';
import { strange, type FormatCheck } from '../check.js';
import { ports } from '../grammar.js';
import { blockForm, each, jsonOf, textForm } from '../json.js';

const RANGES = z.array(blockForm()).min(1).max(256);

const COMMON = {
  name: z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/),
  description: textForm(2048).optional(),
  network: z.literal('global/networks/default'),
  priority: z.literal(1000),
  allowed: z.tuple([
    z.strictObject({ IPProtocol: z.enum(['tcp', 'udp']), ports: z.tuple([z.string().regex(/^\d+(-\d+)?$/)]) }),
  ]),
};

const FORM = z
  .array(
    z.discriminatedUnion('direction', [
      z.strictObject({ ...COMMON, direction: z.literal('EGRESS'), destinationRanges: RANGES }),
      z.strictObject({ ...COMMON, direction: z.literal('INGRESS'), sourceRanges: RANGES }),
    ]),
  )
  .min(1);

export const gcpFirewallCheck: FormatCheck = {
  id: 'gcp-firewall',
  read: (body) => {
    const rules = jsonOf(body, FORM);
    each(rules.map(({ name }) => name));
    return each(
      rules.flatMap((rule) => {
        const [{ IPProtocol: protocol, ports: written }] = rule.allowed;
        const isOut = rule.direction === 'EGRESS';
        const flow = isOut ? 'outbound' : 'inbound';
        const ranges = isOut ? rule.destinationRanges : rule.sourceRanges;
        const family = ranges[0]!.includes(':') ? 'ipv6' : 'ipv4';
        if (ranges.some((cidr) => cidr.includes(':') !== (family === 'ipv6'))) strange('two families', rule.name);
        const name = new RegExp(`^gatepost-${flow}-${protocol}-${written[0]}-${family}(-[01]+)?$`);
        if (!name.test(rule.name)) strange('a name', rule.name);
        return ranges.map((cidr) => `${flow} ${protocol} ${ports(written[0])} ${cidr}`);
      }),
    );
  },
  broken: {
    'an unknown member': (body) => body.replace('"destinationRanges"', '"destinationRange"'),
    'no range': (body) => body.replace(/"destinationRanges": \[[^\]]+\]/, '"destinationRanges": []'),
    'an address that is none': (body) => body.replace(/(Ranges": \[\s+")[^/]+/, '$120.0.0.300'),
    everything: (body) => body.replace(/(Ranges": \[\s+")[^"]+/, '$10.0.0.0/33'),
    'another family': (body) => body.replace(/Ranges": \[\s+"20\./, 'Ranges": [\n      "2600::1/128",\n      "20.'),
    'a port that is none': (body) => body.replace(/("ports": \[\s+)"\d+/, '$1"99999'),
    'a name that is none': (body) => body.replace('"name": "g', '"name": "G'),
    'a rule twice': (body) => body.replace(/\[\n( {2}\{[\s\S]*?\n {2}\})/, '[\n$1,\n$1'),
    'no end': (body) => body.slice(0, -2),
  },
};
