import { compareText } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { blockOf, compareBlocks, contains, rangeOf, type Cidr } from '../model/cidr.js';
import type { Requirement } from '../model/requirement.js';
import type { Revision } from '../model/revision.js';
import { SELECTION_PARAMETERS, type Selection } from '../model/selection.js';
import type { Expressed, Omitted, OmissionReason } from './expressed.js';
import type { Exporter } from './exporter.js';
import type { Rules } from './rule.js';

/** Why something is left out, as a person reads it. */
const REASONS: Readonly<Record<OmissionReason, string>> = {
  'no-address': 'no address of it is known',
  wildcard: 'this format has no such wildcard',
  placeholder: 'only you know it, and can say it with fill=',
  zone: 'a network of yours, to be said with fill=, or a direction that this format does not have',
  protocol: 'this format has no such protocol',
  family: 'this format has no such addresses',
  excluded: 'you asked for it to be left out',
};

/**
 * What stands before the rules: of what and when it is, what it lacks, and which addresses open more than they are for.
 * The time is that of the revision, never that of the writing.
 */
export function headerOf(
  { title, kind }: Pick<Exporter, 'title' | 'kind'>,
  catalog: Catalog,
  selection: Selection,
  asOf: Pick<Revision, 'revision' | 'publishedAt'>,
  { rules, omitted }: Expressed,
  requirements: readonly Requirement[],
): string[] {
  const lines = [
    `${catalog.title}: ${title}`,
    `Selection: ${selectionText(selection)}`,
    `As of revision ${asOf.revision}, ${asOf.publishedAt}`,
  ];
  // A table opens nothing, and so says nothing of what is opened.
  if (kind === 'table') return lines;
  return [
    ...lines,
    ...(rules.names.length + rules.addresses.length === 0 ? ['There is nothing to open.'] : []),
    ...omissionLines(omitted),
    ...sharingLines(rules, requirements),
  ];
}

/** The selection in the form of a query, without what it leaves open. */
function selectionText(selection: Selection): string {
  return SELECTION_PARAMETERS.flatMap((name) => {
    const value = selection[name];
    return value === null ? [] : [`${name}=${[value].flat().join(',')}`];
  }).join(' ');
}

/** One line for each item and reason, however many requirements lack it. */
function omissionLines(omitted: readonly Omitted[]): string[] {
  const lines = omitted.map(({ item, reason }) => `Not in here: ${item} (${REASONS[reason]})`);
  return [...new Set(lines)].sort(compareText);
}

/** An address opens every host behind it. */
function sharingLines({ addresses }: Rules, requirements: readonly Requirement[]): string[] {
  const written = new Set(addresses.map(({ cidr }) => cidr));
  const ranges = addresses.map(({ cidr }) => rangeOf(blockOf(cidr)));
  // Where neighbours are joined, it is a part of what is written.
  const isWritten = (cidr: Cidr) =>
    written.has(cidr) || ranges.some((range) => contains(range, rangeOf(blockOf(cidr))));
  const hosts = new Map<Cidr, Set<string>>();
  for (const { cidr, host, sharedWith } of requirements.flatMap((requirement) => requirement.addresses)) {
    if (sharedWith.length === 0 || !isWritten(cidr)) continue;
    const behind = hosts.get(cidr) ?? new Set();
    hosts.set(cidr, behind);
    for (const name of [host, ...sharedWith]) behind.add(name);
  }
  return [...hosts]
    .sort(([a], [b]) => compareBlocks(blockOf(a), blockOf(b)))
    .map(([cidr, behind]) => `Shared: ${cidr} is behind ${[...behind].sort(compareText).join(', ')}`);
}
