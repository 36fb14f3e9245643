import type { FormatCheck } from './check.js';
import { ciliumCheck } from './checks/cilium.js';
import { hostPreflightCheck } from './checks/host-preflight.js';
import { k8sNetworkPolicyCheck } from './checks/k8s-networkpolicy.js';
import { LIST_CHECKS } from './checks/lists.js';
import { nftablesCheck } from './checks/nftables.js';
import { pacCheck } from './checks/pac.js';
import { shellCheckCheck } from './checks/shell-check.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [
  ...LIST_CHECKS,
  nftablesCheck,
  k8sNetworkPolicyCheck,
  ciliumCheck,
  shellCheckCheck,
  hostPreflightCheck,
  pacCheck,
];
