import { AWS_PREFIX_LISTS } from './aws-prefix-list.js';
import { awsSecurityGroup } from './aws-security-group.js';
import { azureNsg } from './azure-nsg.js';
import type { Exporter } from './exporter.js';
import { gcpFirewall } from './gcp-firewall.js';
import { LISTS } from './lists.js';
import { nftables } from './nftables.js';
import { suricata } from './suricata.js';
import { terraformAws } from './terraform-aws.js';

/**
 * Every format that there is. To add one: write its file, add its line, run the tests with --update, and read the
 * golden files.
 */
export const FORMATS: readonly Exporter[] = [
  ...LISTS,
  nftables,
  terraformAws,
  ...AWS_PREFIX_LISTS,
  awsSecurityGroup,
  suricata,
  azureNsg,
  gcpFirewall,
];

const byId = new Map(FORMATS.map((exporter) => [exporter.id, exporter]));
if (byId.size !== FORMATS.length) throw new TypeError('two formats have one id');

export function formatOf(id: string): Exporter | undefined {
  return byId.get(id);
}
