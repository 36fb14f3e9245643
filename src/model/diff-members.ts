import { canonicalJson, compareText, plainJson, withoutOrder } from './canonical.js';
import type { Catalog, CatalogEndpoint } from './catalog.js';
import type { Difference } from './change.js';
import { difference } from './difference.js';
import { endpointNames } from './endpoint-names.js';

/**
 * What differs of a catalog's members, in the order of {@link Catalog}; rows apart. Each is told as `{member: value}`:
 * lists of things that have a name one by one by name, other lists one by one as they are. Only tasks and modes have
 * an order; where what both catalogs have of them stands in another one, their names are told in order.
 */
export function memberDifferences(before: Catalog, after: Catalog): Difference[] {
  const ordered = (member: 'modes' | 'tasks') => [
    ...listDifferences(member, inOrder(before[member]), inOrder(after[member])),
    ...orderDifferences(member, namesOf(before[member]), namesOf(after[member])),
  ];
  return [
    ...valueDifferences('product', before.product, after.product),
    ...valueDifferences('title', before.title, after.title),
    ...listDifferences('aliases', byName(before.aliases), byName(after.aliases)),
    ...valueDifferences('upstream', before.upstream, after.upstream),
    ...listDifferences('documents', byName(before.documents), byName(after.documents)),
    ...listDifferences('notes', byText(before.notes), byText(after.notes)),
    ...listDifferences('promises', byText(before.promises), byText(after.promises)),
    ...ordered('modes'),
    ...ordered('tasks'),
    ...listDifferences('zones', byName(before.zones), byName(after.zones)),
    ...listDifferences('endpoints', byName(before.endpoints), byName(after.endpoints), isToldByName),
    ...listDifferences('announcements', byName(before.announcements ?? []), byName(after.announcements ?? [])),
  ];
}

/** A member of a catalog, or one thing of it, as it was and is. */
export function memberDifference(member: keyof Catalog, was: unknown, is: unknown): Difference {
  const told = (value: unknown) => (value === undefined || value === null ? null : { [member]: plainJson(value) });
  return difference({ subject: 'catalog', reason: 'text', previous: told(was), current: told(is) });
}

/** Whether two lists have what is in both of them in one order. */
export function areInOneOrder(a: readonly string[], b: readonly string[]): boolean {
  const common = new Set(a).intersection(new Set(b));
  const [left, right] = [a, b].map((list) => list.filter((name) => common.has(name)));
  return canonicalJson(left ?? []) === canonicalJson(right ?? []);
}

interface Named {
  readonly name: string;
}

function valueDifferences(member: keyof Catalog, was: unknown, is: unknown): Difference[] {
  return isSame(was, is) ? [] : [memberDifference(member, was, is)];
}

function listDifferences<T>(
  member: keyof Catalog,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isToldElsewhere: (was: T, is: T) => boolean = () => false,
): Difference[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was !== undefined && is !== undefined && isToldElsewhere(was, is)) return [];
    return valueDifferences(member, was, is);
  });
}

function orderDifferences(member: 'modes' | 'tasks', had: readonly string[], has: readonly string[]): Difference[] {
  return areInOneOrder(had, has) ? [] : [memberDifference(member, had, has)];
}

/** Whether all that differs of an endpoint are its names, and they say so themselves. */
function isToldByName(was: CatalogEndpoint, is: CatalogEndpoint): boolean {
  const rest = (endpoint: CatalogEndpoint) => ({ ...endpoint, hosts: null, companions: null, dated: null });
  return isSame(rest(was), rest(is)) && !isSame(endpointNames(was), endpointNames(is));
}

function isSame(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b].map((value) => canonicalJson(withoutOrder(plainJson(value ?? null))));
  return left === right;
}

function namesOf(list: readonly Named[]): string[] {
  return list.map(({ name }) => name);
}

function inOrder<T extends Named>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.name, one]));
}

function byName<T extends Named>(list: readonly T[]): ReadonlyMap<string, T> {
  return inOrder(list.toSorted((a, b) => compareText(a.name, b.name)));
}

/** What has no name is known by what it says; what is said twice, by how often. */
function byText<T>(list: readonly T[]): ReadonlyMap<string, T> {
  const keyed = list.map((one) => [canonicalJson(withoutOrder(plainJson(one))), one] as const);
  const said = new Map<string, T>();
  for (const [text, one] of keyed.sort(([a], [b]) => compareText(a, b))) {
    let key = text;
    while (said.has(key)) key += ' again';
    said.set(key, one);
  }
  return said;
}
