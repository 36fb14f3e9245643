import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { NAME, trafficGroups } from './object-groups.js';
import { addressText, portText, type Flow } from './rule.js';
import { COMMENT, label } from './text.js';

const WAYS: Readonly<Record<Flow, { readonly direction: string; readonly ports: string }>> = {
  outbound: { direction: 'Outbound', ports: 'RemotePort' },
  inbound: { direction: 'Inbound', ports: 'LocalPort' },
};

/**
 * A rule of the Windows firewall for each traffic, in a group of its own. Run again, in an elevated PowerShell, it
 * first removes the group. It knows no names.
 * Source: NetSecurity module, New-NetFirewallRule; about_Quoting_Rules.
 */
export const windowsPowershell: Exporter = {
  id: 'windows-powershell',
  title: 'Windows firewall rules in PowerShell',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'ps1',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [],
  options: [NAME],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const prefix = options.text('name');
    const lines = [
      ...commented(header, '#'),
      "$ErrorActionPreference = 'Stop'",
      `$group = '${prefix}'`,
      'Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule',
      ...trafficGroups(rules).flatMap(({ traffic, slug, addresses }) => {
        const { direction, ports } = WAYS[traffic.flow];
        const name = `${prefix}-${slug}`;
        return [
          `New-NetFirewallRule -Group $group -Name '${name}' -DisplayName '${name}' -Direction ${direction} ` +
            `-Action Allow -Protocol ${traffic.protocol.toUpperCase()} -${ports} '${portText(traffic)}' -RemoteAddress @(`,
          // Each on a line of its own, so that what it is for can stand behind it.
          ...addresses.map(({ cidr, labels }) => {
            const text = label(labels.join(', '), COMMENT);
            return `    '${addressText(cidr)}'${text === '' ? '' : ` # ${text}`}`;
          }),
          ') | Out-Null',
        ];
      }),
    ];
    return `${lines.join('\n')}\n`;
  },
};
