import type { Answer, Asked } from '../http.ts';

/** What is asked over and over. */
export interface Load extends Asked {
  /**
   * Parameters of the address, to be put into another order every time, of which some are joined by commas. In path and
   * body, `@serial`, `@low` and `@high` stand for numbers that never come twice together.
   */
  readonly parameters?: readonly (readonly [name: string, value: string])[];
  /** Asked once, before all else. */
  readonly first?: Asked;
  /** Whether the client says which answer it has. */
  readonly revalidates?: boolean;
  /** How often this is asked among others. */
  readonly weight?: number;
}

/** One request of a load. */
export function exampleOf({ method, path, headers, body, parameters }: Load): Asked {
  const numbers = (text: string) =>
    text.replaceAll('@serial', '000000000').replaceAll('@low', '10000').replaceAll('@high', '40000');
  const query = parameters?.map(([name, value]) => `${name}=${value}`).join('&');
  return {
    method,
    path: numbers(path) + (query === undefined ? '' : `?${query}`),
    headers,
    body: body === undefined ? undefined : numbers(body),
  };
}

/** Loads, and what may be answered to them, as wrk.lua reads them. */
export function planOf(loads: readonly Load[], expected: readonly Answer[]): string {
  const statuses = expected.map(({ status }) => `[${status}]=true`);
  const bodies = expected.map(({ body }) => `[ ${quoted(body.trimEnd())} ]=true`);
  return `return {\n${[
    `requests={${loads.map(requestOf).join(',\n')}}`,
    `statuses={${statuses.join(',')}}`,
    `bodies={${bodies.join(',')}}`,
  ].join(',\n')}}\n`;
}

function requestOf({ method, path, headers, body, parameters, weight = 1 }: Load): string {
  const fields = Object.entries(headers).map(([name, value]) => `[ ${quoted(name)} ]=${quoted(value)}`);
  const varied = parameters?.map(([name, value]) => `{name=${quoted(name)},value=${quoted(value)}}`);
  return `{${[
    `method=${quoted(method)}`,
    `path=${quoted(path)}`,
    `headers={${fields.join(',')}}`,
    ...(body === undefined ? [] : [`body=${quoted(body)}`]),
    ...(varied === undefined ? [] : [`parameters={${varied.join(',')}}`]),
    `varies=${parameters !== undefined || `${path}${body ?? ''}`.includes('@')}`,
    `weight=${weight}`,
  ].join(',')}}`;
}

/** Text as Lua writes it where nothing in it is to be read as an escape. */
function quoted(text: string): string {
  return `[====[${text.startsWith('\n') ? '\n' : ''}${text}]====]`;
}
