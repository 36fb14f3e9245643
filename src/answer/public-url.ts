/** Where clients reach the service. Links are made of it alone, never of what a request says of its host. */
export class PublicUrl {
  readonly #base: URL | null;

  /** @param url taken as a folder, with or without a slash at its end; `null` where nobody said where clients reach us. */
  constructor(url: URL | null) {
    const folder = /^.*[^/]/.exec(url?.pathname ?? '')?.[0] ?? '';
    this.#base = url === null ? null : new URL(`${folder}/`, url.origin);
  }

  /** The whole address of a path, which begins without a slash; `null` where it cannot be known. */
  absolute(path: string): string | null {
    return this.#base === null ? null : new URL(path, this.#base).href;
  }

  /** The whole address where it is known, else one relative to the service's root. */
  reference(path: string): string {
    return this.absolute(path) ?? path;
  }
}
