import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Alias } from '../model/catalog.js';
import type { Revision } from '../model/revision.js';
import { KeptAnswers } from './kept-answers.js';
import { negotiated, preferredEncoding } from './negotiation.js';
import { Refusal } from './problem.js';
import type { Asked } from './asked.js';
import {
  Representations,
  alreadyHas,
  etagOf,
  offeredEncodings,
  representation,
  type Representation,
} from './representation.js';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** For what follows from the newest revision: a cache may keep it a minute, and longer while we cannot be reached. */
export const CACHEABLE = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400';

/** For what only the one who asked is told, such as by POST. */
export const NO_STORE = 'no-store';

/** For what a moment that has passed was answered: it never changes. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Sends what follows from a revision: negotiated, with a strong ETag, made once and kept. */
@Injectable()
export class Answers {
  readonly #made = new Representations();

  constructor(private readonly kept: KeptAnswers) {}

  /**
   * Answers a question with JSON.
   *
   * @param question what tells this answer apart from others of the same revision; it must name everything that `make` reads.
   * @param altered the revision that last altered the answer, where the answer itself has no `asOf`.
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Omit<Asked, 'selection'>,
    question: string,
    make: () => object,
    altered: Revision = asked.snapshot.revision,
  ): Promise<void> {
    await this.sendAs(request, reply, asked, question, () => {
      const body = make();
      return representation(JSON_TYPE, JSON.stringify(body), { headers: lastModified(asOfIn(body) ?? altered) });
    });
  }

  /**
   * Answers a question with what is made of it, in whatever format; the question names the format too.
   *
   * @throws Refusal `not-acceptable`.
   */
  async sendAs(
    request: FastifyRequest,
    reply: FastifyReply,
    { snapshot, aliases, isSettled, isSettling }: Omit<Asked, 'selection'>,
    question: string,
    make: () => Representation,
  ): Promise<void> {
    const { digest, revision } = snapshot.revision;
    const found = this.#made.of(`${revision} ${digest} ${question}`, make);
    void reply.headers(deprecationHeaders(aliases, snapshot.past.catalogSince().publishedAt));
    await this.sendMade(request, reply, found, isSettled ? IMMUTABLE : CACHEABLE, !isSettling);
  }

  /** Answers with a file that never changes while the service runs. */
  async sendFixed(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    make: () => Promise<Representation>,
  ): Promise<void> {
    await this.sendMade(request, reply, await this.#made.fixed(name, make));
  }

  /**
   * Answers with what was made: in the best encoding, or 304 where the client has it.
   *
   * @param isKept whether the same is said to whoever asks the same of this revision.
   */
  async sendMade(
    request: FastifyRequest,
    reply: FastifyReply,
    found: Representation,
    cacheControl = CACHEABLE,
    isKept = true,
  ): Promise<void> {
    negotiated(request, [found.mediaType]);
    const offered = offeredEncodings(found);
    const encoding = preferredEncoding(request.headers['accept-encoding'], offered);
    if (encoding === undefined)
      throw new Refusal('not-acceptable', 'None of the accepted encodings is offered. Allow identity, gzip or br.');
    const isConditional = cacheControl !== NO_STORE;
    const etag = isConditional ? { etag: etagOf(found, encoding) } : {};
    void reply.headers({ ...etag, 'cache-control': cacheControl, vary: 'Accept-Encoding', ...found.headers });
    const isKnown = isConditional && alreadyHas(request.headers['if-none-match'], etag.etag!);
    const body = isKnown ? this.#made.madeAlready(found, encoding) : await this.#made.encoded(found, encoding);
    const ofTheBytes = {
      'content-type': found.mediaType,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    };
    if (isKept && body !== undefined)
      this.kept.keep(request, { ...reply.getHeaders(), ...ofTheBytes }, { encoding, offered, body });
    if (isKnown) {
      // Fastify gives an answer to HEAD without a body the length 0, which is not that of the 200; a stream has none.
      await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
      return;
    }
    await reply.code(200).headers(ofTheBytes).send(body);
  }
}

/** JSON of what is true only now. Never cached. */
export async function sendUncached(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<void> {
  negotiated(request, [JSON_TYPE]);
  await reply.header('cache-control', 'no-store').type(JSON_TYPE).send(JSON.stringify(body));
}

/** When an answer was last altered, as a header says it. */
export function lastModified({ publishedAt }: Pick<Revision, 'publishedAt'>): { readonly 'last-modified': string } {
  return { 'last-modified': new Date(publishedAt).toUTCString() };
}

function asOfIn(body: { readonly asOf?: Pick<Revision, 'publishedAt'> }): Pick<Revision, 'publishedAt'> | undefined {
  return body.asOf;
}

/**
 * Says that old names were used, whatever their order: since when the first of them is old, and until when the first
 * goes on. Where the catalog does not say since when, that is since the catalog that is served came.
 * Source: RFC 9745, RFC 8594.
 */
export function deprecationHeaders(aliases: readonly Alias[], catalogSince: string): Record<string, string> {
  if (aliases.length === 0) return {};
  const since = Math.min(...aliases.map(({ deprecated }) => Date.parse(deprecated ?? catalogSince)));
  const until = Math.min(...aliases.map(({ sunset }) => (sunset === null ? Infinity : Date.parse(sunset))));
  const sunset = until === Infinity ? {} : { sunset: new Date(until).toUTCString() };
  return { deprecation: `@${Math.floor(since / 1000)}`, ...sunset };
}
