import { cilium } from './cilium.js';
import type { Exporter } from './exporter.js';
import { hostPreflight } from './host-preflight.js';
import { k8sNetworkPolicy } from './k8s-networkpolicy.js';
import { LISTS } from './lists.js';
import { nftables } from './nftables.js';
import { pac } from './pac.js';
import { shellCheck } from './shell-check.js';

/**
 * Every format that there is. To add one: write its file, add its line, run the tests with --update, and read the
 * golden files.
 */
export const FORMATS: readonly Exporter[] = [
  ...LISTS,
  nftables,
  k8sNetworkPolicy,
  cilium,
  shellCheck,
  hostPreflight,
  pac,
];

const byId = new Map(FORMATS.map((exporter) => [exporter.id, exporter]));
if (byId.size !== FORMATS.length) throw new TypeError('two formats have one id');

export function formatOf(id: string): Exporter | undefined {
  return byId.get(id);
}
