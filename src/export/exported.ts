import { DomainError, type Fault } from '../model/error.js';
import { select } from '../model/select.js';
import type { Revision } from '../model/revision.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { express, type Expressed, type Omitted, type OmissionReason } from './expressed.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { FORMATS } from './formats.js';
import { headerOf } from './header.js';
import { optionValues, type ChosenOptions } from './option.js';
import { byTraffic, portText, type Rules } from './rule.js';
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
 * @throws DomainError `nothing-to-open`, `mixed-ports`, `over-limit`, `omitted`.
 */
export function exportOf(snapshot: Snapshot, question: ExportQuestion): Exported {
  const { exporter, selection, chosen, isStrict, accepted } = question;
  const { requirements, expressed, asOf } = prepare(snapshot, question);
  const { rules, omitted } = expressed;
  if (isStrict) refuseOmitted(exporter, omitted, accepted);
  if (rules.names.length + rules.addresses.length === 0 && !exporter.canBeEmpty) throw nothingToOpen(exporter, omitted);
  if (exporter.kind === 'list') refuseMixedPorts(exporter, rules);
  const header = headerOf(exporter, snapshot.catalog, selection, asOf, expressed, requirements);
  try {
    const body = exporter.render(
      { ...expressed, header, catalog: snapshot.catalog, requirements },
      optionValues(chosen),
    );
    return { body, omitted: told(omitted), asOf };
  } catch (error) {
    if (!(error instanceof ExportRefusal)) throw error;
    throw Object.assign(new DomainError('over-limit', error.message), { cause: error });
  }
}

/** What an export of the same question lacks. It can be asked where the export itself is refused. */
export function omissionsOf(snapshot: Snapshot, question: ExportQuestion): Pick<Exported, 'omitted' | 'asOf'> {
  const { expressed, asOf } = prepare(snapshot, question);
  return { omitted: told(expressed.omitted), asOf };
}

function prepare(snapshot: Snapshot, { exporter, selection, isAggregated, isAhead, ...wishes }: ExportQuestion) {
  const isTable = exporter.kind === 'table';
  const requirements = select(isAhead && !isTable ? snapshot.withAnnounced() : snapshot, selection);
  const { rules, omitted } = express(wantedOf(requirements, wishes), exporter.supports, isAggregated);
  // A table shows its rows whole, also those of which only the customer knows the far side.
  const expressed: Expressed = { rules, omitted: isTable ? [] : omitted };
  const asOf = snapshot.past.altered(selection, isAhead && !isTable ? 'all' : 'rows-and-addresses');
  return { requirements, expressed, asOf };
}

function told(omitted: readonly Omitted[]): Omission[] {
  return omitted.map(({ requirement, item, reason }) => ({
    requirement,
    item,
    reason,
    instead: insteadOf(item, reason),
  }));
}

/** The formats that can express what another cannot. What only the customer can say, or does not want, none can. */
function insteadOf(item: string, reason: OmissionReason): string[] {
  const can: Readonly<Record<OmissionReason, (exporter: Exporter) => boolean>> = {
    'no-address': ({ supports }) => supports.names,
    wildcard: ({ supports }) => supports.names && !['none', 'one-label'].includes(supports.wildcards),
    family: ({ supports }) => supports.families.includes(item.includes(':') ? 'ipv6' : 'ipv4'),
    placeholder: () => false,
    protocol: ({ supports }) => supports.protocols === undefined,
    zone: ({ supports }) => supports.flows.length === 2 && supports.families.length === 2,
    excluded: () => false,
  };
  return FORMATS.filter((exporter) => exporter.kind !== 'table' && can[reason](exporter)).map(({ id }) => id);
}

/** The most omissions that a refusal tells one by one, and that a sentence names. */
const MOST_TOLD = 50;
const MOST_NAMED = 10;

function refuseOmitted(exporter: Exporter, omitted: readonly Omitted[], accepted: readonly string[]): void {
  const left = omitted.filter(
    ({ reason, knownAs, item }) => reason !== 'excluded' && ![item, ...knownAs].some((name) => accepted.includes(name)),
  );
  if (left.length === 0) return;
  const detail =
    `${exporter.title} cannot express ${left.length} of what the selection needs: ${itemsText(left)}. ` +
    'Take another format for them, or forgive them with accept=.';
  const faults = left.slice(0, MOST_TOLD).map(({ requirement, item, reason, knownAs }): Fault => {
    const instead = insteadOf(item, reason);
    const hint = instead.length === 0 ? '' : ` These can: ${instead.join(', ')}.`;
    return {
      code: 'omitted',
      parameter: 'accept',
      value: item,
      message: `${item} of ${requirement} is left out: ${reason}.${hint}`,
      allowed: [...new Set(knownAs)],
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
  const ports = byTraffic([...names, ...addresses]).map(({ traffic }) => traffic);
  if (ports.length < 2) return;
  const asked = ports.map((traffic) => `protocol=${traffic.protocol}&port=${traffic.from}`);
  const shown = ports.map((traffic) => `${traffic.protocol} ${portText(traffic)}`);
  const fault: Fault = {
    code: 'missing-parameter',
    parameter: 'port',
    value: null,
    message: `Ask for one of ${[...new Set(asked)].join(', ')}.`,
    allowed: [...new Set(ports.map(({ from }) => String(from)))],
    didYouMean: null,
  };
  const detail = `${title} knows no ports, and this selection has several: ${[...new Set(shown)].join(', ')}. ${fault.message}`;
  throw new DomainError('mixed-ports', detail, [fault]);
}
