import { ExportRefusal, type Exporter } from './exporter.js';
import { byTraffic, type AddressRule } from './rule.js';
import { label, plainLabel } from './text.js';

/** What EC2 takes as the description of a rule: its characters are among these. */
const DESCRIPTION = plainLabel(255);

/** What AWS raises the quota to, at most. */
const RULES = 1000;

/**
 * The input of `aws ec2 authorize-security-group-egress --cli-input-json file://…`, where `--group-id` goes before what
 * the file says. A security group that has one of the rules already refuses all of them.
 * Source: Amazon EC2 API Reference, AuthorizeSecurityGroupEgress; Amazon VPC User Guide, quotas.
 */
export const awsSecurityGroup: Exporter = {
  id: 'aws-security-group',
  title: 'AWS security group, rules for egress',
  mediaType: 'application/json',
  extension: 'json',
  kind: 'configuration',
  // Ingress is another call; in a file of its own it would be empty for nearly every selection.
  supports: { names: false, wildcards: 'none', families: ['ipv4', 'ipv6'], flows: ['outbound'], ports: true },
  limits: [
    { of: 'rules of a family, unless AWS has raised it', most: 60 },
    { of: 'rules of a family', most: RULES },
  ],
  options: [
    {
      name: 'group',
      type: 'text',
      pattern: /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
      default: 'sg-00000000000000000',
      description: 'The id of the security group that gets the rules. The one of zeros is nobody’s: EC2 refuses it.',
    },
  ],
  canBeEmpty: false,
  render({ rules: { addresses } }, options) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const { length } = addresses.filter((rule) => rule.family === family);
      if (length > RULES) {
        throw new ExportRefusal(
          `A security group has at most ${RULES} rules of a family, and this would be ${length}. ` +
            'Ask for a part of it, or join neighbours with aggregate=true.',
        );
      }
    }
    const input = {
      GroupId: options.text('group'),
      IpPermissions: byTraffic(addresses).map(({ traffic, rules }) => {
        const ranges = {
          IpRanges: rules.flatMap((rule) =>
            rule.family === 'ipv4' ? [{ CidrIp: rule.cidr, ...described(rule) }] : [],
          ),
          Ipv6Ranges: rules.flatMap((rule) =>
            rule.family === 'ipv6' ? [{ CidrIpv6: rule.cidr, ...described(rule) }] : [],
          ),
        };
        return {
          IpProtocol: traffic.protocol,
          FromPort: traffic.from,
          ToPort: traffic.to,
          ...Object.fromEntries(Object.entries(ranges).filter(([, some]) => some.length > 0)),
        };
      }),
    };
    return `${JSON.stringify(input, null, 2)}\n`;
  },
};

function described({ labels }: AddressRule): { readonly Description?: string } {
  const description = label(labels.join(', '), DESCRIPTION);
  return description === '' ? {} : { Description: description };
}
