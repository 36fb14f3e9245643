import { commented } from './comment.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { addressText, portText, trafficKey, writtenName, type AddressRule, type NameRule } from './rule.js';
import { stableNumbers } from './stable-number.js';
import { label, plainLabel } from './text.js';

const MESSAGE = plainLabel(200);

/** What a rule group of AWS Network Firewall holds. */
const RULES = 30_000;
const BYTES = 2_000_000;

/** How many numbers there are to be had above the first. */
const NUMBERS = 100_000_000;

/** What has to be so around the rules, for a person who loads them. */
const ADVICE = [
  'For strict order, with the default action drop established: a name is seen only after the connection is open.',
  'A name is that of the TLS server name, or of the HTTP host. HOME_NET is to hold the installed hosts.',
];

/**
 * Rules for Suricata that let pass, one a line: as a file, or as the rules string of a stateful rule group of AWS
 * Network Firewall, `aws network-firewall create-rule-group --type STATEFUL --rules file://…`. Names are seen in TLS and
 * HTTP; what is neither, on the port of a name, is not let through.
 * Source: Suricata User Guide, rules; AWS Network Firewall Developer Guide, quotas.
 */
export const suricata: Exporter = {
  id: 'suricata',
  title: 'Suricata rules, for AWS Network Firewall too',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'rules',
  kind: 'configuration',
  supports: {
    names: true,
    namesOver: ['tcp'],
    wildcards: 'below',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound'],
    ports: true,
  },
  limits: [
    { of: 'rules of a rule group', most: RULES },
    { of: 'bytes of a rule group', most: BYTES },
  ],
  options: [
    {
      name: 'sid',
      type: 'whole-number',
      least: 1_000_000,
      most: 900_000_000,
      default: 100_000_000,
      description: `The first signature id. A rule has one of the ${NUMBERS} from there on, which is made of what the rule says.`,
    },
  ],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const lines = [...rules.names.flatMap(nameLines), ...rules.addresses.map(addressLine)];
    const sids = stableNumbers(
      lines.map(({ of }) => of),
      options.number('sid'),
      NUMBERS,
    );
    const body = [
      ...commented([...header, ...ADVICE], '#'),
      ...lines.map(({ of, text }) => `${text} sid:${sids.get(of)!}; rev:1;)`),
      '',
    ].join('\n');
    refuseExcess('rules', lines.length, RULES);
    refuseExcess('bytes', body.length, BYTES);
    return body;
  },
};

/** A rule without its number, and what the number is made of. */
interface Line {
  readonly of: string;
  readonly text: string;
}

/** TLS names the server as the client wrote it; the host of HTTP is in lower case by then. */
const SEEN = [
  { protocol: 'tls', buffer: 'tls.sni', anyCase: ' nocase;' },
  { protocol: 'http', buffer: 'http.host', anyCase: '' },
] as const;

function nameLines(rule: NameRule): Line[] {
  const written = writtenName(rule);
  // What ends in the name with a dot before it is below it.
  const content = rule.isWildcard
    ? `content:".${rule.name}"; endswith;`
    : `content:"${rule.name}"; startswith; endswith;`;
  return SEEN.map(({ protocol, buffer, anyCase }) => ({
    of: `${protocol} ${trafficKey(rule)} ${written}`,
    text:
      `pass ${protocol} $HOME_NET any -> any ${portText(rule, ':')} ` +
      `(msg:"gatepost ${written}"; flow:to_server,established; ${buffer}; ${content}${anyCase}`,
  }));
}

function addressLine(rule: AddressRule): Line {
  const message = label(`gatepost ${rule.labels.join(', ')}`, MESSAGE);
  return {
    of: `${trafficKey(rule)} ${rule.cidr}`,
    text:
      `pass ${rule.protocol} $HOME_NET any -> ${addressText(rule.cidr)} ${portText(rule, ':')} ` +
      `(msg:"${message}"; flow:to_server;`,
  };
}

function refuseExcess(what: string, count: number, most: number): void {
  if (count <= most) return;
  throw new ExportRefusal(
    `A rule group has at most ${most} ${what}, and this would be ${count}. Ask for a part of it, with fewer tasks for example.`,
  );
}
