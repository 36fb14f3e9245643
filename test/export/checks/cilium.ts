import { readFileSync } from 'node:fs';
import { CiliumNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2/CiliumNetworkPolicy';
import { z } from 'zod';
import { strange, type FormatCheck } from '../check.js';
import { block, dnsName } from '../grammar.js';
import { asPorts, isNoPolicy, metadata, portNumber, refusalOf } from '../manifest.js';
import { yamlValue } from '../yaml.js';

const toPorts = z.tuple([
  z.strictObject({
    ports: z.tuple([
      z.strictObject({
        port: z.string().regex(/^[1-9]\d{0,4}$/),
        endPort: portNumber.optional(),
        protocol: z.enum(['TCP', 'UDP']),
      }),
    ]),
  }),
]);
const dns = z.strictObject({
  toEndpoints: z.tuple([
    z.strictObject({
      matchLabels: z.strictObject({
        'k8s:io.kubernetes.pod.namespace': z.literal('kube-system'),
        'k8s:k8s-app': z.literal('kube-dns'),
      }),
    }),
  ]),
  toPorts: z.tuple([
    z.strictObject({
      ports: z.tuple([z.strictObject({ port: z.literal('53'), protocol: z.literal('ANY') })]),
      rules: z.strictObject({ dns: z.tuple([z.strictObject({ matchPattern: z.literal('*') })]) }),
    }),
  ]),
});
const selectors = z
  .array(z.union([z.strictObject({ matchName: z.string() }), z.strictObject({ matchPattern: z.string() })]))
  .min(1);
const blocks = z.array(z.string()).min(1);
const egress = z.tuple(
  [dns],
  z.union([z.strictObject({ toFQDNs: selectors, toPorts }), z.strictObject({ toCIDR: blocks, toPorts })]),
);
const ingress = z.array(z.strictObject({ fromCIDR: blocks, toPorts })).min(1);
const policy = z.strictObject({
  apiVersion: z.literal('cilium.io/v2'),
  kind: z.literal('CiliumNetworkPolicy'),
  metadata,
  spec: z.strictObject({
    endpointSelector: z.strictObject({}),
    egress: egress.optional(),
    ingress: ingress.optional(),
  }),
});

/** A name that is meant itself has no star, and a pattern has one, in front. */
function nameOf(selector: z.infer<typeof selectors>[number]): string {
  const [name, isPattern] = 'matchName' in selector ? [selector.matchName, false] : [selector.matchPattern, true];
  return name.startsWith('*.') === isPattern ? dnsName(name) : strange('a name for a pattern, or the other way', name);
}

function read(body: string | Uint8Array): string[] {
  const value = yamlValue(body);
  if (isNoPolicy(value)) return [];
  const { spec } = policy.parse(value);
  if (spec.egress === undefined && spec.ingress === undefined) strange('no rules', 'spec');
  const texts = (flow: string, far: readonly string[], [{ ports }]: z.infer<typeof toPorts>) =>
    far.map((one) => `${flow} ${asPorts(ports[0])} ${one}`);
  const [, ...out] = spec.egress ?? [];
  return [
    ...out.flatMap((rule) =>
      texts('outbound', 'toFQDNs' in rule ? rule.toFQDNs.map(nameOf) : rule.toCIDR.map(block), rule.toPorts),
    ),
    ...(spec.ingress ?? []).flatMap((rule) => texts('inbound', rule.fromCIDR.map(block), rule.toPorts)),
  ];
}

export const ciliumCheck: FormatCheck = {
  id: 'cilium',
  read,
  broken: {
    'a port as a number': (body) => body.replace(/port: "(\d+)"/, 'port: $1'),
    'a port that is none': (body) => body.replace(/port: "(?!53")\d+"/, 'port: "99999"'),
    'a block that is none': (body) => body.replace(/(toCIDR:\n {4}- )\S+/, '$120.0.0.300/32'),
    'a star in the middle': (body) => body.replace(/matchName: (\S+)/, 'matchName: a.*.$1'),
    'a pattern for a name': (body) => body.replace(/matchName: (\S+)/, 'matchPattern: $1'),
    'an unknown member': (body) => body.replace('toFQDNs:', 'toFQDN:'),
    'names and blocks in one rule': (body) =>
      body.replace('  - toFQDNs:', '  - toCIDR:\n    - 20.0.0.0/24\n    toFQDNs:'),
    'no DNS': (body) => body.replace(/ {6}rules:\n {8}dns:\n {8}- matchPattern: "\*"\n/, ''),
    'a live line after a comment': (body) => body.replace('\n', '\nstatus: {}\n'),
    'a star without quotes': (body) => body.replace(/matchPattern: "(\*\.[^"]+)"/, 'matchPattern: $1'),
    'no end': (body) => body.slice(0, -20),
  },
  tools: [
    {
      name: 'the types and validators of @kubernetes-models/cilium',
      needs: [],
      refusal: (file) =>
        refusalOf(
          readFileSync(file, 'utf8'),
          CiliumNetworkPolicy,
          '@kubernetes-models/cilium/cilium.io/v2/CiliumNetworkPolicy',
          'ICiliumNetworkPolicy',
        ),
      // What a rule means is not in its shape: two selectors at once, a pattern without a star. A policy has a status.
      blindTo: [
        'a port that is none',
        'a pattern for a name',
        'names and blocks in one rule',
        'no DNS',
        'a live line after a comment',
      ],
    },
  ],
};
