import { addressRowsOf } from '../model/address-rows.js';
import { hostsOf, portsOf } from '../model/listing.js';
import { coverageOfAll } from '../model/requirement.js';
import { select } from '../model/select.js';
import type { Selection } from '../model/selection.js';
import { STATUSES_TO_COME, upcomingOf } from '../model/upcoming.js';
import type { Revision } from '../model/revision.js';
import type { AnswerPart, Snapshot } from '../model/snapshot.js';
import type { ModeListShape, TaskListShape } from './shapes/catalog.js';
import type { AddressListShape, HostListShape, PortListShape } from './shapes/listing.js';
import type { RequirementListShape } from './shapes/requirement.js';
import type { UpcomingListShape } from './shapes/upcoming.js';
import type { AsOfShape, ListShape } from './shapes/selection.js';

/** A revision, as an answer that follows from it names it. */
export function asOf({ revision, publishedAt }: Revision): AsOfShape {
  return { revision, publishedAt };
}

/** What every list begins with. */
export type ListHead = { readonly [Name in keyof ListShape]: ListShape[Name] };

/** @param part what the list tells of the selection; nothing else moves its `asOf`. */
export function listHead(snapshot: Snapshot, selection: Selection, part: AnswerPart): ListHead {
  return { product: snapshot.catalog.product, asOf: asOf(snapshot.past.altered(selection, part)), selection };
}

/** The requirements of a selection, with their coverage. */
export function requirementList(snapshot: Snapshot, selection: Selection): RequirementListShape {
  const requirements = select(snapshot, selection);
  return {
    ...listHead(snapshot, selection, 'rows-and-addresses'),
    requirements,
    coverage: coverageOfAll(requirements),
  };
}

/** The names of a selection. */
export function hostList(snapshot: Snapshot, selection: Selection): HostListShape {
  return { ...listHead(snapshot, selection, 'rows-and-addresses'), hosts: hostsOf(snapshot, selection) };
}

/** The addresses of a selection, one row an address, or joined to as few blocks as hold the same. */
export function addressList(snapshot: Snapshot, selection: Selection, aggregated: boolean): AddressListShape {
  const addresses = addressRowsOf(snapshot, selection, aggregated);
  const coverage = coverageOfAll(select(snapshot, selection));
  return { ...listHead(snapshot, selection, 'rows-and-addresses'), aggregated, addresses, coverage };
}

/** What is to come of a selection. Its statuses do not matter: what is said of any address may be to come. */
export function upcomingList(snapshot: Snapshot, selection: Selection): UpcomingListShape {
  const { asOf } = listHead(snapshot, { ...selection, status: STATUSES_TO_COME }, 'all');
  const upcoming = upcomingOf(snapshot, selection);
  return { product: snapshot.catalog.product, asOf, selection, upcoming };
}

/** The ports of a selection. */
export function portList(snapshot: Snapshot, selection: Selection): PortListShape {
  return { ...listHead(snapshot, selection, 'rows'), ports: portsOf(snapshot, selection) };
}

/** The tasks that a selection has requirements for. */
export function taskList(snapshot: Snapshot, selection: Selection): TaskListShape {
  const used = new Set(select(snapshot, selection).map(({ task }) => task));
  return {
    ...listHead(snapshot, selection, 'rows'),
    tasks: snapshot.catalog.tasks.filter(({ name }) => used.has(name)),
  };
}

/** The modes that a selection has requirements for. */
export function modeList(snapshot: Snapshot, selection: Selection): ModeListShape {
  const used = new Set(select(snapshot, selection).map(({ mode }) => mode));
  return {
    ...listHead(snapshot, selection, 'rows'),
    modes: snapshot.catalog.modes.filter(({ name }) => used.has(name)),
  };
}
