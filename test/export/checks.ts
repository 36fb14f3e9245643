import type { FormatCheck } from './check.js';
import { dnsmasqNftsetCheck } from './checks/dnsmasq-nftset.js';
import { firewalldCheck } from './checks/firewalld.js';
import { ip6tablesCheck, iptablesCheck } from './checks/iptables.js';
import { ipsetCheck } from './checks/ipset.js';
import { LIST_CHECKS } from './checks/lists.js';
import { nftablesCheck } from './checks/nftables.js';
import { squidCheck } from './checks/squid.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [
  ...LIST_CHECKS,
  nftablesCheck,
  iptablesCheck,
  ip6tablesCheck,
  ipsetCheck,
  squidCheck,
  dnsmasqNftsetCheck,
  firewalldCheck,
];
