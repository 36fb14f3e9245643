import { z } from 'zod';
import { blockOf, contains, rangeOf, type Cidr } from '../../../src/model/cidr.js';
import { strange, type FormatCheck } from '../check.js';
import { block, ports } from '../grammar.js';
import { blockForm, each, jsonOf, textForm } from '../json.js';

const RULES = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z0-9-]{0,79}$/),
      description: textForm(140).or(z.literal('')),
      priority: z.int().min(1000).max(1999),
      protocol: z.enum(['Tcp', 'Udp']),
      ports: z.string().regex(/^\d+(-\d+)?$/),
      addresses: z.array(blockForm()).min(1).max(4000),
    }),
  )
  .min(1)
  .max(800);

/** The resource that makes rules of a variable: the far side is where the flow has it. */
function resourceForm(flow: 'outbound' | 'inbound') {
  const its = (member: string) => z.literal(`[variables('${flow}')[copyIndex()].${member}]`);
  const far = flow === 'outbound' ? 'destination' : 'source';
  const near = flow === 'outbound' ? 'source' : 'destination';
  return z.strictObject({
    type: z.literal('Microsoft.Network/networkSecurityGroups/securityRules'),
    apiVersion: z.literal('2023-09-01'),
    name: z.literal(`[concat(parameters('networkSecurityGroup'), '/', variables('${flow}')[copyIndex()].name)]`),
    copy: z.strictObject({
      name: z.literal(flow),
      count: z.literal(`[length(variables('${flow}'))]`),
      mode: z.literal('serial'),
      batchSize: z.literal(1),
    }),
    dependsOn: z.tuple([z.literal('outbound')]).optional(),
    properties: z.strictObject({
      description: its('description'),
      access: z.literal('Allow'),
      direction: z.literal(flow === 'outbound' ? 'Outbound' : 'Inbound'),
      priority: its('priority'),
      protocol: its('protocol'),
      sourcePortRange: z.literal('*'),
      destinationPortRange: its('ports'),
      [`${near}AddressPrefix`]: z.literal('*'),
      [`${far}AddressPrefixes`]: its('addresses'),
    }),
  });
}

const FORM = z.strictObject({
  $schema: z.literal('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'),
  contentVersion: z.literal('1.0.0.0'),
  metadata: z.strictObject({ comments: z.array(textForm(900)) }),
  parameters: z.strictObject({
    networkSecurityGroup: z.strictObject({
      type: z.literal('string'),
      metadata: z.strictObject({ description: textForm(200) }),
    }),
  }),
  variables: z.strictObject({ outbound: RULES.optional(), inbound: RULES.optional() }),
  resources: z.array(z.union([resourceForm('outbound'), resourceForm('inbound')])),
});

/** The rules of one flow. Azure refuses a priority that is there twice, two families in a rule, and blocks that overlap. */
function rulesOf(flow: string, rules: z.infer<typeof RULES> = []): string[] {
  each(rules.map(({ name }) => name));
  each(rules.map(({ priority }) => String(priority)));
  return rules.flatMap(({ name, protocol, ports: range, addresses }) => {
    const family = addresses[0]!.includes(':') ? 'ipv6' : 'ipv4';
    const form = new RegExp(`^gatepost-${flow}-${protocol.toLowerCase()}-${range}-${family}(-within-[1-9])?$`);
    if (!form.test(name)) strange('another name', name);
    const cidrs = addresses.map(block);
    if (cidrs.some((cidr) => cidr.includes(':') !== (family === 'ipv6'))) strange('two families', name);
    if (cidrs.some((one, i) => cidrs.some((other, j) => i !== j && isWithin(one, other)))) strange('an overlap', name);
    return cidrs.map((cidr) => `${flow} ${protocol.toLowerCase()} ${ports(range)} ${cidr}`);
  });
}

function isWithin(one: Cidr, other: Cidr): boolean {
  return contains(rangeOf(blockOf(other)), rangeOf(blockOf(one)));
}

export const azureNsgCheck: FormatCheck = {
  id: 'azure-nsg',
  read: (body) => {
    const { variables, resources } = jsonOf(body, FORM);
    const made = resources.map(({ copy, dependsOn = [] }) => [copy.name, ...dependsOn].join(' after '));
    const flows = Object.keys(variables);
    const wanted = flows.map((flow, i) => (i === 0 ? flow : `${flow} after ${flows[0]}`));
    if (made.join() !== wanted.join()) strange('not one resource for each variable', made.join());
    return each([...rulesOf('outbound', variables.outbound), ...rulesOf('inbound', variables.inbound)]);
  },
  broken: {
    'an unknown member': (body) => body.replace('"access"', '"acess"'),
    'a member that is missing': (body) => body.replace(/ +"priority": \d+,\n/, ''),
    'an address that is none': (body) => body.replace(/("addresses": \[\s+")[^/]+/, '$120.0.0.300'),
    'another family': (body) =>
      body.replace(/"addresses": \[\s+"20\./, '"addresses": [\n          "2600::1/128",\n          "20.'),
    'an overlap': (body) =>
      body.replace(/"addresses": \[\s+"20\./, '"addresses": [\n          "20.0.0.0/8",\n          "20.'),
    'a port that is none': (body) => body.replace(/"ports": "\d+/, '"ports": "99999'),
    'a priority twice': (body) => body.replace(/("priority": \d+)([\s\S]*?)"priority": \d+/, '$1$2$1'),
    'an expression in a text': (body) => body.replace(/"description": "[a-z]/, '"description": "[x'),
    'a rule that denies': (body) => body.replace('"Allow"', '"Deny"'),
    'no resource': (body) => body.replace(/"resources": [\s\S]*/, '"resources": []\n}\n'),
    'no end': (body) => body.slice(0, -3),
  },
};
