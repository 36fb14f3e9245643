import { canonicalJson, compareText, plainJson, withoutOrder, type Json } from '../../src/model/canonical.js';
import type { Difference } from '../../src/model/change.js';
import { requirementsOfRows } from '../../src/model/requirement.js';
import type { Content } from '../../src/model/revision.js';

/** Every fact of a content by what it is about, as text; the order of tasks, modes and rows apart. */
export type View = ReadonlyMap<string, string>;

/** What a content says, written here from the content itself: what a difference says must be found in it. */
export function viewOf({ catalog, addresses, listedHosts }: Content): View {
  const view = new Map<string, string>();
  for (const { host, cidr, status, source, effectiveFrom, announcedRemovalAt } of addresses) {
    set(view, `address ${host} ${cidr}`, { status, source, effectiveFrom, announcedRemovalAt });
  }
  // `general` is among the names of a list, and no host.
  for (const name of listedHosts.filter((listed) => listed !== 'general')) set(view, `listed ${name}`, true);
  const { rows, tasks, modes, endpoints, notes, promises, ...rest } = catalog;
  for (const [member, value] of Object.entries({ ...rest, tasks, modes })) setMember(view, member, plainJson(value));
  for (const one of notes) count(view, `notes ${text(plainJson(one))}`, 1);
  for (const one of promises) count(view, `promises ${text(plainJson(one))}`, 1);
  for (const endpoint of endpoints) setEndpoint(view, plainJson(endpoint));
  for (const row of rows) {
    for (const requirement of requirementsOfRows(catalog, [row])) {
      setRequirement(view, plainJson({ ...requirement, dated: row.dated ?? null }));
    }
  }
  return view;
}

/** The view after some differences. */
export function apply(view: View, differences: readonly Difference[]): View {
  const next = new Map(view);
  for (const one of differences) applyOne(next, one);
  return next;
}

/** The differences that lead back. */
export function inverse(differences: readonly Difference[]): Difference[] {
  const kinds = { added: 'removed', removed: 'added', modified: 'modified' } as const;
  return differences.map((one) => ({
    ...one,
    kind: kinds[one.kind],
    previous: one.current,
    current: one.previous,
  }));
}

type Members = Readonly<Record<string, Json>>;
type Mutable = Map<string, string>;

function applyOne(view: Mutable, { subject, host, address, requirement, previous, current }: Difference): void {
  const [was, is] = [members(previous), members(current)];
  switch (subject) {
    case 'address': {
      const { status = null, source = null, effectiveFrom = null, announcedRemovalAt = null } = is;
      const key = `address ${host} ${address}`;
      if (current === null) view.delete(key);
      else set(view, key, { status, source, effectiveFrom, announcedRemovalAt });
      return;
    }
    case 'host': {
      const one = current === null ? was : is;
      const key = one['listed'] === true ? `listed ${host}` : `name ${text(one['endpoint'])} ${text(host)}`;
      if (current === null) view.delete(key);
      else set(view, key, one['listed'] === true ? true : current);
      return;
    }
    case 'port':
      if (previous !== null) count(view, portKey(text(requirement), previous), -1);
      if (current !== null) count(view, portKey(text(requirement), current), 1);
      return;
    case 'requirement':
      // Told whole, it has its ports; told by itself, they stay.
      if ('ports' in was) forget(view, `port ${text(requirement)} `);
      view.delete(`requirement ${text(requirement)}`);
      if (current !== null) setRequirement(view, current);
      return;
    case 'catalog':
      applyMember(view, previous, current);
  }
}

function applyMember(view: Mutable, previous: Json, current: Json): void {
  const [member = ''] = Object.keys(members(current ?? previous));
  const [was = null, is = null] = [members(previous)[member], members(current)[member]];
  // An order says nothing of what there is.
  if (['tasks', 'modes', 'rows'].includes(member) && Array.isArray(is)) return;
  if (member === 'endpoints') {
    if (was !== null) forgetEndpoint(view, text(members(was)['name']));
    if (is !== null) setEndpoint(view, is);
  } else if (member === 'notes' || member === 'promises') {
    if (was !== null) count(view, `${member} ${text(was)}`, -1);
    if (is !== null) count(view, `${member} ${text(is)}`, 1);
  } else {
    const name = members(is ?? was)['name'];
    const key = name === undefined ? member : `${member} ${text(name)}`;
    if (is === null) view.delete(key);
    else set(view, key, is);
  }
}

function setMember(view: Mutable, member: string, value: Json): void {
  if (!Array.isArray(value)) {
    if (value !== null) set(view, member, value);
    return;
  }
  for (const one of value) set(view, `${member} ${text(members(one)['name'])}`, one);
}

function setRequirement(view: Mutable, value: Json): void {
  const { ports, endpoint, ...whole } = members(value);
  const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => !name.startsWith('address')));
  const ref = text(rest['ref']);
  const { kind = null, name = null, title = null, operator = null } = members(endpoint);
  set(view, `requirement ${ref}`, { ...rest, endpoint: { kind, name, title, operator } });
  if (Array.isArray(ports)) {
    for (const port of ports) count(view, portKey(ref, port), 1);
  }
}

function portKey(ref: string, port: Json): string {
  return `port ${ref} ${text(port)}`;
}

function setEndpoint(view: Mutable, value: Json): void {
  const { hosts, companions, dated, ...rest } = members(value);
  const groups = list(companions).map(members);
  const name = text(rest['name']);
  set(view, `endpoints ${name}`, rest);
  const names = new Set([
    ...list(hosts),
    ...groups.flatMap((group) => list(group['hosts'])),
    ...list(dated).map((one) => members(one)['host'] ?? null),
  ]);
  for (const host of names) {
    const behind = groups.filter((group) => list(group['hosts']).includes(host));
    const dates = list(dated)
      .map(members)
      .find((one) => one['host'] === host);
    set(view, `name ${name} ${text(host)}`, {
      name: host,
      endpoint: rest['name'] ?? null,
      companionOf: behind.length > 0 && !list(hosts).includes(host) ? (rest['name'] ?? null) : null,
      companions: behind.map(({ document = null, why = null }) => ({ document, why })),
      dated:
        dates === undefined
          ? null
          : { from: dates['from']!, until: dates['until']!, announcement: dates['announcement']! },
    });
  }
}

function forgetEndpoint(view: Mutable, name: string): void {
  view.delete(`endpoints ${name}`);
  forget(view, `name ${name} `);
}

function forget(view: Mutable, start: string): void {
  for (const key of [...view.keys()].filter((key) => key.startsWith(start))) view.delete(key);
}

function count(view: Mutable, key: string, by: 1 | -1): void {
  const times = Number(view.get(key) ?? 0) + by;
  if (times === 0) view.delete(key);
  else set(view, key, times);
}

function set(view: Mutable, key: string, value: Json): void {
  view.set(key, text(value));
}

function text(value: Json | undefined): string {
  return canonicalJson(withoutOrder(value ?? null));
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function members(value: Json | undefined): Members {
  return value === null || typeof value !== 'object' || Array.isArray(value) ? {} : (value as Members);
}

/** A view as lines, to be compared and read. */
export function linesOf(view: View): string[] {
  return [...view].map(([key, value]) => `${key} = ${value}`).sort(compareText);
}
