import { readFileSync } from 'node:fs';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { z } from 'zod';
import type { FormatCheck } from '../check.js';
import { block } from '../grammar.js';
import { asPorts, isNoPolicy, metadata, portNumber, refusalOf } from '../manifest.js';
import { yamlValue } from '../yaml.js';

const port = z.strictObject({
  protocol: z.enum(['TCP', 'UDP']),
  port: portNumber,
  endPort: portNumber.optional(),
});
const peers = z.array(z.strictObject({ ipBlock: z.strictObject({ cidr: z.string() }) })).min(1);
const ports = z.tuple([port]);
const dns = z.strictObject({
  to: z.tuple([
    z.strictObject({
      namespaceSelector: z.strictObject({
        matchLabels: z.strictObject({ 'kubernetes.io/metadata.name': z.literal('kube-system') }),
      }),
      podSelector: z.strictObject({ matchLabels: z.strictObject({ 'k8s-app': z.literal('kube-dns') }) }),
    }),
  ]),
  ports: z.tuple([
    z.strictObject({ protocol: z.literal('UDP'), port: z.literal(53) }),
    z.strictObject({ protocol: z.literal('TCP'), port: z.literal(53) }),
  ]),
});
const egress = z.tuple([dns], z.strictObject({ to: peers, ports }));
const ingress = z.array(z.strictObject({ from: peers, ports })).min(1);
/** A direction that has no rule is not closed. */
const spec = z.union([
  z.strictObject({ podSelector: z.strictObject({}), policyTypes: z.tuple([z.literal('Egress')]), egress }),
  z.strictObject({ podSelector: z.strictObject({}), policyTypes: z.tuple([z.literal('Ingress')]), ingress }),
  z.strictObject({
    podSelector: z.strictObject({}),
    policyTypes: z.tuple([z.literal('Egress'), z.literal('Ingress')]),
    egress,
    ingress,
  }),
]);
const policy = z.strictObject({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('NetworkPolicy'),
  metadata,
  spec,
});

function read(body: string | Uint8Array): string[] {
  const value = yamlValue(body);
  if (isNoPolicy(value)) return [];
  const { spec } = policy.parse(value);
  const texts = (flow: string, blocks: z.infer<typeof peers>, [one]: z.infer<typeof ports>) =>
    blocks.map(({ ipBlock }) => `${flow} ${asPorts(one)} ${block(ipBlock.cidr)}`);
  const [, ...out] = 'egress' in spec ? spec.egress : [];
  return [
    ...out.flatMap((rule) => texts('outbound', rule.to, rule.ports)),
    ...('ingress' in spec ? spec.ingress : []).flatMap((rule) => texts('inbound', rule.from, rule.ports)),
  ];
}

export const k8sNetworkPolicyCheck: FormatCheck = {
  id: 'k8s-networkpolicy',
  read,
  broken: {
    'a name for a block': (body) => body.replace(/cidr: \S+/, 'cidr: a.example.com'),
    'host bits': (body) => body.replace(/cidr: \S+/, 'cidr: 20.0.0.1/8'),
    'a port that is none': (body) => body.replace(/port: (?!53\n)\d+/, 'port: 99999'),
    'a port as text': (body) => body.replace(/port: (?!53\n)(\d+)/, 'port: "https "'),
    'a protocol that is none': (body) => body.replace('protocol: TCP', 'protocol: tcp'),
    'an unknown member': (body) => body.replace('ipBlock:', 'ipblock:'),
    'a member twice': (body) => body.replace('podSelector: {}\n', 'podSelector: {}\n  podSelector: {}\n'),
    'a rule for everything': (body) => body.replace('egress:\n', 'egress:\n  - {}\n'),
    'a closed direction without rules': (body) => body.replace('- Egress\n  egress', '- Egress\n  - Ingress\n  egress'),
    'a live line after a comment': (body) => body.replace('\n', '\nstatus: {}\n'),
    'a carriage return in a comment': (body) => body.replace('# ', '# x\rstatus: {}'),
    'another document': (body) => `${body}---\n${body}`,
    'no end': (body) => body.slice(0, -20),
  },
  tools: [
    {
      name: 'the types and validators of kubernetes-models',
      needs: [],
      refusal: (file) =>
        refusalOf(
          readFileSync(file, 'utf8'),
          NetworkPolicy,
          'kubernetes-models/networking.k8s.io/v1',
          'INetworkPolicy',
        ),
      // They know the shape, not what stands in it; an empty rule and a closed direction are right, and not asked for.
      blindTo: [
        'a name for a block',
        'host bits',
        'a port that is none',
        'a port as text',
        'a rule for everything',
        'a closed direction without rules',
      ],
    },
  ],
};
