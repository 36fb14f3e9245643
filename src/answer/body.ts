import type { Fault } from '../model/error.js';
import type { RawQuery } from './raw-query.js';

/** A body of JSON beside a query: each member is a parameter, so that both are read, and refused, alike. */
export function withBody({ values, faults }: RawQuery, body: unknown): RawQuery {
  if (body === undefined || body === null) return { values, faults };
  if (typeof body !== 'object' || Array.isArray(body)) {
    return { values, faults: [...faults, fault('', 'The body has to be one JSON object.')] };
  }
  const members = Object.entries(body).filter(([, value]) => value !== null);
  const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  const bad = members.filter(([, value]) => !isPlain(value));
  const said = members.filter(([, value]) => isPlain(value)).map(([name, value]) => [name, [String(value)]] as const);
  const twice = said.filter(([name]) => values.has(name));
  return {
    values: new Map([...values, ...said]),
    faults: [
      ...faults,
      ...bad.map(([name]) => fault(name, `The member "${name}" has to be text or a number.`)),
      ...twice.map(([name]) => fault(name, `The address says "${name}" already. Say it once.`)),
    ],
  };
}

function fault(parameter: string, message: string): Fault {
  return { code: 'malformed-value', parameter, value: null, message, allowed: [], didYouMean: null };
}
