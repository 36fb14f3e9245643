import { earliest } from './canonical.js';
import type { Catalog, CatalogEndpoint, Dated, Row } from './catalog.js';

/**
 * What a catalog is once its dates up to `now` have acted: what begins by then is in force, what ends by then is gone,
 * and an endpoint goes with the last of its rows. The same catalog where no date has come.
 *
 * In steps or at once comes to the same: `catalogAt(catalogAt(c, t1), t2)` equals `catalogAt(c, t2)` for `t2` ≥ `t1`.
 */
export function catalogAt(catalog: Catalog, now: Date): Catalog {
  const next = nextCatalogDate(catalog);
  if (next === null || !hasCome(next, now)) return catalog;
  const rows = catalog.rows.flatMap((row) => rowAt(row, now));
  const isNeeded = (endpoint: string, among: readonly Row[]) => among.some((row) => row.endpoint === endpoint);
  const endpoints = catalog.endpoints
    .filter(({ name }) => isNeeded(name, rows) || !isNeeded(name, catalog.rows))
    .map((endpoint) => endpointAt(endpoint, now));
  return { ...catalog, endpoints, rows };
}

/** The first instant at which a catalog changes by itself; `null` where it never does. */
export function nextCatalogDate(catalog: Catalog): string | null {
  const dated = [
    ...catalog.rows.flatMap((row) => row.dated ?? []),
    ...catalog.endpoints.flatMap((endpoint) => endpoint.dated ?? []),
  ];
  return earliest(dated.flatMap(({ from, until }) => [from ?? [], until ?? []].flat()));
}

/** A catalog in which every host is there already, whenever it is to come. The same one where none is announced. */
export function withAnnouncedHosts(catalog: Catalog): Catalog {
  if (catalog.endpoints.every(({ dated }) => dated === undefined)) return catalog;
  const endpoints = catalog.endpoints.map((endpoint) =>
    endpoint.dated === undefined ? endpoint : { ...endpoint, hosts: endpoint.dated.map(({ host }) => host) },
  );
  return { ...catalog, endpoints };
}

/** A catalog in which all that is announced is in force already, beside what it is to replace. The same one where nothing is. */
export function withAllAnnounced(catalog: Catalog): Catalog {
  if (catalog.rows.every(({ dated }) => (dated?.from ?? null) === null)) return withAnnouncedHosts(catalog);
  const rows = catalog.rows.map((row) =>
    row.dated === undefined ? row : { ...row, dated: { ...row.dated, from: null } },
  );
  return { ...withAnnouncedHosts(catalog), rows };
}

function rowAt(row: Row, now: Date): Row[] {
  if (row.dated === undefined) return [row];
  const { dated, ...rest } = row;
  return datesAt(dated, now).map((left) => (hasDates(left) ? { ...rest, dated: left } : rest));
}

function endpointAt(endpoint: CatalogEndpoint, now: Date): CatalogEndpoint {
  if (endpoint.dated === undefined) return endpoint;
  const { dated, ...rest } = endpoint;
  const left = dated.flatMap((host) => datesAt(host, now));
  const hosts = left.filter(({ from }) => from === null).map(({ host }) => host);
  return { ...rest, hosts, ...(left.some(hasDates) ? { dated: left } : {}) };
}

/** What is left of dates; nothing of what has ended. */
function datesAt<D extends Dated>(dated: D, now: Date): D[] {
  const { from, until } = dated;
  if (until !== null && hasCome(until, now)) return [];
  return [from !== null && hasCome(from, now) ? { ...dated, from: null } : dated];
}

function hasDates({ from, until }: Dated): boolean {
  return from !== null || until !== null;
}

function hasCome(instant: string, now: Date): boolean {
  return Date.parse(instant) <= now.getTime();
}
