import { z } from 'zod';
import { strange, type FormatCheck } from '../check.js';
import { blockForm, each, jsonOf, portForm, textForm } from '../json.js';
import { serviceModel } from './service-model.js';

const FORM = z.strictObject({
  GroupId: z.string().regex(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/),
  IpPermissions: z
    .array(
      z.strictObject({
        IpProtocol: z.enum(['tcp', 'udp']),
        FromPort: portForm,
        ToPort: portForm,
        IpRanges: z
          .array(z.strictObject({ CidrIp: blockForm('ipv4'), Description: textForm(255).optional() }))
          .min(1)
          .optional(),
        Ipv6Ranges: z
          .array(z.strictObject({ CidrIpv6: blockForm('ipv6'), Description: textForm(255).optional() }))
          .min(1)
          .optional(),
      }),
    )
    .min(1),
});

export const awsSecurityGroupCheck: FormatCheck = {
  id: 'aws-security-group',
  read: (body) =>
    each(
      jsonOf(body, FORM).IpPermissions.flatMap(
        ({ IpProtocol: protocol, FromPort: from, ToPort: to, IpRanges: ipv4 = [], Ipv6Ranges: ipv6 = [] }) => {
          const cidrs = [...ipv4.map(({ CidrIp }) => CidrIp), ...ipv6.map(({ CidrIpv6 }) => CidrIpv6)];
          if (from > to || cidrs.length === 0) strange('no rule', `${from}-${to}`);
          return cidrs.map((cidr) => `outbound ${protocol} ${from}-${to} ${cidr}`);
        },
      ),
    ),
  broken: {
    'an unknown member': (body) => body.replace('"IpRanges"', '"IpRange"'),
    'a text in place of a number': (body) => body.replace(/"FromPort": (\d+)/, '"FromPort": "$1"'),
    'a member that is missing': (body) => body.replace(/ {2}"GroupId": "[^"]+",\n/, ''),
    'no end': (body) => body.slice(0, -3),
    'an address that is none': (body) => body.replace(/"CidrIp": "[^/]+/, '"CidrIp": "20.0.0.300'),
    'a port that is none': (body) => body.replace(/"ToPort": \d+/, '"ToPort": 99999'),
    'a protocol that is none': (body) => body.replace('"tcp"', '"-1"'),
    'everything of a family': (body) => body.replace(/"CidrIp": "[^"]+/, '"CidrIp": "20.0.0.1/0'),
    'no range': (body) => body.replace(/"IpRanges": \[[^\]]+\]/, '"IpRanges": []'),
  },
  tools: [
    serviceModel('ec2', 'AuthorizeSecurityGroupEgress', [
      'an address that is none',
      'a port that is none',
      'a protocol that is none',
      'everything of a family',
      'no range',
    ]),
  ],
};
