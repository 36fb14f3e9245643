import { z } from 'zod';
import { strange, type FormatCheck } from '../check.js';
import { blockForm, each, jsonOf, textForm } from '../json.js';
import { serviceModel } from './service-model.js';

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function prefixListCheck(family: 'ipv4' | 'ipv6'): FormatCheck {
  const form = z.strictObject({
    PrefixListName: z.string().regex(new RegExp(`^[a-z][a-z0-9-]{0,98}[a-z0-9]-${family}$`)),
    AddressFamily: z.literal(FAMILIES[family]),
    MaxEntries: z.int().min(1).max(1000),
    Entries: z
      .array(z.strictObject({ Cidr: blockForm(family), Description: textForm(255).optional() }))
      .min(1)
      .max(100),
  });
  return {
    id: family === 'ipv4' ? 'aws-prefix-list' : 'aws-prefix-list-ipv6',
    read: (body) => {
      const { MaxEntries: most, Entries: entries } = jsonOf(body, form);
      if (entries.length !== most) strange('not as many as there is room for', String(most));
      return each(entries.map(({ Cidr: cidr }) => cidr));
    },
    broken: {
      'an unknown member': (body) => body.replace('"Cidr"', '"CidrIp"'),
      'a number in place of a text': (body) => body.replace(/"AddressFamily": "[^"]+"/, '"AddressFamily": 4'),
      'a member that is missing': (body) => body.replace(/ {2}"MaxEntries": \d+,\n/, ''),
      'no end': (body) => body.slice(0, -3),
      'an address that is none': (body) => body.replace(/"Cidr": "[^/]+/, '"Cidr": "20.0.0.300'),
      'host bits': (body) => body.replace(/("Cidr": ")[^"]+/, family === 'ipv4' ? '$120.0.0.1/24' : '$12600::1/64'),
      'another family': (body) => body.replace(FAMILIES[family], family === 'ipv4' ? 'IPv6' : 'IPv4'),
      'an entry twice': (body) =>
        body.replace(
          /"MaxEntries": (\d+),\n {2}"Entries": \[\n( {4}\{[^}]+\})/,
          (_all, most: string, entry: string) =>
            `"MaxEntries": ${Number(most) + 1},\n  "Entries": [\n${entry},\n${entry}`,
        ),
    },
    tools: [
      serviceModel('ec2', 'CreateManagedPrefixList', [
        'an address that is none',
        'host bits',
        'another family',
        'an entry twice',
      ]),
    ],
  };
}

export const AWS_PREFIX_LIST_CHECKS: readonly FormatCheck[] = [prefixListCheck('ipv4'), prefixListCheck('ipv6')];
