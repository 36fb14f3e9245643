import type { Catalog, CatalogEndpoint, Dated } from '../model/catalog.js';
import { catalogAt, nextCatalogDate } from '../model/catalog-at.js';

/** Dates and announcements that are legal but likely a mistake, or have done what they were for. */
export function datedDoubts(catalog: Catalog, now: Date): string[] {
  const dated = [
    ...catalog.rows.flatMap(({ name, dated }) => (dated === undefined ? [] : [{ what: `"${name}"`, dated }])),
    ...catalog.endpoints.flatMap(({ name, dated = [] }) =>
      dated.map((host) => ({ what: `"${host.host}" of "${name}"`, dated: host as Dated })),
    ),
  ];
  const named = new Set(dated.map((one) => one.dated.announcement));
  const unnamed = (catalog.announcements ?? []).filter(({ name }) => !named.has(name));
  const untold = (catalog.announcements ?? []).filter(({ announced }) => Date.parse(announced) > now.getTime());
  const sentences = [
    ...unnamed.map(({ name }) => `The announcement "${name}" is of nothing that has a date.`),
    ...untold.map(({ name, announced }) => `The announcement "${name}" is of ${announced}, which is yet to come.`),
    ...dated.flatMap(({ what, dated: { from, until } }) => [
      ...(isPast(until, now) ? [`${what} ended on ${until}: it can be taken out.`] : []),
      ...(isPast(from, now) && !isPast(until, now)
        ? [`${what} is in force since ${from}: its "from" can be taken out.`]
        : []),
    ]),
    ...withoutHosts(catalog, now),
  ];
  return [...new Set(sentences)];
}

/** Services that are needed while none of their hosts is there, each with the first instant of that. */
function withoutHosts(catalog: Catalog, now: Date): string[] {
  const since = new Map<string, string | null>();
  let at = catalogAt(catalog, now);
  for (let instant: string | null = null; ;) {
    for (const endpoint of at.endpoints) {
      const isBare = endpoint.kind === 'service' && endpoint.hosts.length === 0 && isNeeded(at, endpoint);
      if (isBare && !since.has(endpoint.name)) since.set(endpoint.name, instant);
    }
    instant = nextCatalogDate(at);
    if (instant === null) break;
    at = catalogAt(at, new Date(instant));
  }
  return [...since].map(([name, from]) =>
    from === null
      ? `The endpoint "${name}" is needed and has no host yet.`
      : `The endpoint "${name}" is needed from ${from} on, and has no host then.`,
  );
}

function isNeeded({ rows }: Catalog, { name }: CatalogEndpoint): boolean {
  return rows.some(({ endpoint, dated }) => endpoint === name && (dated === undefined || dated.from === null));
}

function isPast(instant: string | null, now: Date): boolean {
  return instant !== null && Date.parse(instant) <= now.getTime();
}
