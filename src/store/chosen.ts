import { GENERAL } from '../model/address.js';
import type { Catalog } from '../model/catalog.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
import { choose } from '../model/select.js';
import type { Selection } from '../model/selection.js';

/** What of one catalog a selection chooses, addresses aside. */
export interface Chosen {
  /** In effect and announced. */
  readonly refs: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  /** The hosts whose addresses the answer has. */
  readonly hosts: ReadonlySet<string>;
  /** The ports of each ref, as JSON. */
  readonly portsByRef: ReadonlyMap<string, string>;
  /** All of it, as JSON: equal text, equal answer. */
  readonly text: string;
}

/** What of a catalog a selection chooses. */
export function chosenIn(catalog: Catalog, selection: Selection): Chosen {
  const inEffect = choose(requirementsOf(catalog), selection);
  const later = catalog.rows.filter((row) => (row.dated?.from ?? null) !== null);
  const announced = choose(requirementsOfRows(catalog, later), selection);
  const all = [...inEffect, ...announced];
  const named = (of: (requirement: Requirement) => string) => new Set(all.map(of));
  const names = named(({ endpoint }) => endpoint.name);
  const endpoints = catalog.endpoints.filter(({ name }) => names.has(name));
  const [tasks, modes] = [named(({ task }) => task), named(({ mode }) => mode)];
  return {
    refs: named(({ ref }) => ref),
    endpoints: names,
    hosts: new Set([...endpoints.flatMap(namesOf), ...(endpoints.some(({ published }) => published) ? [GENERAL] : [])]),
    portsByRef: new Map(all.map(({ ref, ports }) => [ref, JSON.stringify(ports)])),
    text: JSON.stringify([
      inEffect,
      announced,
      catalog.rows.filter((row) => row.dated !== undefined && all.some(({ ref }) => ref.endsWith(`/${row.name}`))),
      endpoints,
      catalog.tasks.filter(({ name }) => tasks.has(name)),
      catalog.modes.filter(({ name }) => modes.has(name)),
    ]),
  };
}
