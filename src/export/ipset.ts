import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { FLOWS, addressText, portText, type AddressRule, type Flow } from './rule.js';
import { label, plainLabel } from './text.js';

const COMMENT = plainLabel(255);

/** A name of a set has at most 31 characters. */
const LONGEST_NAME = 31 - '-out4-new'.length;

/** Never another for the same name: a set that is there with another cannot be declared again. */
const MOST_ELEMENTS = 1_048_576;

const SIDES: Readonly<Record<Flow, { readonly suffix: string; readonly match: string }>> = {
  outbound: { suffix: 'out', match: 'dst,dst' },
  inbound: { suffix: 'in', match: 'src,dst' },
};
const SHAPES: Readonly<Record<Family, { readonly suffix: string; readonly name: string }>> = {
  ipv4: { suffix: '4', name: 'inet' },
  ipv6: { suffix: '6', name: 'inet6' },
};

/**
 * A set for each way and family, of blocks with their ports. Each is made anew beside the one in use and then put in
 * its place, so that a rule sees the old set or the new one; what is no longer needed goes, too.
 * Source: ipset(8).
 */
export const ipset: Exporter = {
  id: 'ipset',
  title: 'ipset',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'ipset',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'characters of the name of a set', most: 31 },
    { of: 'bytes of a comment', most: COMMENT.bytes },
    { of: 'elements of a set, where each port of a range is one', most: MOST_ELEMENTS },
  ],
  options: [nameOption(LONGEST_NAME)],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const sets = FLOWS.flatMap((flow) =>
      FAMILIES.map((family) => ({
        name: `${options.text('name')}-${SIDES[flow].suffix}${SHAPES[family].suffix}`,
        match: SIDES[flow].match,
        form: `hash:net,port family ${SHAPES[family].name} hashsize 1024 maxelem ${MOST_ELEMENTS} comment`,
        rules: rules.addresses.filter((rule) => rule.flow === flow && rule.family === family),
      })),
    );
    for (const set of sets) refuseTooMany(set.name, set.rules);
    return [
      ...commented(header, '#'),
      '',
      '# Load it with ipset -exist restore. It opens nothing before rules of yours accept with',
      ...sets.map(({ name, match }) => `# --match-set ${name} ${match}`),
      ...sets.flatMap(({ name, form, rules: own }) => [
        `create ${name} ${form}`,
        `create ${name}-new ${form}`,
        // It may be left of a load that failed.
        `flush ${name}-new`,
        ...own.map((rule) => `add ${name}-new ${elementOf(rule)}`),
      ]),
      // What fails to load has failed by now, and changed nothing.
      ...sets.flatMap(({ name }) => [`swap ${name}-new ${name}`, `destroy ${name}-new`]),
      '',
    ].join('\n');
  },
};

function elementOf(rule: AddressRule): string {
  const comment = label(rule.labels.join(', '), COMMENT);
  const text = `${addressText(rule.cidr)},${rule.protocol}:${portText(rule)}`;
  return comment === '' ? text : `${text} comment "${comment}"`;
}

function refuseTooMany(name: string, rules: readonly AddressRule[]): void {
  const count = rules.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (count <= MOST_ELEMENTS) return;
  throw new ExportRefusal(
    `The set ${name} would have ${count} elements, and can have ${MOST_ELEMENTS}: each port of a range is one. ` +
      'Narrow the selection, or take nftables, where a range is one element.',
  );
}
