import type { Exporter } from './exporter.js';
import { dnsmasqNftset } from './dnsmasq-nftset.js';
import { firewalld } from './firewalld.js';
import { ip6tables, iptables } from './iptables.js';
import { ipset } from './ipset.js';
import { LISTS } from './lists.js';
import { nftables } from './nftables.js';
import { squid } from './squid.js';

/**
 * Every format that there is. To add one: write its file, add its line, run the tests with --update, and read the
 * golden files.
 */
export const FORMATS: readonly Exporter[] = [
  ...LISTS,
  nftables,
  iptables,
  ip6tables,
  ipset,
  squid,
  dnsmasqNftset,
  firewalld,
];

const byId = new Map(FORMATS.map((exporter) => [exporter.id, exporter]));
if (byId.size !== FORMATS.length) throw new TypeError('two formats have one id');

export function formatOf(id: string): Exporter | undefined {
  return byId.get(id);
}
