import type { Catalog, Direction, Need, PortRange } from '../../src/model/catalog.js';
import type { Requirement } from '../../src/model/requirement.js';
import { seen, seenOfCommonMark } from './plain-text.js';

/** What the rows of a table have to say of requirements, as its reader tells it. */
export function tableToldOf(requirements: readonly Requirement[], catalog: Catalog, id: string): string[] {
  return id === 'csv' ? requirements.flatMap(csvTold) : needsTold(requirements, catalog);
}

/** One for each requirement, host, port and address. */
function csvTold({ ref, need, endpoint, ports, addresses, description }: Requirement): string[] {
  const names = [...endpoint.hosts, ...endpoint.companions.flatMap(({ hosts }) => hosts)];
  const general = addresses.some(({ host }) => host === 'general') ? ['general'] : [];
  return [...(names.length === 0 ? [''] : names), ...general].flatMap((name) =>
    ports.flatMap(({ protocol, from, to }) => {
      const known = addresses.filter(({ host }) => host === name).map(({ cidr, status }) => `${cidr} ${status}`);
      return (known.length === 0 ? [' unresolved'] : known).map((address) =>
        [ref, need, name, `${protocol} ${from}-${to}`, address, seenOfCommonMark(description)].join(' | '),
      );
    }),
  );
}

const NEEDS: Readonly<Record<Need, string>> = {
  required: 'Required',
  conditional: 'Conditional',
  'not-required': 'Not Required',
};

/**
 * One for each cell that says whether something is needed: under which heading, for which task where the section's tasks
 * differ, of what, in which mode. What two rows say alike is said once.
 */
function needsTold(requirements: readonly Requirement[], catalog: Catalog): string[] {
  const told = requirements.map((one) => ({
    task: seen(catalog.tasks.find(({ name }) => name === one.task)!.title),
    name: one.task,
    heading: headingOf(one),
    isNetwork: one.endpoint.kind === 'zone',
    text: [
      farSideOf(one),
      `${seen(catalog.modes.find(({ name }) => name === one.mode)!.title)}: ${NEEDS[one.need]}`,
      seenOfCommonMark(one.description),
    ].join(' | '),
  }));
  const all = [...Map.groupBy(told, ({ heading, isNetwork }) => JSON.stringify([heading, isNetwork])).values()].flatMap(
    (part) => {
      const texts = [...Map.groupBy(part, ({ name }) => name).values()].map((of) =>
        JSON.stringify([...new Set(of.map(({ text }) => text))].toSorted()),
      );
      const hasTasks = new Set(texts).size > 1;
      return part.map((one) => needTold(one.heading, hasTasks ? one.task : '', one.text));
    },
  );
  return [...new Set(all)];
}

export function needTold(heading: string, task: string, text: string): string {
  return `${heading} | ${task} | ${text}`;
}

function headingOf({ source }: Requirement): string {
  return seen(source.section ?? source.document ?? 'Requirements');
}

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  outbound: 'outbound',
  inbound: 'inbound',
  bidirectional: 'inbound/outbound',
};

function farSideOf({ endpoint, ports, direction }: Requirement): string {
  const range = ({ from, to }: PortRange) => (from === to ? `${from}` : `${from}-${to}`);
  if (endpoint.kind === 'zone') {
    const shown = ports.map((port) => `${port.protocol.toUpperCase()} ${range(port)}`);
    return [seen(endpoint.title), DIRECTIONS[direction], shown.join(', ')].join(' | ');
  }
  const portsOf = (protocol: 'tcp' | 'udp', before: string) => {
    const stated = ports.filter((port) => port.protocol === protocol && port.basis === 'stated').map(range);
    if (stated.length === 0) return [];
    return [`${before}${/^\d+$/.test(stated.join()) ? 'port' : 'ports'} ${stated.join(', ')}`];
  };
  const way = direction === 'outbound' ? [] : [DIRECTIONS[direction]];
  const aside = [...portsOf('tcp', ''), ...portsOf('udp', 'UDP '), ...way].join(', ');
  return seen(endpoint.title) + (aside === '' ? '' : ` (${aside})`);
}
