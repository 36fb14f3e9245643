import type { Family } from '../model/cidr.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { label, plainLabel } from './text.js';

/** What EC2 takes in one call. */
const ENTRIES = 100;

/** What EC2 takes as the description of an entry. */
const DESCRIPTION = plainLabel(255);

const FAMILY_TEXT: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/**
 * The input of `aws ec2 create-managed-prefix-list --cli-input-json file://…`. A list has one family. It has room for
 * its entries and no more, because a rule that uses it counts as many as there is room for.
 * Source: Amazon EC2 API Reference, CreateManagedPrefixList; Amazon VPC User Guide, quotas.
 */
function prefixList(family: Family): Exporter {
  return {
    id: family === 'ipv4' ? 'aws-prefix-list' : 'aws-prefix-list-ipv6',
    title: `AWS managed prefix list of ${FAMILY_TEXT[family]}`,
    mediaType: 'application/json',
    extension: 'json',
    kind: 'list',
    supports: { names: false, wildcards: 'none', families: [family], flows: ['outbound'], ports: false },
    limits: [{ of: 'entries that one call takes', most: ENTRIES }],
    options: [nameOption(100)],
    canBeEmpty: false,
    render({ rules }, options) {
      const { length } = rules.addresses;
      if (length > ENTRIES) {
        throw new ExportRefusal(
          `EC2 takes ${ENTRIES} entries in one call, and this list has ${length}. ` +
            'Ask for a part of it, with fewer tasks for example, join neighbours with aggregate=true, ' +
            'or take terraform-aws, which divides it.',
        );
      }
      const input = {
        PrefixListName: `${options.text('name')}-${family}`,
        AddressFamily: FAMILY_TEXT[family],
        MaxEntries: length,
        Entries: rules.addresses.map(({ cidr, labels }) => {
          const description = label(labels.join(', '), DESCRIPTION);
          return { Cidr: cidr, ...(description === '' ? {} : { Description: description }) };
        }),
      };
      return `${JSON.stringify(input, null, 2)}\n`;
    },
  };
}

/** One for each family, because no list has both. */
export const AWS_PREFIX_LISTS: readonly Exporter[] = [prefixList('ipv4'), prefixList('ipv6')];
