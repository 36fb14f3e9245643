/** An ETag can lie: once a day the list is asked for without one. */
const UNCONDITIONAL_EVERY_MS = 24 * 60 * 60_000;

/** Where a list was accepted, and after how many decisions of operators: each may make another content of the same list. */
export interface Place {
  readonly href: string;
  readonly decided: number;
}

/** The ETag of the list that was last accepted: only what is served may be answered by a 304. */
export class AcceptedTag {
  #accepted: (Place & { readonly etag: string | null }) | undefined;
  #unconditionalMs = -Infinity;

  constructor(private readonly monotonicMs: () => number) {}

  /** What the list is asked for with; `null` asks for it whatever it is. */
  at({ href, decided }: Place): string | null {
    const isDue = this.monotonicMs() - this.#unconditionalMs > UNCONDITIONAL_EVERY_MS;
    if (isDue || this.#accepted?.href !== href || this.#accepted.decided !== decided) return null;
    return this.#accepted.etag;
  }

  /**
   * A list was accepted, and everything that follows from it is stored.
   *
   * @param asked what it was asked for with.
   */
  accept({ href, decided }: Place, etag: string | null, asked: string | null): void {
    this.#accepted = { href, decided, etag: usable(etag) };
    if (asked === null) this.#unconditionalMs = this.monotonicMs();
  }
}

/** What may be sent back as it came; anything else makes the next poll unconditional. Source: RFC 9110 8.8.3. */
function usable(etag: string | null): string | null {
  return etag !== null && etag.length <= 256 && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}
