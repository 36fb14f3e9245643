import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** An answer as bytes, made once. */
export interface Representation {
  readonly mediaType: string;
  readonly body: Buffer;
  /** SHA-256 of the identity bytes, base64url; the strong ETag is made of it. */
  readonly hash: string;
  /** Tells it apart from the same bytes under another media type; mostly nothing. */
  readonly variant: string;
  /** Further headers that go with it. */
  readonly headers: Readonly<Record<string, string>>;
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Below this, compression costs more than it saves. */
const LEAST_BYTES = 1_024;

export function representation(
  mediaType: string,
  body: string | Buffer,
  { variant = '', headers = {} }: Partial<Pick<Representation, 'variant' | 'headers'>> = {},
): Representation {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  let known: string | undefined;
  return {
    mediaType,
    body: bytes,
    // Made when it is asked for: nobody asks for that of a short answer to a POST.
    get hash() {
      return (known ??= createHash('sha256').update(bytes).digest('base64url'));
    },
    variant,
    headers,
  };
}

/** The encodings that a representation is offered in, best first. */
export function offeredEncodings({ body }: Representation): readonly Encoding[] {
  return body.length < LEAST_BYTES ? ['identity'] : ENCODINGS;
}

/** Strong, and different for each encoding and each variant. Source: RFC 9110 8.8.3. */
export function etagOf({ hash, variant }: Representation, encoding: Encoding): string {
  const parts = [hash, variant, encoding === 'identity' ? '' : encoding];
  return `"${parts.filter((part) => part !== '').join('-')}"`;
}

/** Whether a client already has a representation. Weak comparison, as If-None-Match asks for. */
export function alreadyHas(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}

/**
 * Answers that were made, by question. Questions begin with the revision, so that nothing needs to be invalidated;
 * what is not asked for any more gives way.
 */
export class Representations {
  readonly #kept = new LRUCache<string, Representation>({ maxSize: 16 * 1024 * 1024, sizeCalculation: sizeOf });
  readonly #encoded = new LRUCache<string, Buffer>({
    maxSize: 8 * 1024 * 1024,
    sizeCalculation: (bytes) => bytes.length || 1,
  });
  /** What is being encoded: whoever comes meanwhile waits for the same. */
  readonly #encoding = new Map<string, Promise<Buffer>>();

  of(question: string, make: () => Representation): Representation {
    const kept = this.#kept.get(question);
    if (kept !== undefined) return kept;
    const made = make();
    this.#kept.set(question, made);
    return made;
  }

  /** The same for what no revision changes. */
  async fixed(name: string, make: () => Promise<Representation>): Promise<Representation> {
    const question = `fixed ${name}`;
    const kept = this.#kept.get(question);
    if (kept !== undefined) return kept;
    const made = await make();
    this.#kept.set(question, made);
    return made;
  }

  async encoded(of: Representation, encoding: Encoding): Promise<Buffer> {
    if (encoding === 'identity') return of.body;
    const key = `${encoding} ${of.hash}`;
    const kept = this.#encoded.get(key);
    if (kept !== undefined) return kept;
    const underWay = this.#encoding.get(key) ?? encode(of.body, encoding);
    this.#encoding.set(key, underWay);
    try {
      const made = await underWay;
      this.#encoded.set(key, made);
      return made;
    } finally {
      this.#encoding.delete(key);
    }
  }

  /** The encoded bytes, if they were made already. */
  madeAlready(of: Representation, encoding: Encoding): Buffer | undefined {
    return encoding === 'identity' ? of.body : this.#encoded.get(`${encoding} ${of.hash}`);
  }
}

/** On another thread. */
function encode(bytes: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
  return encoding === 'br'
    ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
    : gzipped(bytes, { level: 9 });
}

/** What keeping an answer takes, in bytes, about: with a small one, what is around it is most of it. */
function sizeOf({ body }: Representation, question: string): number {
  return body.length + question.length + 1_024;
}
