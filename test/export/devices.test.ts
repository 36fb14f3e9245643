import { describe, expect, it } from 'vitest';
import { exportOf } from '../../src/export/exported.js';
import { parseOptions } from '../../src/export/option.js';
import { CHECKED } from './bodies.js';
import { asaCommand } from './checks/cisco-asa.js';
import { readFortios } from './checks/fortigate.js';
import { junosStatement } from './checks/juniper-srx.js';
import { readRouteros } from './checks/mikrotik.js';
import { powershellParameters } from './checks/windows-powershell.js';
import { FIXTURES, questionOf } from './fixtures.js';
import { rulesOf } from './rules-of.js';

/** What the readers take for the language of a device: written by hand, as its documentation has it. */
describe('the language of', () => {
  it('FortiOS is read', () => {
    const text = `# objects
config firewall address
    edit "web"
        set type fqdn
        set fqdn "*.cdn.example.net"
        set comment "gatepost install tcp/443"
    next
    edit "one"
        set subnet 192.0.2.10 255.255.255.255
    next
end
config firewall address6
    edit "gatepost-2001:db8:10::1"
        set type ipprefix
        set ip6 2001:db8:10::1/128
    next
end
config firewall addrgrp
    edit "all"
        set member "web" "one"
    next
end
config firewall service custom
    edit "nodes"
        set tcp-portrange 9870-9880
    next
end
`;
    expect(
      readFortios(text).map(({ table, name, settings }) => [
        table,
        name,
        ...settings.map(({ key, values }) => [key, ...values]),
      ]),
    ).toEqual([
      [
        'firewall address',
        'web',
        ['type', 'fqdn'],
        ['fqdn', '*.cdn.example.net'],
        ['comment', 'gatepost install tcp/443'],
      ],
      ['firewall address', 'one', ['subnet', '192.0.2.10', '255.255.255.255']],
      ['firewall address6', 'gatepost-2001:db8:10::1', ['type', 'ipprefix'], ['ip6', '2001:db8:10::1/128']],
      ['firewall addrgrp', 'all', ['member', 'web', 'one']],
      ['firewall service custom', 'nodes', ['tcp-portrange', '9870-9880']],
    ]);
  });

  it.each([
    ['object network api', ['object', 'api']],
    [' fqdn api.example.com', ['fqdn', 'api.example.com']],
    [' host 192.0.2.10', ['host', '192.0.2.10']],
    [' subnet 198.51.100.0 255.255.255.0', ['subnet', '198.51.100.0', '255.255.255.0']],
    [' subnet 2001:db8::/32', ['subnet6', '2001:db8::/32']],
    ['object-group network install-443', ['group', 'install-443']],
    [' description install tcp/443', ['description', 'install tcp/443']],
    [' network-object host 192.0.2.10', ['memberHost', '192.0.2.10']],
    [' network-object 198.51.100.0 255.255.255.0', ['memberSubnet', '198.51.100.0', '255.255.255.0']],
    [' network-object 2001:db8:10::1/128', ['memberSubnet6', '2001:db8:10::1/128']],
    [' network-object object api', ['memberObject', 'api']],
    ['object-group service svc-443 tcp', ['service', 'svc-443', 'tcp']],
    [' port-object eq 443', ['port', '443']],
    [' port-object range 9870 9880', ['ports', '9870', '9880']],
  ])('the ASA has the command %j', (line, read) => {
    expect(asaCommand(line)).toEqual(read);
  });

  it.each(['network-object host 192.0.2.10', ' port-object 443', 'object network', ' fqdn v4 a.com', ' host a b'])(
    'the ASA, as we write it, has no %j',
    (line) => {
      expect(() => asaCommand(line)).toThrow('no command');
    },
  );

  const BOOK = 'security address-book global';
  it.each([
    [`set ${BOOK} address api dns-name api.example.com`, ['dnsName', 'api', 'api.example.com']],
    [`set ${BOOK} address one 192.0.2.10/32`, ['prefix', 'one', '192.0.2.10/32']],
    [`set ${BOOK} address six 2001:db8:10::1/128`, ['prefix', 'six', '2001:db8:10::1/128']],
    [`set ${BOOK} address-set all address api`, ['member', 'all', 'api']],
    ['set applications application web protocol tcp', ['protocol', 'web', 'tcp']],
    ['set applications application web destination-port 443', ['port', 'web', '443']],
    ['set applications application nodes destination-port 9870-9880', ['port', 'nodes', '9870-9880']],
  ])('Junos has the statement %j', (line, read) => {
    expect(junosStatement(line)).toEqual(read);
  });

  it('RouterOS is read', () => {
    const text = `# lists
/ip firewall address-list
remove [find comment~"^gatepost:"]
add list=install-tcp-443 address=api.example.com comment="gatepost: api.example.com"
add list=install-tcp-443 address=198.51.100.0/24
/ipv6 firewall address-list
add list=install-tcp-443 address=2001:db8:10::1/128 comment="gatepost: api.example.com"
`;
    expect(
      readRouteros(text).map(({ menu, verb, argument }) => [menu, verb, argument.map((one) => one.join('='))]),
    ).toEqual([
      ['/ip firewall address-list', 'remove', ['find=^gatepost:']],
      [
        '/ip firewall address-list',
        'add',
        ['list=install-tcp-443', 'address=api.example.com', 'comment=gatepost: api.example.com'],
      ],
      ['/ip firewall address-list', 'add', ['list=install-tcp-443', 'address=198.51.100.0/24']],
      [
        '/ipv6 firewall address-list',
        'add',
        ['list=install-tcp-443', 'address=2001:db8:10::1/128', 'comment=gatepost: api.example.com'],
      ],
    ]);
  });

  it('PowerShell is read: words, variables, and strings in single quotes', () => {
    const text =
      "-Group $group -DisplayName 'gatepost in tcp 9870-9880' -Direction Inbound -Action Allow -Protocol TCP -LocalPort '9870-9880'";
    expect(Object.fromEntries(powershellParameters(text))).toEqual({
      Group: '$group',
      DisplayName: 'gatepost in tcp 9870-9880',
      Direction: 'Inbound',
      Action: 'Allow',
      Protocol: 'TCP',
      LocalPort: '9870-9880',
    });
    for (const bad of ["-Name 'a", '-Name "a"', "-Name 'a'b'", '-Name a;b', '-Name $(x)', '-Name ‘a’', '-A 1 -A 2']) {
      expect(() => powershellParameters(bad)).toThrow('parameter');
    }
  });
});

describe.each(['fortigate', 'cisco-asa', 'juniper-srx', 'mikrotik', 'windows-powershell'])('%s', (id) => {
  const [, exporter, check] = CHECKED.find(([other]) => other === id)!;
  const mixed = FIXTURES.find(({ name }) => name === 'mixed')!;

  it('begins its names as it is told to', () => {
    const question = { ...questionOf(mixed, exporter), chosen: new Map([['name', 'gatepost-eu-1']]) };
    const body = String(exportOf(mixed.snapshot, question).body);
    expect(body).not.toMatch(/gatepost(?!-eu-1|\n)/);
    expect(check.read(body).toSorted()).toEqual(rulesOf(mixed.snapshot, question).sort());
  });

  it('takes no name that could be the customer’s own', () => {
    const read = (value: string) => parseOptions(exporter.options, new Map([['name', [value]]])).faults.length;
    expect(['all', 'Gatepost', 'gatepost x', "gatepost'", 'gatepost\n', `gatepost${'x'.repeat(13)}`].map(read)).toEqual(
      [1, 1, 1, 1, 1, 1],
    );
    expect(['gatepost', 'gatepost-Site1'].map(read)).toEqual([0, 0]);
  });
});
