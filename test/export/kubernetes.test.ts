import { describe, expect, it } from 'vitest';
import { cilium } from '../../src/export/cilium.js';
import { ExportRefusal, type Exporter } from '../../src/export/exporter.js';
import { k8sNetworkPolicy } from '../../src/export/k8s-networkpolicy.js';
import { optionValues } from '../../src/export/option.js';
import type { AddressRule, NameRule } from '../../src/export/rule.js';
import { blockAround, familyOf, formatBlock } from '../../src/model/cidr.js';
import { ciliumCheck } from './checks/cilium.js';
import { k8sNetworkPolicyCheck } from './checks/k8s-networkpolicy.js';
import { FIXTURES, defaultsOf } from './fixtures.js';
import { yamlValue } from './yaml.js';

const { catalog } = FIXTURES[0]!.snapshot;
const HTTPS = { flow: 'outbound', protocol: 'tcp', from: 443, to: 443 } as const;

function addressRule(flow: 'outbound' | 'inbound', address: bigint): AddressRule {
  const cidr = formatBlock(blockAround('ipv4', address, 32));
  return { ...HTTPS, flow, cidr, family: familyOf(cidr), labels: [] };
}

function written(
  exporter: Exporter,
  addresses: readonly AddressRule[],
  names: readonly NameRule[] = [],
  chosen: Readonly<Record<string, string>> = {},
): string {
  const source = { rules: { names, addresses }, omitted: [], header: [], catalog, requirements: [] };
  return String(exporter.render(source, optionValues(new Map([...defaultsOf(exporter), ...Object.entries(chosen)]))));
}

describe.each([
  ['k8s-networkpolicy', k8sNetworkPolicy, k8sNetworkPolicyCheck],
  ['cilium', cilium, ciliumCheck],
] as const)('%s', (_id, exporter, check) => {
  it('closes no direction that it has no rule for', () => {
    const inbound = written(exporter, [addressRule('inbound', 0x1400_0001n)]);
    expect(inbound).not.toMatch(/egress/i);
    expect(check.read(inbound)).toEqual(['inbound tcp 443-443 20.0.0.1/32']);
    expect(written(exporter, [addressRule('outbound', 0x1400_0001n)])).not.toMatch(/ingress/i);
  });

  it('keeps DNS open only to pods that could not ask any more, and not where another policy does', () => {
    expect(written(exporter, [addressRule('inbound', 0x1400_0001n)])).not.toContain('kube-dns');
    expect(written(exporter, [addressRule('outbound', 0x1400_0001n)])).toContain('kube-dns');
    expect(written(exporter, [addressRule('outbound', 0x1400_0001n)], [], { dns: 'none' })).not.toContain('kube-');
  });

  it('has names that are no text in YAML 1.1 in quotes', () => {
    const body = written(exporter, [addressRule('inbound', 0x1400_0001n)], [], { name: 'on', namespace: '1e3' });
    expect(yamlValue(body)).toMatchObject({ metadata: { name: 'on', namespace: '1e3' } });
  });

  it('is refused where it is more than a cluster takes, with both numbers', () => {
    const many = Array.from({ length: 120_000 }, (_, i) => addressRule('outbound', 0x1400_0000n + BigInt(i)));
    expect(() => written(exporter, many)).toThrow(ExportRefusal);
    expect(() => written(exporter, many)).toThrow(/object of 1572864 bytes at most, and this one has \d{7}\./);
  });
});

it('cilium is refused for names of what comes in, because it has none there', () => {
  const name: NameRule = { ...HTTPS, flow: 'inbound', name: 'a.com', isWildcard: false };
  expect(() => written(cilium, [], [name])).toThrow(/knows 0 names for what comes in, and this selection has 1: a.com/);
});
