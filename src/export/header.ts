import { GENERAL } from '../model/address.js';
import { compareText } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { blockOf, compareBlocks, type Cidr } from '../model/cidr.js';
import type { Requirement } from '../model/requirement.js';
import type { Revision } from '../model/revision.js';
import { SELECTION_PARAMETERS, type Selection } from '../model/selection.js';
import type { Expressed, Omitted, OmissionReason } from './expressed.js';
import type { Exporter } from './exporter.js';

const UNSAID = 'only you know it, and can say it with fill=';

/** Why something is left out, as a person reads it. */
const REASONS: Readonly<Record<OmissionReason, string>> = {
  'no-address': 'no address of it is in this selection',
  wildcard: 'this format has no wildcard that reaches as far',
  placeholder: UNSAID,
  zone: 'this format does not have this direction',
  protocol: 'this format has no such protocol',
  family: 'this format has no such addresses',
  excluded: 'you asked for it to be left out',
};

/** What a header tells of. */
export interface Told extends Expressed {
  readonly exporter: Pick<Exporter, 'title' | 'kind'>;
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** What was said beside the selection, in the form of a query. */
  readonly said: readonly string[];
  /** `null` where no list of addresses was read, and so no revision made. */
  readonly asOf: Pick<Revision, 'revision' | 'publishedAt'> | null;
  readonly requirements: readonly Requirement[];
}

/**
 * What stands before the rules: of what and when it is, what it lacks, and which addresses open more than they are for.
 * The time is that of the revision, never that of the writing.
 */
export function headerOf({
  exporter,
  catalog,
  selection,
  said,
  asOf,
  rules,
  blocks,
  omitted,
  requirements,
}: Told): string[] {
  const lines = [
    `${catalog.title}: ${exporter.title}`,
    `Selection: ${[selectionText(selection), ...said].join(' ')}`,
    asOf === null
      ? 'From the catalog alone: no list of addresses was read'
      : `As of revision ${asOf.revision}, ${asOf.publishedAt}`,
  ];
  // A table opens nothing, and so says nothing of what is opened.
  if (exporter.kind === 'table') return lines;
  return [
    ...lines,
    ...(rules.names.length + rules.addresses.length === 0 ? ['There is nothing to open.'] : []),
    ...omissionLines(omitted),
    ...sharingLines(blocks, requirements),
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
  const lines = omitted.map(({ item, reason, of }) => {
    const why = of.peer.kind === 'unknown' ? UNSAID : REASONS[reason];
    return `Not in here: ${item} (${why})`;
  });
  return [...new Set(lines)].sort(compareText);
}

/** An address opens every host behind it. */
function sharingLines(blocks: ReadonlySet<Cidr>, requirements: readonly Requirement[]): string[] {
  const hosts = new Map<Cidr, Set<string>>();
  for (const { cidr, host, sharedWith } of requirements.flatMap((requirement) => requirement.addresses)) {
    if (sharedWith.length === 0 || !blocks.has(cidr)) continue;
    const behind = hosts.get(cidr) ?? new Set();
    hosts.set(cidr, behind);
    for (const name of [host, ...sharedWith]) if (name !== GENERAL) behind.add(name);
  }
  return [...hosts]
    .sort(([a], [b]) => compareBlocks(blockOf(a), blockOf(b)))
    .map(([cidr, behind]) => `Shared: ${cidr} is behind ${[...behind].sort(compareText).join(', ')}`);
}
