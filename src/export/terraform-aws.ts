import { addressGroups, type AddressGroup } from './address-group.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import type { Flow } from './rule.js';
import { label, plainLabel } from './text.js';

/** What EC2 takes as the description of an entry. */
const DESCRIPTION = plainLabel(255);

/** The provider makes a list in one call, and EC2 takes no more entries in one. */
const ENTRIES = 100;

const FAMILY_TEXT = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/**
 * Prefix lists of AWS, and rules of a security group that use them, for `terraform apply`: a local value has all that is
 * let through, one line for each entry, and everything else is made of it.
 * Source: the HashiCorp AWS provider, aws_ec2_managed_prefix_list and aws_vpc_security_group_egress_rule; HCL native
 * syntax specification.
 */
export const terraformAws: Exporter = {
  id: 'terraform-aws',
  title: 'Terraform, prefix lists and security group rules of AWS',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'tf',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'entries of a prefix list, which is divided then', most: ENTRIES },
    { of: 'entries that a security group can use in each direction, unless AWS has raised it', most: 60 },
  ],
  options: [nameOption(40)],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const name = options.text('name');
    const identifier = identifierOf(name);
    const groups = addressGroups(rules.addresses, ENTRIES);
    return [
      ...commented(header, '#'),
      'locals {',
      ...(groups.length === 0
        ? [`  ${identifier} = {}`]
        : [`  ${identifier} = {`, ...groups.flatMap((group) => listOf(group)), '  }']),
      '}',
      '',
      ...resourcesOf(name),
      '',
    ].join('\n');
  },
};

/** The entries are objects on lines of their own, which `terraform fmt` does not align: one more changes one line. */
function listOf({ name, traffic, family, rules }: AddressGroup): string[] {
  return [
    `    ${quoted(name)} = {`,
    `      flow     = ${quoted(traffic.flow)}`,
    `      family   = ${quoted(FAMILY_TEXT[family])}`,
    `      protocol = ${quoted(traffic.protocol)}`,
    `      from     = ${traffic.from}`,
    `      to       = ${traffic.to}`,
    '      entries = [',
    ...rules.map(({ cidr, labels }) => {
      const description = quoted(label(labels.join(', '), DESCRIPTION));
      return `        { cidr = ${quoted(cidr)}, description = ${description} },`;
    }),
    '      ]',
    '    }',
  ];
}

/** As Terraform's are written; no name has the underscore itself, so that no two have one identifier. */
function identifierOf(name: string): string {
  return name.replaceAll('-', '_');
}

function resourcesOf(name: string): string[] {
  const identifier = identifierOf(name);
  return [
    `variable "${identifier}_security_group" {`,
    '  type        = string',
    '  description = "The id of the security group that gets the rules."',
    '}',
    '',
    `resource "aws_ec2_managed_prefix_list" "${identifier}" {`,
    `  for_each = local.${identifier}`,
    '',
    `  name           = "${name}-\${each.key}"`,
    '  address_family = each.value.family',
    '  max_entries    = length(each.value.entries)',
    '',
    '  dynamic "entry" {',
    '    for_each = each.value.entries',
    '    content {',
    '      cidr        = entry.value.cidr',
    '      description = entry.value.description',
    '    }',
    '  }',
    '}',
    ...ruleOf(name, 'egress', 'outbound'),
    ...ruleOf(name, 'ingress', 'inbound'),
  ];
}

function ruleOf(name: string, way: 'egress' | 'ingress', flow: Flow): string[] {
  const identifier = identifierOf(name);
  return [
    '',
    `resource "aws_vpc_security_group_${way}_rule" "${identifier}" {`,
    `  for_each = { for key, list in local.${identifier} : key => list if list.flow == "${flow}" }`,
    '',
    `  security_group_id = var.${identifier}_security_group`,
    `  description       = "${name}-\${each.key}"`,
    '  ip_protocol       = each.value.protocol',
    '  from_port         = each.value.from',
    '  to_port           = each.value.to',
    `  prefix_list_id    = aws_ec2_managed_prefix_list.${identifier}[each.key].id`,
    '}',
  ];
}

/** A string of HCL: as of JSON, and neither of its templates begins in it. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, '$&$&');
}
