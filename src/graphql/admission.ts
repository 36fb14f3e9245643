import { GraphQLError, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { LIMITS, tooLarge } from './limits.js';
import { weigh } from './weight.js';

/**
 * Lets in documents that can be answered cheaply. This is before validation, because validation itself can be made
 * to take seconds by a document of a few hundred bytes.
 */
export class Admission {
  /** Documents that were let in before, by their text. */
  readonly #admitted = new LRUCache<string, true>({
    maxSize: 1_048_576,
    sizeCalculation: (_, text) => text.length + 1,
  });

  /** @throws GraphQLError `document-too-large`, with the number that is too large and the one that is allowed. */
  admit(schema: GraphQLSchema, source: string): void {
    if (this.#admitted.get(source)) return;
    const document = parsed(source);
    if (document === undefined) return;
    const weight = weigh(schema, document);
    for (const [limit, found] of Object.entries(weight) as [keyof typeof weight, number][]) {
      if (found > LIMITS[limit]) throw tooLarge(limit, found);
    }
    this.#admitted.set(source, true);
  }
}

/** The document; `undefined` where it is none, which is told of when it is parsed to be answered. */
function parsed(source: string): DocumentNode | undefined {
  try {
    return parse(source, { maxTokens: LIMITS.tokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes(`${LIMITS.tokens} tokens`))
      throw tooLarge('tokens', null);
    return undefined;
  }
}
