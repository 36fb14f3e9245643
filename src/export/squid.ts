import { commented } from './comment.js';
import { apart } from './covered.js';
import type { Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { addressText, byTraffic, compareTraffic, portText, type AddressRule, type NameRule } from './rule.js';
import { label, plainLabel } from './text.js';

/** What stands behind an address. */
const BEHIND = plainLabel(200);

/** A name of an ACL has at most 63 characters. */
const LONGEST_NAME = 63 - '-65534-65535-addresses'.length;

/**
 * ACLs for each range of ports, and rules that allow them, to be included in a squid.conf. Names and addresses are never
 * crossed with ports: each range has ACLs of its own.
 * Source: squid.conf.documented, "acl" and "http_access".
 */
export const squid: Exporter = {
  id: 'squid',
  title: 'Squid',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conf',
  kind: 'configuration',
  supports: {
    names: true,
    // As expressions. In dstdomain, .x would reach x itself, too.
    wildcards: 'below',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound'],
    protocols: ['tcp'],
    ports: true,
  },
  limits: [{ of: 'characters of the name of an ACL', most: 63 }],
  options: [
    nameOption(LONGEST_NAME),
    {
      name: 'clients',
      type: 'text',
      pattern: /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
      default: 'all',
      description: 'The ACL of yours that says who may use the proxy, such as localnet; all is there in every Squid.',
    },
  ],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const ranges = byTraffic([...rules.names, ...rules.addresses].sort(compareTraffic));
    return [
      ...commented(header, '#'),
      '',
      '# Include it in squid.conf after what you deny in any case, and before http_access deny all.',
      '# A port other than 443 must be in your SSL_ports, too, for clients that tunnel to it.',
      // Otherwise a client that asks for an address passes where whoever owns the address says that it is such a name.
      '# With -n, a name is what the client asks for, and never what an address is said to be called.',
      ...ranges.flatMap(({ traffic, rules: own }) => {
        const acl = `${options.text('name')}-${portText(traffic)}`;
        const names = own.filter((rule): rule is NameRule => 'name' in rule);
        const { covering, covered } = apart(own.filter((rule): rule is AddressRule => 'cidr' in rule));
        const kinds = {
          names: names.filter(({ isWildcard }) => !isWildcard).map(({ name }) => `dstdomain -n ${name}`),
          below: names.filter(({ isWildcard }) => isWildcard).map(({ name }) => `dstdom_regex -n -i ${below(name)}`),
          addresses: covering.map(destination),
        };
        const written = Object.entries(kinds).filter(([, lines]) => lines.length > 0);
        return [
          `acl ${acl} port ${portText(traffic)}`,
          ...written.flatMap(([kind, lines]) => lines.map((line) => `acl ${acl}-${kind} ${line}`)),
          // In the ACL they would be ignored, with a warning.
          ...covered.map(({ rule, by }) => `# ${by} has ${destination(rule)}`),
          ...written.map(([kind]) => `http_access allow ${options.text('clients')} ${acl} ${acl}-${kind}`),
        ];
      }),
      '',
    ].join('\n');
  },
};

/** Every name below one, as a POSIX extended regular expression. */
function below(name: string): string {
  return String.raw`^.+\.${name.replaceAll('.', String.raw`\.`)}$`;
}

function destination({ cidr, labels }: AddressRule): string {
  const behind = label(labels.join(', '), BEHIND);
  return `dst ${addressText(cidr)}${behind === '' ? '' : ` # ${behind}`}`;
}
