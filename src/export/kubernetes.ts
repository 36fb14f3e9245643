import { ExportRefusal, type ExportLimit } from './exporter.js';
import type { OptionValues, TextOption } from './option.js';
import type { Flow } from './rule.js';
import { yamlFile } from './yaml-file.js';

/** What etcd takes in one request. */
const MOST_BYTES = 1_572_864;

export const OBJECT_LIMIT: ExportLimit = { of: 'bytes of an object, by default of etcd', most: MOST_BYTES };

export const NAME_OPTION: TextOption = {
  name: 'name',
  type: 'text',
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  default: 'gatepost',
  description: 'The name of the objects that are made, or what their names begin with.',
};

/** Of an object's name, and its namespace. */
export const OBJECT_OPTIONS: readonly TextOption[] = [
  NAME_OPTION,
  {
    name: 'namespace',
    type: 'text',
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    default: 'default',
    description: 'The namespace of the pods that the policy is for: all of them.',
  },
];

export const DNS_OPTION: TextOption = {
  name: 'dns',
  type: 'text',
  pattern: /^(?:kube-dns|none)$/,
  default: 'kube-dns',
  description:
    'Whose DNS stays open to pods whose outbound traffic is closed: kube-dns, the pods with that label in ' +
    'kube-system, or none, where the DNS of the cluster is elsewhere and another policy opens it.',
};

export function metadataOf(options: OptionValues): { readonly name: string; readonly namespace: string } {
  return { name: options.text('name'), namespace: options.text('namespace') };
}

/**
 * One object as YAML, after comments.
 *
 * @throws ExportRefusal where the object is more than a cluster takes.
 */
export function manifest(comments: readonly string[], object: object): string {
  // Comments are not a part of it, and everything else is ASCII.
  const bytes = JSON.stringify(object).length;
  if (bytes > MOST_BYTES) {
    throw new ExportRefusal(
      `A cluster takes an object of ${MOST_BYTES} bytes at most, and this one has ${bytes}. ` +
        'Select less, such as one task or one mode, or join addresses with aggregate=true.',
    );
  }
  return yamlFile(comments, object);
}

/**
 * Where a policy has no rule, there is no policy: one without rules would close what nobody asked to close. The list
 * is empty, and changes nothing.
 */
export function noPolicy(header: readonly string[]): string {
  return manifest([...header, 'A policy without rules would close the pods off. So this is none.'], {
    apiVersion: 'v1',
    kind: 'List',
    items: [],
  });
}

/** What it means for the pods that there is a policy. */
export function isolation(flows: readonly Flow[], namespace: string): string {
  const way = { outbound: 'send', inbound: 'get' };
  const traffic = flows.map((flow) => way[flow]).join(' or ');
  return (
    `This policy isolates every pod of the namespace ${namespace}: what they ${traffic} is dropped, ` +
    'from and to pods of the cluster too, unless this policy or another allows it.'
  );
}
