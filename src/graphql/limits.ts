import type { GraphQLError } from 'graphql';
import { refused } from './errors.js';

/**
 * How much one operation may ask. What a portal, a code generator or GraphiQL sends is well below each.
 * `depth` and `cost` count what fragments bring in, wherever they are spread; `reached` is counted while it is answered.
 */
export const LIMITS = {
  /** Lexical tokens. */
  tokens: 2_000,
  /** Fields inside fields. */
  depth: 20,
  /** Fields, in all selections together: what validation takes grows with the square of them. */
  fields: 300,
  aliases: 50,
  directives: 50,
  /** Fields of one name that have arguments: validation compares each with each other. */
  repeats: 50,
  /** Fields of the answer, by estimate: a list counts what it selects as often as it is usually long. */
  cost: 200_000,
  /** Things in the answer that another thing leads to, such as the hosts of a requirement. */
  reached: 20_000,
} as const satisfies Record<string, number>;

export type Limit = keyof typeof LIMITS;

/** What each limit counts, and what to do where there is too much of it. */
const WORDS: Readonly<Record<Limit, readonly [counted: string, advice: string]>> = {
  tokens: ['tokens', 'Ask in several documents.'],
  depth: ['levels of fields', 'Ask for what is deeper in a second operation.'],
  fields: ['fields', 'Ask in several documents.'],
  aliases: ['aliases', 'Ask in several documents, or with a selection of several values.'],
  directives: ['directives', 'Leave some out.'],
  repeats: ['fields of one name with arguments', 'Ask in several documents, or with a selection of several values.'],
  cost: ['fields in the answer, by estimate', 'Ask for lists inside lists in a second operation.'],
  reached: ['things in the answer that others lead to', 'Choose less by a selection, or go on in a second operation.'],
};

/**
 * The refusal of what is too large.
 *
 * @param found `null` where nobody counted on.
 */
export function tooLarge(limit: Limit, found: number | null): GraphQLError {
  const allowed = LIMITS[limit];
  const actual = found === null ? null : Math.min(found, Number.MAX_SAFE_INTEGER);
  const [counted, advice] = WORDS[limit];
  const size = actual === null ? `more than ${allowed}` : String(actual);
  const message = `This operation has ${size} ${counted}; at most ${allowed} are answered. ${advice}`;
  return refused('document-too-large', message, { limit, actual, allowed });
}
