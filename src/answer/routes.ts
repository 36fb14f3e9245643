import findMyWay, { type HTTPMethod, type Instance } from 'find-my-way';
import { nearest } from '../model/nearest.js';
import { Refusal, pathOf } from './problem.js';

/** The routes that there are, so that a request for none of them can be told what there is. */
export class Routes {
  readonly #router: Instance<findMyWay.HTTPVersion.V1> = findMyWay();
  readonly #methods = new Set<HTTPMethod>();
  readonly #paths = new Set<string>();

  add(method: string, path: string): void {
    if (path === '*' || this.#router.hasRoute(method as HTTPMethod, path)) return;
    this.#router.on(method as HTTPMethod, path, () => undefined);
    this.#methods.add(method as HTTPMethod);
    if (!path.includes(':')) this.#paths.add(path);
  }

  /** What to answer where no route fits: 405 with what is allowed, or 404 with what was likely meant. */
  refusalOf(method: string, url: string): Refusal {
    const path = pathOf(url);
    const allowed = [...this.#methods].filter((candidate) => this.#router.find(candidate, path) !== null);
    if (allowed.length > 0 && !allowed.includes(method as HTTPMethod)) {
      const allow = [...allowed, 'OPTIONS'].sort().join(', ');
      return new Refusal('method-not-allowed', `${method} is not used at ${path}. Allowed: ${allow}.`, { allow });
    }
    const meant = nearest(path, this.#paths);
    const hint = meant === null ? 'GET /openapi.json lists what there is.' : `Did you mean ${meant}?`;
    return new Refusal('not-found', `There is nothing at ${path}. ${hint}`);
  }
}
