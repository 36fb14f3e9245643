import { compareInstants } from '../model/canonical.js';
import type { CatalogEndpoint, Dated } from '../model/catalog.js';
import type { AuthoredCatalog, AuthoredDates, AuthoredEndpoint, AuthoredHost, AuthoredRow } from './authored.js';
import type { PathPart } from './fault.js';

/** Something with dates, as written, and what of its endpoint's holds for it too. */
export interface DatesThere {
  readonly path: readonly PathPart[];
  readonly dates: AuthoredDates;
  /** The dates of the endpoint of a row or host. */
  readonly around: AuthoredDates;
}

const NONE: AuthoredDates = {};

/** Everything that may have dates: endpoints, each with its hosts, then rows. */
export function datesIn({ endpoints, requirements }: AuthoredCatalog): DatesThere[] {
  return [
    ...Object.entries(endpoints).flatMap(([name, endpoint]) => [
      { path: ['endpoints', name], dates: endpoint, around: NONE },
      ...(endpoint.hosts ?? []).flatMap((host, i) =>
        typeof host === 'string' ? [] : [{ path: ['endpoints', name, 'hosts', i], dates: host, around: endpoint }],
      ),
    ]),
    ...requirements.map((row, i) => ({ path: ['requirements', i], dates: row, around: datesAround(endpoints, row) })),
  ];
}

/** The dates of the endpoint that a row names. */
export function datesAround(endpoints: AuthoredCatalog['endpoints'], row: AuthoredRow): AuthoredDates {
  return row.endpoint !== undefined && Object.hasOwn(endpoints, row.endpoint) ? endpoints[row.endpoint]! : NONE;
}

/** A date as its start in UTC, an instant in UTC; without fractions of a second where there are none. */
export function instantOf(moment: string | undefined): string | null {
  return moment === undefined ? null : new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** Dates within those of an endpoint: the later beginning and the earlier end; its announcement, where there is no own. */
export function datesWithin(own: AuthoredDates, around: AuthoredDates = NONE): Dated {
  return {
    from: pick('last', own.from, around.from),
    until: pick('first', own.until, around.until),
    announcement: own.announcement ?? around.announcement ?? null,
  };
}

function pick(which: 'first' | 'last', ...moments: readonly (string | undefined)[]): string | null {
  const inOrder = moments.flatMap((moment) => instantOf(moment) ?? []).sort(compareInstants);
  return inOrder.at(which === 'first' ? 0 : -1) ?? null;
}

/** The name of a host, with dates or without. */
export function hostName(host: AuthoredHost): string {
  return typeof host === 'string' ? host : host.host;
}

/** The hosts of a service: those that are only announced stand in `dated` alone. */
export function hostsOf({ hosts = [], announcement }: AuthoredEndpoint): {
  readonly hosts: readonly string[];
  readonly dated?: NonNullable<CatalogEndpoint['dated']>;
} {
  const dated = hosts.map((host) => ({
    host: hostName(host),
    ...(typeof host === 'string' ? datesWithin(NONE) : datesWithin({ ...(announcement && { announcement }), ...host })),
  }));
  const isDated = dated.some(({ from, until }) => from !== null || until !== null);
  return { hosts: dated.filter(({ from }) => from === null).map(({ host }) => host), ...(isDated ? { dated } : {}) };
}
