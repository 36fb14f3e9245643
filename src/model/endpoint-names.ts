import { canonicalJson, compareText } from './canonical.js';
import type { CatalogEndpoint, Dated } from './catalog.js';
import { namesOf } from './requirement.js';

/** A DNS name or wildcard of an endpoint: its own, or a companion's. */
export interface EndpointName {
  readonly name: string;
  readonly endpoint: string;
  /** `null` for a name of its own. */
  readonly companionOf: string | null;
  /** Who says that it is a companion, and why. */
  readonly companions: readonly { readonly document: string | null; readonly why: string }[];
  readonly dated: Dated | null;
}

/** The names of an endpoint, each once, in the order of text; those that are only announced are among them. */
export function endpointNames(endpoint: CatalogEndpoint): EndpointName[] {
  const { hosts, companions, dated = [] } = endpoint;
  const dates = new Map(
    dated.map(({ host, from, until, announcement }) => [
      host,
      from === null && until === null ? null : { from, until, announcement },
    ]),
  );
  return [...new Set([...namesOf(endpoint), ...dates.keys()])].sort(compareText).map((name) => {
    const groups = companions.filter((companion) => companion.hosts.includes(name));
    return {
      name,
      endpoint: endpoint.name,
      companionOf: groups.length > 0 && !hosts.includes(name) ? endpoint.name : null,
      companions: groups
        .map(({ document, why }) => ({ document, why }))
        .sort((a, b) => compareText(canonicalJson(a), canonicalJson(b))),
      dated: dates.get(name) ?? null,
    };
  });
}
