import { DomainError } from '../model/error.js';
import { select } from '../model/select.js';
import type { Revision } from '../model/revision.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { express, type Expressed } from './expressed.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { headerOf } from './header.js';
import { told, type Omission } from './omission.js';
import { optionValues, type ChosenOptions } from './option.js';
import { nothingToOpen, refuseMixedPorts, refuseOmitted } from './refusal.js';
import { wantedOf, type Wishes } from './wanted.js';

/** What is asked of a format, read and found to be right. */
export interface ExportQuestion extends Wishes {
  readonly exporter: Exporter;
  readonly selection: Selection;
  readonly chosen: ChosenOptions;
  /** Whether neighbouring blocks are joined and covered ones dropped. */
  readonly isAggregated: boolean;
  /** Whether what the vendor has announced is taken in at once. */
  readonly isAhead: boolean;
  /** Whether anything left out is a refusal, and what of it is forgiven. */
  readonly isStrict: boolean;
  readonly accepted: readonly string[];
}

/** A file, and what it lacks. */
export interface Exported {
  readonly body: string | Uint8Array;
  readonly omitted: readonly Omission[];
  readonly asOf: Revision;
}

/**
 * A selection of a revision in a format.
 *
 * @param isListed whether a list of addresses was ever read.
 * @throws DomainError `nothing-to-open`, `mixed-ports`, `over-limit`, `omitted`.
 */
export function exportOf(snapshot: Snapshot, question: ExportQuestion, isListed = true): Exported {
  const { exporter, selection, chosen, isStrict, accepted } = question;
  const { requirements, expressed, asOf } = prepare(snapshot, question);
  const { rules, omitted } = expressed;
  if (isStrict) refuseOmitted(exporter, omitted, accepted);
  if (rules.names.length + rules.addresses.length === 0 && !exporter.canBeEmpty) throw nothingToOpen(exporter, omitted);
  if (exporter.kind === 'list') refuseMixedPorts(exporter, rules);
  const { catalog } = snapshot;
  const said = saidBeside(question);
  const header = headerOf({
    ...expressed,
    exporter,
    catalog,
    selection,
    said,
    asOf: isListed ? asOf : null,
    requirements,
  });
  try {
    const body = exporter.render({ rules, header, catalog, requirements }, optionValues(chosen));
    return { body, omitted: told(omitted, exporter), asOf };
  } catch (error) {
    if (!(error instanceof ExportRefusal)) throw error;
    throw Object.assign(new DomainError('over-limit', error.message), { cause: error });
  }
}

/** What an export of the same question lacks. It can be asked where the export itself is refused. */
export function omissionsOf(snapshot: Snapshot, question: ExportQuestion): Pick<Exported, 'omitted' | 'asOf'> {
  const { expressed, asOf } = prepare(snapshot, question);
  return { omitted: told(expressed.omitted, question.exporter), asOf };
}

function prepare(snapshot: Snapshot, { exporter, selection, isAggregated, isAhead, ...wishes }: ExportQuestion) {
  const isTable = exporter.kind === 'table';
  const requirements = select(isAhead && !isTable ? snapshot.withAnnounced() : snapshot, selection);
  const all = express(wantedOf(requirements, wishes), exporter.supports, isAggregated);
  // A table shows its rows whole, also those of which only the customer knows the far side.
  const expressed: Expressed = isTable ? { ...all, omitted: [] } : all;
  const asOf = snapshot.past.altered(selection, isAhead && !isTable ? 'all' : 'rows-and-addresses');
  return { requirements, expressed, asOf };
}

/** What is said of an export beside its selection, as far as it alters it, in the form of a query. */
function saidBeside({ fillings, exclude, isAggregated, isAhead }: ExportQuestion): string[] {
  return [
    ...fillings.flatMap(({ of, values }) => values.map((value) => `fill=${of}:${value}`)),
    ...(exclude.length === 0 ? [] : [`exclude=${exclude.join(',')}`]),
    ...(isAhead ? [] : ['ahead=P0D']),
    ...(isAggregated ? ['aggregate=true'] : []),
  ];
}
