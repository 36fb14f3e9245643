import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { readQuestion, selectionIn, servedBy, type Asked } from '../answer/asked.js';
import type { Alias, Need } from '../model/catalog.js';
import { DomainError, type Fault } from '../model/error.js';
import type { Revision } from '../model/revision.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Timeline } from '../store/timeline.js';
import { Scope, type Count, type SelectionValues } from './scope.js';

/** One operation: the revision that answers all of it, and what its fields found out on the way. */
export interface Operation {
  /** What was served when the operation came; `undefined` before the first revision. */
  readonly served: Snapshot | undefined;
  readonly timeline: Timeline;
  /** What each root field was asked, by its response name. */
  readonly scopes: Map<string | number, Scope>;
  /** Every question that was read, by its JSON, or what it was refused with: the same one is read once. */
  readonly read: Map<string, Asked | DomainError>;
  readonly noted: Noted;
}

/** What an answer is, beside its data. */
export interface Noted extends Count {
  /** Old names that were used to ask. */
  readonly aliases: Alias[];
  /** Whether nothing but the revision decides the answer. */
  followsFromRevision: boolean;
  /** Whether every root field is of a moment for which its answer can no longer change. */
  isSettled: boolean;
  /** Whether a root field is of a moment that has only just passed. */
  isSettling: boolean;
  /** The newest revision that a root field was answered in. */
  newest: Revision | undefined;
}

/** A new operation over what is served. */
export function newOperation(served: Snapshot | undefined, timeline: Timeline): Operation {
  return { served, timeline, scopes: new Map(), read: new Map(), noted: nothingNoted() };
}

/** Forgets what was found out, so that the same operation can be answered once more. */
export function beginAnew({ scopes, read, noted }: Operation): void {
  scopes.clear();
  read.clear();
  Object.assign(noted, nothingNoted());
}

function nothingNoted(): Noted {
  return {
    aliases: [],
    followsFromRevision: true,
    isSettled: true,
    isSettling: false,
    newest: undefined,
    reached: 0,
  };
}

/** Where a resolver is: in which operation, and at which field of it. */
export interface Here {
  readonly operation: Operation;
  readonly info: GraphQLResolveInfo;
}

export const AtField = createParamDecorator((_: unknown, host: ExecutionContext): Here => {
  const context = GqlExecutionContext.create(host);
  return { operation: context.getContext<Operation>(), info: context.getInfo<GraphQLResolveInfo>() };
});

/** What a root field is asked, beside what is its own. */
export interface Asking {
  readonly selection?: SelectionValues | null | undefined;
  /** As of when; it goes before the selection's own. */
  readonly at?: string | null | undefined;
  /** Which needs are meant where none is named; `null` for all. */
  readonly defaultNeed?: readonly Need[] | null;
  /** Finds faults in what is asked beside the selection, and what it comes to. Such a question is read anew. */
  readonly alsoCheck?: (snapshot: Snapshot, selection: Selection) => readonly Fault[];
}

/**
 * Reads what a root field is asked, and remembers it for what is beneath.
 *
 * @throws DomainError `invalid-parameters`, `unknown-revision`, `no-revision`, `store-unavailable`.
 */
export function ask({ operation, info }: Here, asking: Asking = {}): Scope {
  const { served, timeline, scopes, read, noted } = operation;
  const question = {
    selection: selectionIn(asking.selection ?? {}),
    at: asking.at ?? asking.selection?.at ?? null,
    defaultNeed: asking.defaultNeed ?? null,
  };
  const key = JSON.stringify(question);
  const { alsoCheck } = asking;
  const known = alsoCheck === undefined ? read.get(key) : undefined;
  if (known instanceof DomainError) throw known;
  const asked =
    known ?? readOnce(key, () => readQuestion(servedBy({ snapshot: served }), timeline, question, [], alsoCheck), read);
  noted.aliases.push(...asked.aliases);
  noted.isSettled &&= asked.isSettled;
  noted.isSettling ||= asked.isSettling;
  const { revision } = asked.snapshot;
  if (noted.newest === undefined || noted.newest.revision < revision.revision) noted.newest = revision;
  const scope = new Scope(asked, noted);
  scopes.set(info.path.key, scope);
  return scope;
}

/** Remembers what a question came to, be it a refusal. */
function readOnce(key: string, reading: () => Asked, read: Operation['read']): Asked {
  try {
    const asked = reading();
    read.set(key, asked);
    return asked;
  } catch (error) {
    if (error instanceof DomainError) read.set(key, error);
    throw error;
  }
}

/** What the root field above was asked. */
export function scopeOf({ scopes }: Operation, { path }: GraphQLResolveInfo): Scope {
  let root = path;
  while (root.prev !== undefined) root = root.prev;
  return scopes.get(root.key)!;
}
