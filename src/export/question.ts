import type { Alias, Catalog, Need } from '../model/catalog.js';
import { DomainError, type Fault } from '../model/error.js';
import { nearest } from '../model/nearest.js';
import { MOST_VALUES, namingOf, tooManyValues, unknownValue, type Naming } from '../model/naming.js';
import { INTERNET } from '../model/requirement.js';
import { hostNames, type Selection } from '../model/selection.js';
import type { ExportQuestion } from './exported.js';
import type { Exporter } from './exporter.js';
import { parseFillings } from './filling.js';
import { formatOf, FORMATS } from './formats.js';
import { parseOptions } from './option.js';
import { EXCLUSIONS } from './wanted.js';

/** What a customer says of an export beside the selection, as it was said. */
export interface ExportInput {
  readonly strict: boolean;
  readonly accept: readonly string[];
  readonly fill: readonly string[];
  readonly exclude: readonly string[];
  /** An ISO 8601 duration; `undefined` for all that is announced. */
  readonly ahead: string | undefined;
  readonly aggregate: boolean;
  /** The format's own options, by name. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Nothing of what is only announced. */
const NOT_AHEAD = 'P0D';

/**
 * The format of an id.
 *
 * @throws DomainError `unknown-format`, with the nearest.
 */
export function knownFormat(id: string): Exporter {
  const found = formatOf(id);
  if (found !== undefined) return found;
  const ids = FORMATS.map((exporter) => exporter.id);
  const meant = nearest(id, ids);
  const hint = meant === null ? `There are ${ids.join(', ')}.` : `Did you mean "${meant}"?`;
  throw new DomainError('unknown-format', `There is no export format "${id}". ${hint}`);
}

/** Which needs an export is for where none is named: what opens a firewall is for what is required. */
export function defaultNeedOf({ kind }: Exporter): readonly Need[] | null {
  return kind === 'table' ? null : ['required'];
}

/** An export as it was asked, read. */
export interface ParsedExport {
  readonly question: ExportQuestion;
  readonly faults: readonly Fault[];
  /** The old names that were used. */
  readonly aliases: readonly Alias[];
}

/** Reads what is said of an export against a catalog. Every value that is not allowed is a fault of its own. */
export function parseExport(
  exporter: Exporter,
  selection: Selection,
  input: ExportInput,
  catalog: Catalog,
): ParsedExport {
  const { fillings, faults: unfillable, aliases: filledByOld } = parseFillings(input.fill, catalog);
  const { chosen, faults: unchosen } = parseOptions(exporter.options, input.options);
  const zones = catalog.zones.filter(({ name }) => name !== INTERNET);
  const naming = namingOf([...catalog.endpoints, ...zones]);
  const names = [...new Set([...hostNames(catalog), ...zones.map(({ name }) => name)])];
  const oldNames = input.accept.flatMap((name) => (names.includes(name) ? [] : (naming.aliasOf.get(name) ?? [])));
  const accepted = input.accept.map((name) => (names.includes(name) ? name : (naming.aliasOf.get(name)?.name ?? name)));
  const filled = fillings.flatMap(({ values }) => values);
  const faults = [
    ...unfillable,
    ...unchosen,
    ...(exporter.kind === 'table' ? notOfTables(input) : []),
    ...amongFaults('exclude', input.exclude, EXCLUSIONS),
    ...amongFaults('accept', accepted, [...names, ...filled], naming),
    ...amongFaults('ahead', input.ahead === undefined ? [] : [input.ahead], [NOT_AHEAD]),
    // What is retired is told, and no longer opened.
    ...amongFaults(
      'status',
      exporter.kind === 'table' ? [] : selection.status.filter((status) => status === 'retired'),
      ['current', 'announced', 'retiring'],
    ),
  ];
  const question: ExportQuestion = {
    exporter,
    selection,
    chosen,
    fillings,
    exclude: EXCLUSIONS.filter((one) => input.exclude.includes(one)),
    isAggregated: input.aggregate,
    isAhead: input.ahead !== NOT_AHEAD,
    isStrict: input.strict,
    accepted: [...new Set(accepted)].sort(),
  };
  return { question, faults, aliases: [...filledByOld, ...oldNames.map(({ alias }) => alias)] };
}

function amongFaults(
  parameter: string,
  values: readonly string[],
  allowed: readonly string[],
  naming?: Naming,
): Fault[] {
  if (values.length > MOST_VALUES) return [tooManyValues(parameter, values.length)];
  return values
    .filter((value) => !allowed.includes(value))
    .map((value) => unknownValue(parameter, value, allowed, naming));
}

/** A table shows every row as it is in the catalog: nothing can be put in or taken out. */
function notOfTables({ fill, exclude, aggregate }: ExportInput): Fault[] {
  const said = [
    ['fill', fill.join(', ')],
    ['exclude', exclude.join(', ')],
    ['aggregate', aggregate ? 'true' : ''],
  ] as const;
  return said
    .filter(([, value]) => value !== '')
    .map(([parameter, value]) => ({
      code: 'unknown-parameter',
      parameter,
      value,
      message: `A table shows every requirement as it is, and takes no "${parameter}". Leave it out, or take another format.`,
      allowed: [],
      didYouMean: null,
    }));
}

/** What tells an export of a revision apart from others. */
export function keyOf({ exporter, chosen, ...question }: ExportQuestion): string {
  return JSON.stringify([exporter.id, [...chosen], question]);
}
