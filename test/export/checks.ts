import type { FormatCheck } from './check.js';
import { AWS_PREFIX_LIST_CHECKS } from './checks/aws-prefix-list.js';
import { awsSecurityGroupCheck } from './checks/aws-security-group.js';
import { azureNsgCheck } from './checks/azure-nsg.js';
import { ciliumCheck } from './checks/cilium.js';
import { ciscoAsaCheck } from './checks/cisco-asa.js';
import { csvCheck } from './checks/csv.js';
import { dnsmasqNftsetCheck } from './checks/dnsmasq-nftset.js';
import { firewalldCheck } from './checks/firewalld.js';
import { fortigateCheck } from './checks/fortigate.js';
import { gcpFirewallCheck } from './checks/gcp-firewall.js';
import { hostPreflightCheck } from './checks/host-preflight.js';
import { htmlCheck } from './checks/html.js';
import { ipsetCheck } from './checks/ipset.js';
import { ip6tablesCheck, iptablesCheck } from './checks/iptables.js';
import { juniperSrxCheck } from './checks/juniper-srx.js';
import { k8sNetworkPolicyCheck } from './checks/k8s-networkpolicy.js';
import { LIST_CHECKS } from './checks/lists.js';
import { markdownCheck } from './checks/markdown.js';
import { mikrotikCheck } from './checks/mikrotik.js';
import { nftablesCheck } from './checks/nftables.js';
import { pacCheck } from './checks/pac.js';
import { shellCheckCheck } from './checks/shell-check.js';
import { squidCheck } from './checks/squid.js';
import { suricataCheck } from './checks/suricata.js';
import { terraformAwsCheck } from './checks/terraform-aws.js';
import { windowsPowershellCheck } from './checks/windows-powershell.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [
  ...LIST_CHECKS,
  csvCheck,
  markdownCheck,
  htmlCheck,
  nftablesCheck,
  iptablesCheck,
  ip6tablesCheck,
  ipsetCheck,
  firewalldCheck,
  squidCheck,
  dnsmasqNftsetCheck,
  pacCheck,
  suricataCheck,
  terraformAwsCheck,
  ...AWS_PREFIX_LIST_CHECKS,
  awsSecurityGroupCheck,
  azureNsgCheck,
  gcpFirewallCheck,
  k8sNetworkPolicyCheck,
  ciliumCheck,
  shellCheckCheck,
  hostPreflightCheck,
  fortigateCheck,
  ciscoAsaCheck,
  juniperSrxCheck,
  mikrotikCheck,
  windowsPowershellCheck,
];
