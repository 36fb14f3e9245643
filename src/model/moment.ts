import type { Fault } from './error.js';

/** When an answer is asked for: a revision by its number, or an instant. */
export type Moment =
  | { readonly kind: 'revision'; readonly revision: number }
  /** RFC 3339 UTC with milliseconds. */
  | { readonly kind: 'instant'; readonly instant: string };

const REVISION = /^[1-9]\d{0,8}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * Reads the number of a revision, an RFC 3339 instant, or a date, which is its start in UTC.
 * An instant after `now` is a fault: nobody knows yet what will be served then.
 */
export function parseMoment(text: string, now: Date, parameter = 'at'): Moment | Fault {
  if (REVISION.test(text)) return { kind: 'revision', revision: Number(text) };
  const day = DATE.test(text) ? text : INSTANT.exec(text)?.[1];
  const ms = day !== undefined && isDay(day) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) return fault(parameter, text, 'is neither a revision nor an instant', nearestTo(text));
  if (ms > now.getTime()) return fault(parameter, text, 'lies in the future', null);
  return { kind: 'instant', instant: new Date(ms).toISOString() };
}

/** Whether a day is in the calendar: JavaScript takes 30 February for 2 March. */
export function isDay(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** A date and time without a zone is most often meant in UTC. A `+` in an address is read as a space. */
function nearestTo(text: string): string | null {
  const candidates = [
    `${text}Z`,
    text.replace(' ', 'T'),
    `${text.replace(' ', 'T')}Z`,
    text.replace(/ (\d\d:\d\d)$/, '+$1'),
  ];
  return candidates.find((candidate) => candidate !== text && INSTANT.test(candidate)) ?? null;
}

function fault(parameter: string, value: string, what: string, didYouMean: string | null): Fault {
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  return {
    code: value === '' ? 'empty-value' : 'malformed-value',
    parameter,
    value,
    message:
      value === ''
        ? `The parameter "${parameter}" has an empty value.`
        : `"${value}" ${what}. The parameter "${parameter}" takes the number of a revision, or an instant that has passed.${hint}`,
    allowed: ['a revision: 1, 2, 3 …', 'an RFC 3339 instant, not in the future', 'a date: its start, UTC'],
    didYouMean,
  };
}
