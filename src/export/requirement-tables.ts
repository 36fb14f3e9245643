import { PROTOCOLS, type Direction, type Mode, type Need, type PortRange } from '../model/catalog.js';
import type { Requirement } from '../model/requirement.js';
import { plain, readCommonMark, type Inline } from './commonmark.js';
import type { ExportSource } from './exporter.js';
import { portText } from './rule.js';

/** What stands under one heading. */
export interface TableSection {
  readonly heading: readonly Inline[];
  readonly tables: readonly RequirementTable[];
}

export interface RequirementTable {
  readonly columns: readonly (readonly Inline[])[];
  /** Each with a cell for every column. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

const NEEDS: Readonly<Record<Need, string>> = {
  required: 'Required',
  conditional: 'Conditional',
  'not-required': 'Not Required',
};
const DIRECTIONS: Readonly<Record<Direction, string>> = {
  outbound: 'outbound',
  inbound: 'inbound',
  bidirectional: 'inbound/outbound',
};

/**
 * Requirements as the vendor's document has them: its sections in the catalog's order, a column for each mode, and a
 * row once however many tasks it is for. Where the tasks of a section have different rows, these say their tasks.
 * The customer's own networks have a table of their own.
 */
export function requirementTables({ catalog, requirements }: Pick<ExportSource, 'catalog' | 'requirements'>) {
  const modes = catalog.modes.filter(({ name }) => requirements.some(({ mode }) => mode === name));
  const titles = new Map(catalog.tasks.map(({ name, title }) => [name, title]));
  const rank = (requirement: Requirement) =>
    catalog.rows.findIndex(
      ({ name, tasks, need }) =>
        name === rowName(requirement) &&
        tasks.includes(requirement.task) &&
        need.some(({ mode }) => mode === requirement.mode),
    );
  const inOrder = requirements
    .map((requirement) => ({ requirement, at: rank(requirement) }))
    .sort((a, b) => a.at - b.at)
    .map(({ requirement }) => requirement);
  const sections = Map.groupBy(inOrder, ({ source }) => JSON.stringify([source.section, source.document]));
  return [...sections.values()].map((section): TableSection => {
    const { source } = section[0]!;
    return {
      heading: plain(source.section ?? source.document ?? 'Requirements'),
      tables: [...Map.groupBy(section, isNetwork).values()].map((of) => tableOf(of, modes, titles)),
    };
  });
}

function tableOf(
  requirements: readonly Requirement[],
  modes: readonly Mode[],
  titles: ReadonlyMap<string, string>,
): RequirementTable {
  const isOfNetworks = isNetwork(requirements[0]!);
  // What a row of the catalog says for one task: its modes side by side.
  const lines = [
    ...Map.groupBy(requirements, (one) => JSON.stringify([one.task, rowName(one), partsOf(one)])).values(),
  ];
  const rows = [
    ...Map.groupBy(
      lines.map((line) => ({
        line: line[0]!,
        needs: modes.map(({ name }) => line.find(({ mode }) => mode === name)?.need),
      })),
      ({ line, needs }) => JSON.stringify([partsOf(line), needs]),
    ).values(),
  ].map((same) => ({ ...same[0]!, tasks: [...new Set(same.map(({ line }) => line.task))] }));
  const tasks = new Set(requirements.map(({ task }) => task));
  const hasTasks = rows.some((row) => row.tasks.length < tasks.size);
  const taskCell = (names: readonly string[]) =>
    names.flatMap((name, i): Inline[] => [
      ...(i === 0 ? [] : [{ kind: 'break' } as const]),
      ...plain(titles.get(name)!),
    ]);
  return {
    columns: [
      ...(hasTasks ? ['Task'] : []),
      ...(isOfNetworks ? ['Network', 'Direction', 'Ports'] : ['Host']),
      ...modes.map(({ title }) => title),
      'Description',
    ].map(plain),
    rows: rows.map(({ line, needs, tasks: names }) => {
      const { far, description } = partsOf(line);
      return [
        ...(hasTasks ? [taskCell(names)] : []),
        ...far.map(plain),
        ...needs.map((need) => plain(need === undefined ? '' : NEEDS[need])),
        readCommonMark(description),
      ];
    }),
  };
}

/** All that a row shows but its tasks and needs. */
function partsOf({ endpoint, direction, ports, description, ...rest }: Requirement) {
  const shown = ports.map(({ protocol, ...range }) => `${protocol.toUpperCase()} ${portText(range)}`).join(', ');
  if (isNetwork({ endpoint }))
    return { far: [endpoint.title, DIRECTIONS[direction], shown], description, zone: rest.zone };
  return { far: [`${endpoint.title}${asideOf(ports, direction)}`], description, zone: rest.zone };
}

/** What the document says of a host beside its name: the ports that it names, and a way that is not the usual one. */
function asideOf(ports: readonly PortRange[], direction: Direction): string {
  const stated = ports.filter(({ basis }) => basis === 'stated');
  const parts = PROTOCOLS.flatMap((protocol) => {
    const ranges = stated.filter((range) => range.protocol === protocol);
    const [first] = ranges;
    if (first === undefined) return [];
    const word = ranges.length === 1 && first.from === first.to ? 'port' : 'ports';
    return [`${protocol === 'udp' ? 'UDP ' : ''}${word} ${ranges.map((range) => portText(range)).join(', ')}`];
  });
  if (direction !== 'outbound') parts.push(DIRECTIONS[direction]);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function isNetwork({ endpoint }: Pick<Requirement, 'endpoint'>): boolean {
  return endpoint.kind === 'zone';
}

/** The last part of a ref, which is that of the catalog's row. */
function rowName({ ref }: Requirement): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
