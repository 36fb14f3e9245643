import { commented } from './comment.js';
import type { Exporter, ExportSource } from './exporter.js';
import { addressText, writtenName } from './rule.js';
import type { Supports } from './supports.js';
import { label, plainLabel } from './text.js';

const ADDRESSES: Supports = {
  names: false,
  wildcards: 'none',
  families: ['ipv4', 'ipv6'],
  flows: ['outbound'],
  ports: false,
};

/** A list of addresses: one a line, in address order. */
function addressList(
  id: string,
  title: string,
  more: Partial<Pick<Exporter, 'limits'>> & {
    readonly comment?: string;
    readonly trailing?: (text: string) => string;
  } = {},
): Exporter {
  const { comment, trailing = () => '', limits = [] } = more;
  return {
    id,
    title,
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    kind: 'list',
    supports: ADDRESSES,
    limits,
    options: [],
    canBeEmpty: false,
    render({ rules, header }: ExportSource) {
      const entries = rules.addresses.map(({ cidr, labels }) => `${addressText(cidr)}${trailing(labels.join(', '))}`);
      return `${[...(comment === undefined ? [] : commented(header, comment)), ...entries].join('\n')}\n`;
    },
  };
}

/** What stands behind an entry of PAN-OS, after a space. */
const BEHIND = plainLabel(200);

/** PAN-OS knows no comment on a line of its own. */
const panosIp = addressList('panos-ip', 'PAN-OS external dynamic list of IP addresses', {
  limits: [{ of: 'entries, on the smallest models', most: 50_000 }],
  trailing: (text) => {
    const shown = label(text, BEHIND);
    return shown === '' ? '' : ` ${shown}`;
  },
});

const panosUrl: Exporter = {
  id: 'panos-url',
  title: 'PAN-OS external dynamic list of URLs',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  kind: 'list',
  supports: { names: true, wildcards: 'below', families: [], flows: ['outbound'], ports: false },
  limits: [{ of: 'entries, on the smallest models', most: 50_000 }],
  options: [],
  canBeEmpty: false,
  // Without the slash, older releases take example.com for example.com.* as well.
  render: ({ rules }) => `${rules.names.map((rule) => `${writtenName(rule)}/`).join('\n')}\n`,
};

/** The lists that firewalls poll. */
export const LISTS: readonly Exporter[] = [
  panosIp,
  panosUrl,
  addressList('fortigate-ip', 'FortiGate external resource of IP addresses', {
    comment: '#',
    limits: [{ of: 'entries, before 7.4.4', most: 128_000 }],
  }),
  addressList('pf-table', 'pf table file, or URL table of pfSense and OPNsense', { comment: '#' }),
  addressList('haproxy-list', 'HAProxy pattern file of addresses', { comment: '#' }),
  addressList('plain', 'a plain list of addresses'),
];
