import { AWS_PREFIX_LISTS } from './aws-prefix-list.js';
import { awsSecurityGroup } from './aws-security-group.js';
import { azureNsg } from './azure-nsg.js';
import { cilium } from './cilium.js';
import { ciscoAsa } from './cisco-asa.js';
import { csv } from './csv.js';
import { dnsmasqNftset } from './dnsmasq-nftset.js';
import type { Exporter } from './exporter.js';
import { firewalld } from './firewalld.js';
import { fortigate } from './fortigate.js';
import { gcpFirewall } from './gcp-firewall.js';
import { hostPreflight } from './host-preflight.js';
import { html } from './html.js';
import { ipset } from './ipset.js';
import { ip6tables, iptables } from './iptables.js';
import { juniperSrx } from './juniper-srx.js';
import { k8sNetworkPolicy } from './k8s-networkpolicy.js';
import { LISTS } from './lists.js';
import { markdown } from './markdown.js';
import { mikrotik } from './mikrotik.js';
import { nftables } from './nftables.js';
import { pac } from './pac.js';
import { shellCheck } from './shell-check.js';
import { squid } from './squid.js';
import { suricata } from './suricata.js';
import { terraformAws } from './terraform-aws.js';
import { windowsPowershell } from './windows-powershell.js';

/**
 * Every format that there is. To add one: write its file, add its line, run the tests with --update, and read the
 * golden files.
 */
export const FORMATS: readonly Exporter[] = [
  ...LISTS,
  csv,
  markdown,
  html,
  nftables,
  iptables,
  ip6tables,
  ipset,
  firewalld,
  squid,
  dnsmasqNftset,
  pac,
  suricata,
  terraformAws,
  ...AWS_PREFIX_LISTS,
  awsSecurityGroup,
  azureNsg,
  gcpFirewall,
  k8sNetworkPolicy,
  cilium,
  shellCheck,
  hostPreflight,
  fortigate,
  ciscoAsa,
  juniperSrx,
  mikrotik,
  windowsPowershell,
];

const byId = new Map(FORMATS.map((exporter) => [exporter.id, exporter]));
if (byId.size !== FORMATS.length) throw new TypeError('two formats have one id');

export function formatOf(id: string): Exporter | undefined {
  return byId.get(id);
}
