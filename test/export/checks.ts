import type { FormatCheck } from './check.js';
import { AWS_PREFIX_LIST_CHECKS } from './checks/aws-prefix-list.js';
import { awsSecurityGroupCheck } from './checks/aws-security-group.js';
import { azureNsgCheck } from './checks/azure-nsg.js';
import { gcpFirewallCheck } from './checks/gcp-firewall.js';
import { LIST_CHECKS } from './checks/lists.js';
import { nftablesCheck } from './checks/nftables.js';
import { suricataCheck } from './checks/suricata.js';
import { terraformAwsCheck } from './checks/terraform-aws.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [
  ...LIST_CHECKS,
  nftablesCheck,
  terraformAwsCheck,
  ...AWS_PREFIX_LIST_CHECKS,
  awsSecurityGroupCheck,
  suricataCheck,
  azureNsgCheck,
  gcpFirewallCheck,
];
