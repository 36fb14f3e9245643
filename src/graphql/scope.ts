import type { GraphQLResolveInfo } from 'graphql';
import { servedBy } from '../answer/query-pipe.js';
import type { Address } from '../model/address.js';
import type { Alias, Need } from '../model/catalog.js';
import { invalidParameters } from '../model/error.js';
import { hostOf, type Host } from '../model/listing.js';
import type { Requirement } from '../model/requirement.js';
import { select } from '../model/select.js';
import {
  SELECTION_PARAMETERS,
  parseSelection,
  type Selection,
  type SelectionInput,
  type SelectionParameter,
} from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Timeline } from '../store/timeline.js';

/** A selection as GraphQL has it: fixed sets already as the words that REST has. `null` says no more than nothing. */
export type SelectionValues = {
  readonly [Name in SelectionParameter]?: string | readonly (string | number)[] | null | undefined;
} & { readonly at?: string | null | undefined };

/** One operation: the revision that answers all of it, and what its fields found out on the way. */
export interface Question {
  /** What was served when the operation came; `undefined` before the first revision. */
  readonly served: Snapshot | undefined;
  readonly timeline: Timeline;
  /** What each root field was asked, by its response name. */
  readonly scopes: Map<string | number, Scope>;
  readonly noted: Noted;
}

/** What an answer is, beside its data. */
export interface Noted {
  /** Old names that were used to ask. */
  readonly aliases: Alias[];
  /** Whether nothing but the revision decides the answer. */
  followsFromRevision: boolean;
}

/** A new operation over what is served. */
export function question(served: Snapshot | undefined, timeline: Timeline): Question {
  return { served, timeline, scopes: new Map(), noted: { aliases: [], followsFromRevision: true } };
}

/** What one root field was asked: everything beneath it keeps its revision and its selection. */
export class Scope {
  readonly #hosts = new Map<string, Host>();
  #requirements: ReadonlyMap<string, Requirement> | undefined;

  constructor(
    readonly snapshot: Snapshot,
    readonly selection: Selection,
  ) {}

  /** The requirements of some refs, under the selection. */
  requirements(refs: readonly string[]): Requirement[] {
    return refs.map((ref) => this.#selected().get(ref)!);
  }

  /** Some names, under the selection. */
  hosts(names: readonly string[]): Host[] {
    return names.map((name) => {
      const host = this.#hosts.get(name) ?? hostOf(this.snapshot, name, [...this.#selected().values()], this.selection);
      this.#hosts.set(name, host);
      return host;
    });
  }

  /**
   * The addresses of a name, of other families or statuses than the selection has; `null` keeps the selection's.
   *
   * @throws DomainError `invalid-parameters`.
   */
  addresses(name: string, only: Pick<SelectionValues, 'family' | 'status'>): readonly Address[] {
    const { selection, faults } = parseSelection(inputOf(only), this.snapshot.catalog, null);
    if (faults.length > 0) throw invalidParameters(faults);
    return hostOf(this.snapshot, name, [], {
      family: only.family == null ? this.selection.family : selection.family,
      status: only.status == null ? this.selection.status : selection.status,
    }).addresses;
  }

  #selected(): ReadonlyMap<string, Requirement> {
    return (this.#requirements ??= new Map(
      select(this.snapshot, this.selection).map((requirement) => [requirement.ref, requirement]),
    ));
  }
}

/** What a root field is asked, beside what is its own. */
export interface Asking {
  readonly selection?: SelectionValues | null | undefined;
  /** As of when; it goes before the selection's own. */
  readonly at?: string | null | undefined;
  /** Which needs are meant where none is named; `null` for all. */
  readonly defaultNeed?: readonly Need[] | null;
}

/**
 * Reads what a root field is asked, and remembers it for what is beneath.
 *
 * @throws DomainError `invalid-parameters`, `unknown-revision`, `no-revision`, `store-unavailable`.
 */
export async function ask(
  { served, timeline, scopes, noted }: Question,
  info: GraphQLResolveInfo,
  { selection: values = {}, at, defaultNeed = null }: Asking = {},
): Promise<Scope> {
  const current = servedBy({ snapshot: served });
  const when = at ?? values?.at;
  const moment = when == null ? undefined : timeline.read(when);
  if (moment !== undefined && 'code' in moment) throw invalidParameters([moment]);
  const snapshot = moment === undefined ? current : await timeline.snapshotAt(current, moment);
  const { selection, faults, aliases } = parseSelection(inputOf(values ?? {}), snapshot.catalog, defaultNeed);
  if (faults.length > 0) throw invalidParameters(faults);
  noted.aliases.push(...aliases);
  const scope = new Scope(snapshot, selection);
  scopes.set(info.path.key, scope);
  return scope;
}

/** What the root field above was asked. */
export function scopeOf({ scopes }: Question, { path }: GraphQLResolveInfo): Scope {
  let root = path;
  while (root.prev !== undefined) root = root.prev;
  return scopes.get(root.key)!;
}

/** The values of each parameter as text, which is how a selection is read whoever asks. */
export function inputOf(asked: SelectionValues): SelectionInput {
  const entries = SELECTION_PARAMETERS.flatMap((name) => {
    const value: unknown = asked[name];
    if (value === undefined || value === null) return [];
    return [[name, [value].flat().map(String)]];
  });
  return Object.fromEntries(entries) as SelectionInput;
}
