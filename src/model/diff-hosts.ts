import { hostsIn } from './address.js';
import { canonicalJson, compareText, plainJson } from './canonical.js';
import type { Catalog } from './catalog.js';
import type { Difference } from './change.js';
import { endingSaid, passageOf, type Said } from './diff-dated.js';
import { difference } from './difference.js';
import { endpointNames, type EndpointName } from './endpoint-names.js';
import type { NameActions } from './name-actions.js';

/** The names that differ of endpoints that stay: by endpoint, then by name; of each endpoint those that are gone last. */
export function nameDifferences(
  before: Catalog,
  after: Catalog,
  said: Said,
  actions: NameActions,
  at: string,
): Difference[] {
  return pairsOf(before, after).flatMap(([was, is]): Difference[] => {
    const host = (is ?? was)?.name ?? null;
    const told = { subject: 'host', host, previous: plainJson(was ?? null), current: plainJson(is ?? null) } as const;
    const passage = passageOf(was, is, said, at);
    if (passage !== undefined) {
      const { act, actBy, ...facts } = passage;
      const opens = act === 'open' && is !== undefined && actions.opening(is, actBy);
      const closes = act === 'close' && was !== undefined && actions.closing(was);
      return [difference({ ...told, ...facts, ...(opens || closes) })];
    }
    if (was === undefined || is === undefined || canonicalJson(told.previous) === canonicalJson(told.current))
      return [];
    const { reason = 'text', effectiveFrom = null } = endingSaid(was, is) ?? {};
    return [difference({ ...told, reason, effectiveFrom })];
  });
}

/** The names of the upstream list that came, then those that went. */
export function listedDifferences(before: readonly string[], after: readonly string[]): Difference[] {
  const [had, has] = [new Set(hostsIn(before)), new Set(hostsIn(after))];
  const told = (name: string) => ({ name, listed: true });
  return [
    ...[...has.difference(had)]
      .sort(compareText)
      .map((host) => difference({ subject: 'host', reason: 'new', host, previous: null, current: told(host) })),
    ...[...had.difference(has)]
      .sort(compareText)
      .map((host) => difference({ subject: 'host', reason: 'delisted', host, previous: told(host), current: null })),
  ];
}

/** The names of each endpoint that both catalogs have, those of one beside those of the other. */
function pairsOf(before: Catalog, after: Catalog): (readonly [EndpointName | undefined, EndpointName | undefined])[] {
  const endpoints = new Map(before.endpoints.map((endpoint) => [endpoint.name, endpoint]));
  return after.endpoints
    .toSorted((a, b) => compareText(a.name, b.name))
    .flatMap((endpoint) => {
      const earlier = endpoints.get(endpoint.name);
      if (earlier === undefined) return [];
      const had = byName(earlier);
      const has = byName(endpoint);
      return [...new Set([...has.keys(), ...had.keys()])].map((name) => [had.get(name), has.get(name)] as const);
    });
}

function byName(endpoint: Catalog['endpoints'][number]): ReadonlyMap<string, EndpointName> {
  return new Map(endpointNames(endpoint).map((name) => [name.name, name]));
}
