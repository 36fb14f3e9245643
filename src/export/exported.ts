import { DomainError, type Fault } from '../model/error.js';
import { select } from '../model/select.js';
import type { Revision } from '../model/revision.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { express, expresses, type Expressed, type Omitted, type OmissionReason } from './expressed.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { FORMATS } from './formats.js';
import { headerOf } from './header.js';
import { optionValues, type ChosenOptions } from './option.js';
import { byTraffic, portText, type Rules, type Traffic } from './rule.js';
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

/** What a requirement needs and an export does not have. */
export interface Omission {
  readonly requirement: string;
  readonly item: string;
  readonly reason: OmissionReason;
  /** The ids of the formats that can express it. */
  readonly instead: readonly string[];
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

function told(omitted: readonly Omitted[], { id }: Exporter): Omission[] {
  return omitted.map((one) => {
    const { requirement, item, reason } = one;
    return { requirement, item, reason, instead: insteadOf(one, id) };
  });
}

/** The formats that can express what another cannot. What only the customer can say, or does not want, none can. */
function insteadOf(omitted: Omitted, except: string): string[] {
  const others = FORMATS.filter(({ id, kind }) => id !== except && kind !== 'table');
  return others.filter(({ supports }) => expresses(omitted, supports)).map(({ id }) => id);
}

/** The most items that a sentence names. */
const MOST_NAMED = 10;

function refuseOmitted(exporter: Exporter, omitted: readonly Omitted[], accepted: readonly string[]): void {
  const left = omitted.filter(
    ({ reason, item, of }) => reason !== 'excluded' && ![item, ...of.knownAs].some((name) => accepted.includes(name)),
  );
  if (left.length === 0) return;
  const detail =
    `${exporter.title} cannot express ${left.length} of what the selection needs: ${itemsText(left)}. ` +
    'Take another format for them, or forgive them with accept=.';
  const faults = left.map((one): Fault => {
    const { requirement, item, reason, of } = one;
    const instead = insteadOf(one, exporter.id);
    const hint = instead.length === 0 ? '' : ` These can: ${instead.join(', ')}.`;
    return {
      code: 'omitted',
      parameter: 'accept',
      value: item,
      message: `${item} of ${requirement} is left out: ${reason}.${hint}`,
      allowed: [...new Set(of.knownAs)],
      didYouMean: null,
    };
  });
  throw new DomainError('omitted', detail, faults);
}

function nothingToOpen({ title }: Exporter, omitted: readonly Omitted[]): DomainError {
  const items = itemsText(omitted);
  const lacks = omitted.length === 0 ? '' : ` What the selection needs cannot be written in it: ${items}.`;
  return new DomainError(
    'nothing-to-open',
    `This selection opens nothing as ${title}, and that is by design: an empty list could be taken for one that was lost.${lacks}`,
  );
}

/** The first few items that are left out, and how many more there are. */
function itemsText(omitted: readonly Omitted[]): string {
  const items = [...new Set(omitted.map(({ item }) => item))];
  const more = items.length > MOST_NAMED ? ` and ${items.length - MOST_NAMED} more` : '';
  return `${items.slice(0, MOST_NAMED).join(', ')}${more}`;
}

function refuseMixedPorts({ title }: Exporter, { names, addresses }: Rules): void {
  const ranges = byTraffic([...names, ...addresses]).map(({ traffic }) => traffic);
  if (ranges.length < 2) return;
  const asked = ranges.flatMap((traffic) => {
    const port = portOfItsOwn(traffic, ranges);
    return port === undefined ? [] : [{ port: String(port), parameters: `protocol=${traffic.protocol}&port=${port}` }];
  });
  const hint =
    asked.length === 0
      ? 'Take a format with ports.'
      : `Ask for one of ${asked.map(({ parameters }) => parameters).join(', ')}.`;
  const fault: Fault = {
    code: 'missing-parameter',
    parameter: 'port',
    value: null,
    message: hint,
    allowed: [...new Set(asked.map(({ port }) => port))],
    didYouMean: null,
  };
  const shown = ranges.map((traffic) => `${traffic.protocol} ${portText(traffic)}`);
  throw new DomainError(
    'mixed-ports',
    `${title} knows no ports, and this selection has several: ${shown.join(', ')}. ${hint}`,
    [fault],
  );
}

/** A port of a range that no other has; `undefined` where others have all of it. */
function portOfItsOwn(range: Traffic, ranges: readonly Traffic[]): number | undefined {
  const others = ranges.filter((other) => other !== range && other.protocol === range.protocol);
  const candidates = [range.from, ...others.map(({ to }) => to + 1)].filter(
    (port) => range.from <= port && port <= range.to,
  );
  return candidates.find((port) => others.every(({ from, to }) => port < from || to < port));
}
