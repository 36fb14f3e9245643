import {
  DEFAULT_LIMITS,
  type Alias,
  type Announcement,
  type Catalog,
  type CatalogEndpoint,
  type Dated,
  type Direction,
  type Initiator,
  type PortRange,
  type Row,
  type RowCriteria,
} from '../model/catalog.js';
import type {
  AuthoredAlias,
  AuthoredAnnouncement,
  AuthoredCatalog,
  AuthoredCriteria,
  AuthoredEndpoint,
  AuthoredRow,
  OneOrMore,
} from './authored.js';
import { INTERNET } from '../model/requirement.js';
import { datesWithin, datesAround, hostsOf, instantOf } from './dates.js';

/** Turns a catalog whose references were checked into the model's. Nothing can fail here. */
export function resolve(authored: AuthoredCatalog): Catalog {
  const documents = Object.entries(authored.documents ?? {});
  const modes = Object.keys(authored.modes);
  const tasks = Object.keys(authored.tasks);
  const announcements = Object.entries(authored.announcements ?? {});
  return {
    product: authored.product,
    title: authored.title,
    aliases: aliasesOf(authored.aliases),
    upstream:
      authored.upstream === undefined
        ? null
        : {
            url: authored.upstream.url ?? null,
            seed: authored.upstream.seed ?? null,
            limits: { ...DEFAULT_LIMITS, ...authored.upstream.limits },
          },
    documents: documents.map(([name, { title, url = null, published = null, modified = null }]) => ({
      name,
      title,
      url,
      published,
      modified,
    })),
    notes: (authored.notes ?? []).map(({ document = documents[0]?.[0] ?? '', section = null, text }) => ({
      document,
      section,
      text: text.trim(),
    })),
    promises: (authored.promises ?? []).map(({ text, never }) => ({ text: text.trim(), never: criteriaOf(never) })),
    modes: Object.entries(authored.modes).map(([name, { title, description = null, aliases }]) => ({
      name,
      title,
      description,
      aliases: aliasesOf(aliases),
    })),
    tasks: Object.entries(authored.tasks).map(
      ([name, { title, description = null, document = null, section = null, aliases }]) => ({
        name,
        title,
        description,
        document,
        section,
        aliases: aliasesOf(aliases),
      }),
    ),
    zones: Object.entries(authored.zones).map(([name, { title, description = null, external = true, aliases }]) => ({
      name,
      title,
      description,
      external,
      aliases: aliasesOf(aliases),
    })),
    endpoints: Object.entries(authored.endpoints).map(([name, endpoint]) => endpointOf(name, endpoint)),
    rows: authored.requirements.map((row) => ({
      ...rowOf(row, tasks, modes),
      ...datedOf(datesWithin(row, datesAround(authored.endpoints, row))),
    })),
    // Absent where there are none: a catalog without dates keeps the digest that it had before there were any.
    ...(announcements.length === 0 ? {} : { announcements: announcements.map(announcementOf) }),
  };
}

/** The last part of a row's refs. */
export function rowName(row: AuthoredRow): string {
  const name = row.endpoint ?? row.name ?? '';
  return row.variant === undefined ? name : `${name}-${row.variant}`;
}

export function listOf<T>(value: OneOrMore<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** A range of ports as written; `undefined` where it ends before it begins or past 65535. */
export function portsOf(value: number | string): { readonly from: number; readonly to: number } | undefined {
  const [from = NaN, to = from] = String(value).split('-').map(Number);
  return from <= to && to <= 65_535 ? { from, to } : undefined;
}

function endpointOf(name: string, endpoint: AuthoredEndpoint): CatalogEndpoint {
  const { kind, title = name, operator = null, fill = null, document = null } = endpoint;
  const { hosts, dated } = kind === 'host' || kind === 'wildcard' ? { hosts: [name] } : hostsOf(endpoint);
  return {
    name,
    kind,
    title,
    hosts,
    companions: (endpoint.companions ?? []).map(({ hosts, document = null, why }) => ({ hosts, document, why })),
    published: endpoint.addresses === 'published',
    operator,
    fill,
    document,
    aliases: aliasesOf(endpoint.aliases),
    ...(dated === undefined ? {} : { dated }),
  };
}

function datedOf(dated: Dated): Pick<Row, 'dated'> {
  return dated.from === null && dated.until === null ? {} : { dated };
}

function announcementOf([name, authored]: [string, AuthoredAnnouncement]): Announcement {
  const { title, announced, by = null, url = null } = authored;
  return { name, title, announced: instantOf(announced)!, by, url };
}

const IMPLIED: Record<Direction, Initiator> = {
  outbound: 'installed-host',
  inbound: 'far-side',
  bidirectional: 'either',
};

function rowOf(row: AuthoredRow, tasks: readonly string[], modes: readonly string[]): Row {
  const { need } = row;
  return {
    name: rowName(row),
    endpoint: row.endpoint ?? null,
    zone: row.zone ?? INTERNET,
    tasks: row.tasks === 'all' ? tasks : tasks.filter((task) => listOf(row.tasks).includes(task)),
    need: modes.flatMap((mode) => {
      if (typeof need === 'string') return [{ mode, need }];
      return Object.hasOwn(need, mode) ? [{ mode, need: need[mode]! }] : [];
    }),
    direction: row.direction,
    initiator: row.initiator ?? IMPLIED[row.direction],
    ports: row.ports.flatMap(({ tcp, udp, basis = 'stated' }): PortRange[] => [
      ...(tcp === undefined ? [] : [{ protocol: 'tcp' as const, ...portsOf(tcp)!, basis }]),
      ...(udp === undefined ? [] : [{ protocol: 'udp' as const, ...portsOf(udp)!, basis }]),
    ]),
    description: row.description.trim(),
    ifBlocked: row.ifBlocked ?? null,
    data: row.data === undefined ? null : { sends: row.data.sends ?? null, receives: row.data.receives ?? null },
    topology:
      row.topology === undefined
        ? null
        : { singleHost: row.topology['single-host'] ?? null, multiHost: row.topology['multi-host'] ?? null },
    document: row.document ?? null,
    section: row.section ?? null,
  };
}

function criteriaOf({ task, mode, need, zone, direction }: AuthoredCriteria): RowCriteria {
  const list = <T>(value: OneOrMore<T> | undefined) => (value === undefined ? null : listOf(value));
  return { task: list(task), mode: list(mode), need: list(need), zone: list(zone), direction: list(direction) };
}

function aliasesOf(aliases: readonly AuthoredAlias[] = []): Alias[] {
  return aliases.map((alias) => {
    if (typeof alias === 'string') return { name: alias, deprecated: null, sunset: null };
    return { name: alias.name, deprecated: instantOf(alias.deprecated), sunset: instantOf(alias.sunset) };
  });
}
