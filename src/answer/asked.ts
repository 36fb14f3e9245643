import type { Alias, Need } from '../model/catalog.js';
import { DomainError, invalidParameters, type Fault } from '../model/error.js';
import { SELECTION_PARAMETERS, parseSelection, type Selection, type SelectionInput } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Timeline } from '../store/timeline.js';

/** A question in canonical form. Whoever answers it looks at no other revision. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly selection: Selection;
  /** Old names that were used to ask. */
  readonly aliases: readonly Alias[];
  /** Whether a moment was named for which the answer can no longer change. */
  readonly isSettled: boolean;
  /** Whether a moment was named that has only just passed, so that what is said of the answer will be another soon. */
  readonly isSettling: boolean;
}

/** A question as it was put, whoever put it. */
export interface Question {
  readonly selection: SelectionInput;
  /** The moment to answer for; `null` for now. */
  readonly at: string | null;
  /** Which needs are meant where none is named; `null` for all. */
  readonly defaultNeed: readonly Need[] | null;
}

/** What is served, or the honest refusal while there is nothing yet. */
export function servedBy({ snapshot }: { readonly snapshot: Snapshot | undefined }): Snapshot {
  if (snapshot === undefined) {
    const detail = 'No list was read yet, so nothing can be said of addresses. The service tries on; ask again soon.';
    throw new DomainError('no-revision', detail);
  }
  return snapshot;
}

/**
 * Reads a question in the revision of its moment. Tells every fault at once.
 *
 * @param found faults that were found in it before.
 * @param alsoCheck finds faults in what is asked beside the selection.
 * @throws DomainError `invalid-parameters`, `unknown-revision`, `store-unavailable`.
 */
export function readQuestion(
  served: Snapshot,
  timeline: Timeline,
  { selection: input, at, defaultNeed }: Question,
  found: readonly Fault[] = [],
  alsoCheck: (snapshot: Snapshot, selection: Selection) => readonly Fault[] = () => [],
): Asked {
  const read = at === null ? undefined : timeline.read(at);
  const [moment, faults] = read !== undefined && 'code' in read ? [undefined, [...found, read]] : [read, found];
  const snapshot = moment === undefined ? served : timeline.snapshotAt(served, moment);
  const { selection, faults: others, aliases } = parseSelection(input, snapshot.catalog, defaultNeed);
  const all = [...faults, ...others, ...alsoCheck(snapshot, selection)];
  if (all.length > 0) throw invalidParameters(all);
  const isSettled = moment !== undefined && timeline.isSettled(moment);
  return { snapshot, selection, aliases, isSettled, isSettling: moment !== undefined && !isSettled };
}

/** The values of each parameter as text, which is how a selection is read; nothing said and `null` are the same. */
export function selectionIn(values: object, except: ReadonlySet<string> = new Set()): SelectionInput {
  const entries = SELECTION_PARAMETERS.flatMap((name) => {
    const value: unknown = Reflect.get(values, name);
    return value === undefined || value === null || except.has(name) ? [] : [[name, [value].flat().map(String)]];
  });
  return Object.fromEntries(entries) as SelectionInput;
}
