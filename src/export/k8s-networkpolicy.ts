import type { Exporter } from './exporter.js';
import { DNS_OPTION, OBJECT_LIMIT, OBJECT_OPTIONS, isolation, manifest, metadataOf, noPolicy } from './kubernetes.js';
import { FLOWS, byTraffic, type AddressRule, type Flow, type Traffic } from './rule.js';
import { noted } from './yaml-file.js';

const WAYS: Readonly<Record<Flow, { readonly type: string; readonly section: string; readonly side: string }>> = {
  outbound: { type: 'Egress', section: 'egress', side: 'to' },
  inbound: { type: 'Ingress', section: 'ingress', side: 'from' },
};

/** To the DNS of the cluster, without which pods find nothing by its name. */
const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/**
 * A NetworkPolicy for every pod of a namespace. It isolates them in the directions that it has rules for, and leaves
 * the others as they are. It is loaded with `kubectl apply --server-side -f`, because what the client side keeps beside
 * the object has a limit of its own; ranges of ports need Kubernetes 1.25.
 * Source: Kubernetes, Network Policies; API reference, NetworkPolicy v1.
 */
export const k8sNetworkPolicy: Exporter = {
  id: 'k8s-networkpolicy',
  title: 'Kubernetes NetworkPolicy',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [OBJECT_LIMIT],
  options: [...OBJECT_OPTIONS, DNS_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const metadata = metadataOf(options);
    const ways = FLOWS.map((flow) => ({ flow, rules: rules.addresses.filter((rule) => rule.flow === flow) })).filter(
      (way) => way.rules.length > 0,
    );
    if (ways.length === 0) return noPolicy(header);
    const flows = ways.map(({ flow }) => flow);
    const hasDns = flows.includes('outbound') && options.text('dns') === 'kube-dns';
    return manifest(
      [
        ...header,
        isolation(flows, metadata.namespace),
        ...(hasDns ? ['The first rule keeps the DNS of the cluster open. dns=none leaves it out.'] : []),
      ],
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata,
        spec: {
          podSelector: {},
          policyTypes: flows.map((flow) => WAYS[flow].type),
          ...Object.fromEntries(
            ways.map(({ flow, rules }) => [
              WAYS[flow].section,
              [...(flow === 'outbound' && hasDns ? [DNS] : []), ...byTraffic(rules).map(ruleOf)],
            ]),
          ),
        },
      },
    );
  },
};

function ruleOf({ traffic, rules }: { readonly traffic: Traffic; readonly rules: readonly AddressRule[] }): object {
  const { flow, protocol, from, to } = traffic;
  return {
    [WAYS[flow].side]: rules.map(({ cidr, labels }) => ({ ipBlock: { cidr: noted(cidr, labels.join(', ')) } })),
    ports: [{ protocol: protocol.toUpperCase(), port: from, ...(to > from ? { endPort: to } : {}) }],
  };
}
