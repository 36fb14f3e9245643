import { GENERAL } from '../model/address.js';
import type { Json } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import type { Change } from '../model/change.js';
import { withAnnouncedHosts } from '../model/catalog-at.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
import { choose } from '../model/select.js';
import type { Selection } from '../model/selection.js';

/** What of one catalog a selection chooses, addresses aside. */
export interface Chosen {
  /** In effect and announced. */
  readonly refs: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  /** Those of what is chosen. */
  readonly announcements: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly modes: ReadonlySet<string>;
  /** The hosts whose addresses the answer has. */
  readonly hosts: ReadonlySet<string>;
  /** The ports of each ref, as JSON. */
  readonly portsByRef: ReadonlyMap<string, string>;
  /** The endpoints that have the addresses of `general`, as JSON. */
  readonly general: string;
  /** All else, as JSON: equal text, equal answer. */
  readonly text: string;
}

/** What of a catalog a selection chooses. */
export function chosenIn(catalog: Catalog, selection: Selection): Chosen {
  const inEffect = choose(requirementsOf(catalog), selection);
  const later = catalog.rows.filter((row) => (row.dated?.from ?? null) !== null);
  // Where hosts are only announced, every row as it will be: one may be chosen by such a host alone.
  const withAll = withAnnouncedHosts(catalog);
  const announced = choose(requirementsOfRows(withAll, withAll === catalog ? later : catalog.rows), selection);
  const all = [...inEffect, ...announced];
  const named = (of: (requirement: Requirement) => string) => new Set(all.map(of));
  const names = named(({ endpoint }) => endpoint.name);
  const endpoints = catalog.endpoints.filter(({ name }) => names.has(name));
  const [tasks, modes] = [named(({ task }) => task), named(({ mode }) => mode)];
  const published = endpoints.filter((endpoint) => endpoint.published).map(({ name }) => name);
  const dated = catalog.rows.filter(
    (row) => row.dated !== undefined && all.some(({ ref }) => ref.endsWith(`/${row.name}`)),
  );
  const datedHosts = endpoints.flatMap((endpoint) => endpoint.dated ?? []);
  const told = new Set([...dated.map((row) => row.dated), ...datedHosts].map((dates) => dates?.announcement));
  const announcements = (catalog.announcements ?? []).filter(({ name }) => told.has(name));
  return {
    announcements: new Set(announcements.map(({ name }) => name)),
    tasks,
    modes,
    refs: named(({ ref }) => ref),
    endpoints: names,
    hosts: new Set([...endpoints.flatMap(namesOf), ...(published.length > 0 ? [GENERAL] : [])]),
    portsByRef: new Map(all.map(({ ref, ports }) => [ref, JSON.stringify(ports)])),
    general: JSON.stringify(published),
    text: JSON.stringify([
      inEffect,
      announced,
      dated,
      datedHosts,
      announcements,
      catalog.tasks.filter(({ name }) => tasks.has(name)),
      catalog.modes.filter(({ name }) => modes.has(name)),
    ]),
  };
}

/** Whether a change of the catalog is of what is chosen; of ports, `portsByRef` says it. */
export function isOf(chosen: Chosen, { subject, requirement, previous, current }: Change): boolean {
  const sides = [previous, current];
  switch (subject) {
    case 'requirement':
      return requirement !== null && chosen.refs.has(requirement);
    case 'host':
      return sides.some((side) => chosen.endpoints.has(textIn(side, 'endpoint')));
    case 'catalog':
      return sides.some(
        (side) =>
          ORDERS.some((list) => Array.isArray(memberOf(side, list))) ||
          chosen.tasks.has(textIn(memberOf(side, 'tasks'), 'name')) ||
          chosen.modes.has(textIn(memberOf(side, 'modes'), 'name')) ||
          chosen.announcements.has(textIn(memberOf(side, 'announcements'), 'name')) ||
          chosen.endpoints.has(textIn(memberOf(side, 'endpoints'), 'name')),
      );
    case 'port':
    case 'address':
      break;
  }
  return false;
}

/** The lists of a catalog whose order is told, as all of their names. */
const ORDERS = ['tasks', 'modes', 'rows'] as const;

function memberOf(value: Json, name: string): Json {
  const found: unknown = value === null ? null : Reflect.get(Object(value), name);
  return (found ?? null) as Json;
}

function textIn(value: Json, name: string): string {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : '';
}
