import { USUAL_PAGE } from '../answer/revision-log.js';
import { invalidParameters } from '../model/error.js';

/**
 * How many a page is to have.
 *
 * @throws DomainError `invalid-parameters` for less than 1 or more than `most`.
 */
export function pageSize(first: number | null | undefined, most: number): number {
  if (first == null) return USUAL_PAGE;
  if (first >= 1 && first <= most) return first;
  const message = `"${first}" is not a value of the parameter "first". Allowed: 1…${most}.`;
  throw invalidParameters([
    {
      code: 'malformed-value',
      parameter: 'first',
      value: String(first),
      message,
      allowed: [`1…${most}`],
      didYouMean: null,
    },
  ]);
}
