import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isCidr } from '../../../src/model/cidr.js';
import { strange, type FormatCheck } from '../check.js';
import { Lines, block, linesOf, ports } from '../grammar.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The parser of Terraform itself; as JSON, what it read. */
const READ_HCL = `
import { readFileSync } from 'node:fs';
import { parse } from '@cdktf/hcl2json';
const file = process.argv[1];
try {
  process.stdout.write(JSON.stringify(await parse(file, readFileSync(file, 'utf8'))));
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(String(error));
  process.exitCode = 1;
}
`;

const ENTRY = /        \{ cidr = "([0-9a-f.:/]+)", description = "([A-Za-z0-9._:/()#,@+=* -]{0,255})" \},/;

/** The local value by our own grammar; what follows has to be exactly what makes it work. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [A-Za-z0-9._:/()#,@+=* -]+/);
  lines.take(/locals \{/);
  const [, name = '', isNone = ''] = lines.take(/  ([a-z][a-z0-9-]*) = \{(\})?/);
  const keys = new Set<string>();
  const rules: string[] = [];
  for (
    let list = lines.maybe(/    "([a-z0-9-]+)" = \{/);
    list !== undefined;
    list = lines.maybe(/    "([a-z0-9-]+)" = \{/)
  ) {
    const [, flow = ''] = lines.take(/      flow     = "(outbound|inbound)"/);
    const [, family = ''] = lines.take(/      family   = "IPv(4|6)"/);
    const [, protocol = ''] = lines.take(/      protocol = "(tcp|udp)"/);
    const [, from = ''] = lines.take(/      from     = (\d+)/);
    const [, to = ''] = lines.take(/      to       = (\d+)/);
    lines.take(/      entries = \[/);
    const cidrs = lines
      .all(ENTRY)
      .map(([, cidr = '']) => (cidr.includes('/') ? block(cidr) : strange('no block', cidr)));
    lines.take(/      \]/);
    lines.take(/    \}/);
    if (cidrs.length === 0 || cidrs.length > 100) strange('not 1 to 100 entries', list[1]!);
    if (new Set(cidrs).size !== cidrs.length) strange('an entry twice', list[1]!);
    if (cidrs.some((cidr) => cidr.includes(':') !== (family === '6'))) strange('another family', list[1]!);
    const range = from === to ? from : `${from}-${to}`;
    if (!new RegExp(`^${flow}-${protocol}-${range}-ipv${family}(-[01]+)?$`).test(list[1]!)) strange('a name', list[1]!);
    if (keys.has(list[1]!)) strange('a list twice', list[1]!);
    keys.add(list[1]!);
    rules.push(...cidrs.map((cidr) => `${flow} ${protocol} ${ports(`${from}-${to}`)} ${cidr}`));
  }
  if ((isNone === '}') !== (keys.size === 0)) strange('no list', name);
  if (isNone === '') lines.take(/  \}/);
  lines.take(/\}/);
  for (const line of resources(name))
    if (lines.next === line) lines.take(/.*/);
    else strange(`not ${line}`, lines.next ?? 'the end');
  lines.end();
  return rules;
}

/** All that stands behind the local value. */
function resources(name: string): string[] {
  const rule = (way: string, flow: string) => `
resource "aws_vpc_security_group_${way}_rule" "${name}" {
  for_each = { for key, list in local.${name} : key => list if list.flow == "${flow}" }

  security_group_id = var.${name}_security_group
  description       = "${name}-\${each.key}"
  ip_protocol       = each.value.protocol
  from_port         = each.value.from
  to_port           = each.value.to
  prefix_list_id    = aws_ec2_managed_prefix_list.${name}[each.key].id
}
`;
  return `
variable "${name}_security_group" {
  type        = string
  description = "The id of the security group that gets the rules."
}

resource "aws_ec2_managed_prefix_list" "${name}" {
  for_each = local.${name}

  name           = "${name}-\${each.key}"
  address_family = each.value.family
  max_entries    = length(each.value.entries)

  dynamic "entry" {
    for_each = each.value.entries
    content {
      cidr        = entry.value.cidr
      description = entry.value.description
    }
  }
}
${rule('egress', 'outbound')}${rule('ingress', 'inbound')}`
    .split('\n')
    .slice(0, -1);
}

/** What the parser of Terraform makes of our files. */
function parsedForm(name: string) {
  const rule = (flow: string) =>
    z.tuple([
      z.strictObject({
        for_each: z.literal(`\${{ for key, list in local.${name} : key => list if list.flow == "${flow}" }}`),
        security_group_id: z.literal(`\${var.${name}_security_group}`),
        description: z.literal(`${name}-\${each.key}`),
        ip_protocol: z.literal('${each.value.protocol}'),
        from_port: z.literal('${each.value.from}'),
        to_port: z.literal('${each.value.to}'),
        prefix_list_id: z.literal(`\${aws_ec2_managed_prefix_list.${name}[each.key].id}`),
      }),
    ]);
  const entry = z.strictObject({
    cidr: z.literal('${entry.value.cidr}'),
    description: z.literal('${entry.value.description}'),
  });
  const list = z
    .strictObject({
      flow: z.enum(['outbound', 'inbound']),
      family: z.enum(['IPv4', 'IPv6']),
      protocol: z.enum(['tcp', 'udp']),
      from: z.int().min(1).max(65_535),
      to: z.int().min(1).max(65_535),
      entries: z.array(
        z.strictObject({ cidr: z.string().refine(isCidr), description: z.string().regex(/^[^$%{}"\\]*$/) }),
      ),
    })
    .refine(({ family, entries }) => entries.every(({ cidr }) => cidr.includes(':') === (family === 'IPv6')));
  return z.strictObject({
    locals: z.tuple([z.strictObject({ [name]: z.record(z.string(), list) })]),
    variable: z.strictObject({
      [`${name}_security_group`]: z.tuple([z.strictObject({ type: z.literal('${string}'), description: z.string() })]),
    }),
    resource: z.strictObject({
      aws_ec2_managed_prefix_list: z.strictObject({
        [name]: z.tuple([
          z.strictObject({
            for_each: z.literal(`\${local.${name}}`),
            name: z.literal(`${name}-\${each.key}`),
            address_family: z.literal('${each.value.family}'),
            max_entries: z.literal('${length(each.value.entries)}'),
            dynamic: z.strictObject({
              entry: z.tuple([
                z.strictObject({ for_each: z.literal('${each.value.entries}'), content: z.tuple([entry]) }),
              ]),
            }),
          }),
        ]),
      }),
      aws_vpc_security_group_egress_rule: z.strictObject({ [name]: rule('outbound') }),
      aws_vpc_security_group_ingress_rule: z.strictObject({ [name]: rule('inbound') }),
    }),
  });
}

/** What is wrong by the parser of Terraform, or with what it read: it has to be what our own grammar reads. */
function refusal(file: string): string | null {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', READ_HCL, file], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) return stderr;
  const parsed = parsedForm('gatepost').safeParse(JSON.parse(stdout));
  if (!parsed.success) return z.prettifyError(parsed.error);
  const found = Object.values(parsed.data.locals[0]['gatepost']!).flatMap(({ flow, protocol, from, to, entries }) =>
    entries.map(({ cidr }) => `${flow} ${protocol} ${from}-${to} ${cidr}`),
  );
  const own = read(readFileSync(file, 'utf8'));
  return JSON.stringify(found.sort()) === JSON.stringify(own.sort()) ? null : 'it reads other rules';
}

export const terraformAwsCheck: FormatCheck = {
  id: 'terraform-aws',
  read,
  broken: {
    'an unknown argument': (body) => body.replace('max_entries ', 'max_entrees '),
    'an address that is none': (body) => body.replace(/cidr = "[^"]+"/, 'cidr = "20.0.0.300/32"'),
    'a port that is none': (body) => body.replace(/to       = \d+/, 'to       = 99999'),
    'another family': (body) => body.replace('"IPv4"', '"IPv6"'),
    'a template in a text': (body) =>
      body.replace(/description = "[^"]*"( \},)/, 'description = "${file("/etc/passwd")}"$1'),
    'no end': (body) => body.replace(/\}\n$/, ''),
    'a list twice': (body) => body.replace(/(    "[a-z0-9-]+" = \{\n[^}]*(?: \},\n[^}]*)*\n    \}\n)/, '$1$1'),
    'a live line after a comment': (body) => body.replace('\n', '\nresource "null_resource" "evil" {}\n'),
  },
  tools: [
    {
      name: 'hcl2json',
      needs: [],
      refusal,
      // An object in which a key is there twice is right for it, and has the last.
      blindTo: ['a list twice'],
    },
  ],
};
