import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Snapshot } from '../model/snapshot.js';
import { Current } from '../store/current.js';
import { canonicalAddress } from './canonical-address.js';
import { KeptValues } from './kept-values.js';
import { preferredEncoding } from './negotiation.js';
import { bytesOfReady, readyAnswer, type HeadersSaid, type ReadyAnswer } from './ready-answer.js';
import type { Encoding } from './representation.js';

/** A request as it was put, to be put again to the next revision. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body, one character each; empty where there is none. */
  readonly payload: string;
}

/** The ready answers to one question, in the encodings that were asked for. */
interface Kept {
  readonly question: Question;
  /** The encodings that there can be, best first. */
  readonly offered: readonly Encoding[];
  readonly byEncoding: Readonly<Partial<Record<Encoding, ReadyAnswer>>>;
  /** Whether anyone was answered with it. */
  isUsed: boolean;
}

/** Bytes as they are sent. */
interface Sent {
  readonly encoding: Encoding;
  /** The encodings that there can be, best first. */
  readonly offered: readonly Encoding[];
  readonly body: Buffer;
}

/** Where the answer to a request is kept, once it is made. */
interface Place {
  readonly values: KeptValues<Kept>;
  readonly key: string;
  readonly payload: string;
}

/** The headers that decide an answer, beside the encoding that is preferred and what a client has already. */
const DECIDING = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'] as const;
const MOST_BYTES = 24 * 1_048_576;
const OVERHEAD_BYTES = 1_024;
/** How many questions are put to the next revision before it is served. */
const MOST_PREPARED = 100;

/**
 * Answers that are ready to be sent, by revision and by all that decides them. They are found before a request is read
 * any further; what they hold is what was sent when they were made.
 */
@Injectable()
export class KeptAnswers {
  readonly #bySnapshot = new WeakMap<Snapshot, KeptValues<Kept>>();
  readonly #places = new WeakMap<object, Place>();

  constructor(private readonly current: Current) {}

  /** What is ready to be sent to a request; where nothing is, remembers where its answer belongs. */
  find(request: IncomingMessage, payload = ''): ReadyAnswer | undefined {
    const { snapshot } = this.current;
    if (snapshot === undefined) return undefined;
    const values = this.#of(snapshot);
    const key = keyOf(request.url!, request.headers, payload);
    const kept = values.get(key);
    const encoding = kept && preferredEncoding(request.headers['accept-encoding'], kept.offered);
    const ready = encoding && kept?.byEncoding[encoding];
    if (ready !== undefined) kept!.isUsed = true;
    // Of the revision of now: an answer that is made of it and sent after the next has come is not the next one's.
    else this.#places.set(request, { values, key, payload });
    return ready;
  }

  /**
   * Keeps an answer as it is sent.
   *
   * @param headers all that go with the bytes.
   */
  keep({ raw }: FastifyRequest, headers: HeadersSaid, sent: Sent): void {
    const place = this.#places.get(raw);
    if (place === undefined) return;
    const { values, key, payload } = place;
    if (!values.wants(key)) return;
    const { encoding, offered, body } = sent;
    const known = values.get(key);
    const byEncoding = { ...known?.byEncoding, [encoding]: readyAnswer(headers, body) };
    values.set(key, { question: questionOf(raw, payload), offered, byEncoding, isUsed: known?.isUsed ?? false });
  }

  /**
   * Makes the answers of a revision that is about to be served, to the questions that clients put to the one before.
   *
   * @param put puts a question to the service as a client would.
   */
  async prepare(next: Snapshot, put: (question: Question) => Promise<unknown>): Promise<void> {
    const { snapshot } = this.current;
    if (snapshot === undefined) return;
    const asked = [...this.#of(snapshot).values()].filter(({ isUsed }) => isUsed).slice(0, MOST_PREPARED);
    const values = this.#of(next);
    await this.current.ahead(next, async () => {
      for (const { question, byEncoding } of asked) {
        values.wants(keyOf(question.url, question.headers, question.payload));
        for (const encoding of Object.keys(byEncoding)) {
          await put({ ...question, headers: { ...question.headers, 'accept-encoding': encoding } });
        }
      }
    });
  }

  #of(snapshot: Snapshot): KeptValues<Kept> {
    const known = this.#bySnapshot.get(snapshot);
    if (known !== undefined) return known;
    const values = new KeptValues<Kept>(MOST_BYTES, bytesOf);
    this.#bySnapshot.set(snapshot, values);
    return values;
  }
}

function keyOf(url: string, headers: IncomingHttpHeaders, payload: string): string {
  const { accept = '', 'content-type': type = '' } = headers;
  const { 'apollo-require-preflight': preflight = '', 'x-apollo-operation-name': operation = '' } = headers;
  // None of them has a line break, but the last.
  return `${canonicalAddress(url)}\n${accept}\n${type}\n${String(preflight)}\n${String(operation)}\n${payload}`;
}

function questionOf(raw: IncomingMessage, payload: string): Question {
  const headers = DECIDING.flatMap((name) => {
    const value = raw.headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const method = raw.method === 'POST' ? 'POST' : 'GET';
  return { method, url: raw.url!, headers: Object.fromEntries(headers), payload };
}

function bytesOf({ byEncoding, question }: Kept, key: string): number {
  const bytes = Object.values(byEncoding).reduce((sum, ready) => sum + bytesOfReady(ready), 0);
  return bytes + key.length + question.url.length + question.payload.length + OVERHEAD_BYTES;
}
