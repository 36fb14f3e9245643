import { addressGroups, labelsOf, withoutOverlap, type AddressGroup } from './address-group.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { FLOWS, portText, type Flow } from './rule.js';
import { stableNumbers } from './stable-number.js';
import { COMMENT, label, plainLabel } from './text.js';

const DESCRIPTION = plainLabel(140);

/** What a template holds, which is less than a network security group does. */
const RULES = 800;

/** What a network security group holds at the far sides of one direction. */
const ADDRESSES = 4000;

/** How many priorities there are to be had from the first on. */
const PRIORITIES = 1000;

const PROTOCOLS = { tcp: 'Tcp', udp: 'Udp' } as const;

/**
 * A template of Azure Resource Manager that adds rules to a network security group that is there, one after another:
 * `az deployment group create --template-file … --parameters networkSecurityGroup=…`. Deployed again, a rule of the same
 * name is replaced; one that is not needed any more stays, and is told from others by its name.
 * Source: Azure Resource Manager template reference, Microsoft.Network/networkSecurityGroups/securityRules; Azure
 * subscription and service limits.
 */
export const azureNsg: Exporter = {
  id: 'azure-nsg',
  title: 'Azure network security group, rules as a template',
  mediaType: 'application/json',
  extension: 'json',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'rules', most: RULES },
    { of: 'addresses in each direction', most: ADDRESSES },
  ],
  options: [
    nameOption(40),
    {
      name: 'priority',
      type: 'whole-number',
      least: 100,
      most: 4096 - PRIORITIES + 1,
      default: 1000,
      description: `The first priority. A rule has one of the ${PRIORITIES} from there on, made of its name, so that it keeps it.`,
    },
  ],
  canBeEmpty: false,
  render({ rules, header }, options) {
    const groups = addressGroups(rules.addresses).flatMap(withoutOverlap);
    refuseExcess('A template', 'rules', groups.length, RULES);
    const flows = FLOWS.filter((flow) => groups.some(({ traffic }) => traffic.flow === flow));
    const variables = flows.map((flow) => {
      const ours = groups.filter(({ traffic }) => traffic.flow === flow);
      const addresses = ours.reduce((sum, group) => sum + group.rules.length, 0);
      refuseExcess('A network security group', `addresses ${flow}`, addresses, ADDRESSES);
      const names = ours.map(({ name }) => name);
      const priorities = stableNumbers(names, options.number('priority'), PRIORITIES);
      return [flow, ours.map((group) => ruleOf(group, options.text('name'), priorities.get(group.name)!))];
    });
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      metadata: { comments: header.map((line) => label(line, COMMENT)).filter((line) => line !== '') },
      parameters: {
        networkSecurityGroup: {
          type: 'string',
          metadata: { description: 'The name of the network security group that gets the rules.' },
        },
      },
      variables: Object.fromEntries(variables),
      resources: flows.map((flow, i) => resourceOf(flow, flows.slice(0, i))),
    };
    return `${JSON.stringify(template, null, 2)}\n`;
  },
};

function ruleOf(group: AddressGroup, name: string, priority: number): object {
  return {
    name: `${name}-${group.name}`,
    description: label(labelsOf(group), DESCRIPTION),
    priority,
    protocol: PROTOCOLS[group.traffic.protocol],
    ports: portText(group.traffic),
    addresses: group.rules.map(({ cidr }) => cidr),
  };
}

/** What makes a rule of each element of a variable, one at a time: a network security group takes no two changes at once. */
function resourceOf(flow: Flow, after: readonly Flow[]): object {
  const its = (member: string) => `[variables('${flow}')[copyIndex()].${member}]`;
  const isOut = flow === 'outbound';
  return {
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    apiVersion: '2023-09-01',
    name: `[concat(parameters('networkSecurityGroup'), '/', variables('${flow}')[copyIndex()].name)]`,
    copy: { name: flow, count: `[length(variables('${flow}'))]`, mode: 'serial', batchSize: 1 },
    ...(after.length === 0 ? {} : { dependsOn: after }),
    properties: {
      description: its('description'),
      access: 'Allow',
      direction: isOut ? 'Outbound' : 'Inbound',
      priority: its('priority'),
      protocol: its('protocol'),
      ...(isOut ? { sourceAddressPrefix: '*' } : { sourceAddressPrefixes: its('addresses') }),
      sourcePortRange: '*',
      ...(isOut ? { destinationAddressPrefixes: its('addresses') } : { destinationAddressPrefix: '*' }),
      destinationPortRange: its('ports'),
    },
  };
}

function refuseExcess(holder: string, what: string, count: number, most: number): void {
  if (count <= most) return;
  throw new ExportRefusal(
    `${holder} has at most ${most} ${what}, and this would be ${count}. ` +
      'Ask for a part of it, with fewer tasks for example, or join neighbours with aggregate=true.',
  );
}
