import type { Catalog, Need } from '../model/catalog.js';
import { DomainError, type Fault } from '../model/error.js';
import { nearest } from '../model/nearest.js';
import { unknownValue } from '../model/naming.js';
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

/** Reads what is said of an export against a catalog. Every value that is not allowed is a fault of its own. */
export function parseExport(
  exporter: Exporter,
  selection: Selection,
  input: ExportInput,
  catalog: Catalog,
): { readonly question: ExportQuestion; readonly faults: readonly Fault[] } {
  const { fillings, faults: unfillable } = parseFillings(input.fill, catalog);
  const { chosen, faults: unchosen } = parseOptions(exporter.options, input.options);
  const zones = catalog.zones.map(({ name }) => name).filter((name) => name !== INTERNET);
  const names = [...new Set([...hostNames(catalog), ...zones])];
  const filled = fillings.flatMap(({ values }) => values);
  const among = (parameter: string, values: readonly string[], allowed: readonly string[]) =>
    values.filter((value) => !allowed.includes(value)).map((value) => unknownValue(parameter, value, allowed));
  const faults = [
    ...unfillable,
    ...unchosen,
    ...among('exclude', input.exclude, EXCLUSIONS),
    ...among('accept', input.accept, [...names, ...filled]),
    ...among('ahead', input.ahead === undefined ? [] : [input.ahead], [NOT_AHEAD]),
    // What is retired is told, and no longer opened.
    ...among('status', exporter.kind === 'table' ? [] : selection.status.filter((status) => status === 'retired'), [
      'current',
      'announced',
      'retiring',
    ]),
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
    accepted: [...new Set(input.accept)].sort(),
  };
  return { question, faults };
}

/** What tells an export of a revision apart from others. */
export function keyOf({ exporter, chosen, ...question }: ExportQuestion): string {
  return JSON.stringify([exporter.id, [...chosen], question]);
}
