import type { Alias } from '../model/catalog.js';
import { DomainError } from '../model/error.js';
import { findHost, knownHosts, type Host } from '../model/listing.js';
import { nearest } from '../model/nearest.js';
import { checkPromises } from '../model/promise.js';
import { canonicalRef, type RefParts } from '../model/ref.js';
import type { Requirement } from '../model/requirement.js';
import type { Revision } from '../model/revision.js';
import { select } from '../model/select.js';
import { namingOf } from '../model/naming.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { asOf } from './lists.js';
import type { CatalogShape } from './shapes/catalog.js';
import type { VersionShape } from './shapes/revision.js';

/**
 * One requirement under a selection, and the old names that it was asked for by.
 *
 * @throws DomainError `unknown-requirement`, with the nearest ref.
 */
export function requirementAt(
  snapshot: Snapshot,
  parts: RefParts,
  selection: Selection,
): { readonly requirement: Requirement; readonly aliases: readonly Alias[] } {
  const { ref, aliases } = canonicalRef(snapshot.catalog, parts);
  const requirement = select(snapshot, selection).find((candidate) => candidate.ref === ref);
  if (requirement !== undefined) return { requirement, aliases };
  const meant = nearest(
    ref,
    snapshot.requirements.map((candidate) => candidate.ref),
  );
  const hint = meant === null ? 'The list of requirements has all that exist.' : `Did you mean "${meant}"?`;
  const what = ref.endsWith('/')
    ? 'There is no such requirement: a ref is product/task/mode/name.'
    : `There is no requirement "${ref}".`;
  throw new DomainError('unknown-requirement', `${what} ${hint}`);
}

/** The revision that last altered one requirement, or the others of the same task, mode and endpoint. */
export function alteredFor({ past }: Snapshot, requirement: Requirement, selection: Selection): Revision {
  const { task, mode, endpoint } = requirement;
  return past.altered({ ...selection, task: [task], mode: [mode], host: [endpoint.name] }, 'rows-and-addresses');
}

/** The revision that last altered what is told of a host; of one that no catalog names, the newest may have. */
export function alteredForHost(
  { past, endpointsByHost, revision }: Snapshot,
  name: string,
  selection: Selection,
): Revision {
  return endpointsByHost.has(name) ? past.altered({ ...selection, host: [name] }, 'rows-and-addresses') : revision;
}

/**
 * One host under a selection, and the old name that it was asked for by.
 *
 * @throws DomainError `unknown-host`, with the nearest name.
 */
export function hostNamed(
  snapshot: Snapshot,
  name: string,
  selection: Selection,
): { readonly host: Host; readonly aliases: readonly Alias[] } {
  const old = namingOf(snapshot.catalog.endpoints).aliasOf.get(name);
  const host = findHost(snapshot, old?.name ?? name, selection);
  if (host !== undefined) return { host, aliases: old === undefined ? [] : [old.alias] };
  const meant = nearest(name, knownHosts(snapshot));
  const hint = meant === null ? 'The list of hosts has those of the catalog.' : `Did you mean "${meant}"?`;
  throw new DomainError('unknown-host', `There is no host "${name}" in the catalog or in the upstream list. ${hint}`);
}

/** The whole catalog, requirements aside. */
export function catalogOf(snapshot: Snapshot): CatalogShape {
  const { product, title, tasks, modes, zones, documents, notes } = snapshot.catalog;
  // What is only announced is told by /upcoming.
  const endpoints = snapshot.catalog.endpoints.map(({ dated: _dated, ...endpoint }) => endpoint);
  const promises = checkPromises(snapshot.catalog).map(({ promise, brokenBy }) => ({
    text: promise.text,
    holds: brokenBy.length === 0,
  }));
  const named = { tasks, modes, zones, facets: [], conditions: [], endpoints, documents, notes, promises };
  return { product, title, asOf: asOf(snapshot.past.catalogSince()), ...named };
}

/** What is served, in four members. */
export function versionOf({ catalog, revision }: Snapshot): VersionShape {
  const { digest, publishedAt } = revision;
  return { product: catalog.product, revision: revision.revision, digest, publishedAt };
}
