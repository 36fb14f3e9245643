import type { Lookup } from './lookup-answer.js';
import { lookUpName } from './lookup-name.js';
import type { LookupTerm } from './lookup-query.js';
import { lookUpRange } from './lookup-range.js';
import type { Snapshot } from './snapshot.js';

/** What is known of an address or name in one revision and before it. */
export function lookUp(snapshot: Snapshot, query: LookupTerm): Lookup {
  return query.kind === 'name' ? lookUpName(snapshot, query.text) : lookUpRange(snapshot, query.text, query.range);
}
