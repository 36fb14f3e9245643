import { ExportRefusal, type Exporter } from './exporter.js';
import { DNS_OPTION, OBJECT_LIMIT, OBJECT_OPTIONS, isolation, manifest, metadataOf, noPolicy } from './kubernetes.js';
import { FLOWS, byTraffic, writtenName, type NameRule, type Traffic } from './rule.js';
import { noted } from './yaml-file.js';

/**
 * To the DNS of the cluster, by way of Cilium's proxy: what it sees there is how Cilium learns the addresses of names.
 * Names that are looked up are not those that are let through.
 */
const DNS = {
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
};

/**
 * A CiliumNetworkPolicy for every pod of a namespace, with names as names. It isolates the pods in the directions that
 * it has rules for, and leaves the others as they are. It is loaded with `kubectl apply --server-side -f`; ranges of
 * ports need Cilium 1.16.
 * Source: Cilium, Layer 3 Policies, DNS based; Layer 4 Policies.
 */
export const cilium: Exporter = {
  id: 'cilium',
  title: 'CiliumNetworkPolicy',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  kind: 'configuration',
  supports: {
    names: true,
    // Its star never stands for a dot.
    wildcards: 'one-label',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [OBJECT_LIMIT, { of: 'entries of the policy map of a pod, by default', most: 16_384 }],
  options: [...OBJECT_OPTIONS, DNS_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const { names, addresses } = rules;
    const metadata = metadataOf(options);
    const flows = FLOWS.filter((flow) => [...names, ...addresses].some((rule) => rule.flow === flow));
    if (flows.length === 0) return noPolicy(header);
    const unreadable = names.filter(({ flow }) => flow === 'inbound').map(writtenName);
    if (unreadable.length > 0) {
      throw new ExportRefusal(
        `Cilium knows 0 names for what comes in, and this selection has ${unreadable.length}: ` +
          `${unreadable.slice(0, 5).join(', ')}. Say networks in their place with fill=, or select direction=outbound.`,
      );
    }
    const hasDns = flows.includes('outbound') && options.text('dns') === 'kube-dns';
    const blocksOf = (flow: Traffic['flow'], member: string) =>
      byTraffic(addresses.filter((rule) => rule.flow === flow)).map(({ traffic, rules }) => ({
        [member]: rules.map(({ cidr, labels }) => noted(cidr, labels.join(', '))),
        toPorts: toPorts(traffic),
      }));
    // A rule has names or blocks, never both.
    const egress = [
      ...(hasDns ? [DNS] : []),
      ...byTraffic(names).map(({ traffic, rules }) => ({ toFQDNs: rules.map(selector), toPorts: toPorts(traffic) })),
      ...blocksOf('outbound', 'toCIDR'),
    ];
    return manifest(
      [
        ...header,
        isolation(flows, metadata.namespace),
        ...(hasDns ? ['The first rule keeps the DNS of the cluster open. dns=none leaves it out.'] : []),
        ...(names.length > 0 && !hasDns
          ? ['Names work only where another policy sends DNS through the proxy of Cilium.']
          : []),
        ...(names.some(({ isWildcard }) => isWildcard)
          ? ['A star stands for one label here: *.a.com lets b.a.com through, and c.b.a.com not.']
          : []),
      ],
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata,
        spec: {
          endpointSelector: {},
          ...(flows.includes('outbound') ? { egress } : {}),
          ...(flows.includes('inbound') ? { ingress: blocksOf('inbound', 'fromCIDR') } : {}),
        },
      },
    );
  },
};

function selector(rule: NameRule): object {
  return rule.isWildcard ? { matchPattern: writtenName(rule) } : { matchName: rule.name };
}

/** The first port is text, and the last a number. */
function toPorts({ protocol, from, to }: Traffic): object[] {
  return [{ ports: [{ port: String(from), ...(to > from ? { endPort: to } : {}), protocol: protocol.toUpperCase() }] }];
}
