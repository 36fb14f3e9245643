import { exportOf } from '../../src/export/exported.js';
import type { Exporter } from '../../src/export/exporter.js';
import { FORMATS } from '../../src/export/formats.js';
import { DomainError } from '../../src/model/error.js';
import { CHECKS } from './checks.js';
import type { FormatCheck } from './check.js';
import { FIXTURES, questionOf, type Fixture } from './fixtures.js';

/** Every format with its check. */
export const CHECKED: readonly (readonly [id: string, exporter: Exporter, check: FormatCheck])[] = FORMATS.map(
  (exporter) => [exporter.id, exporter, CHECKS.find(({ id }) => id === exporter.id)!],
);

/** What an export of a fixture comes to: a body, or the refusal in its place. */
export function outcomeOf(fixture: Fixture, exporter: Exporter): string | Uint8Array | DomainError {
  try {
    return exportOf(fixture.snapshot, questionOf(fixture, exporter)).body;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** The bodies of all fixtures as text, a binary one with a character a byte, by the fixture's name. */
export function bodiesOf(exporter: Exporter): ReadonlyMap<string, string> {
  return new Map(
    FIXTURES.flatMap((fixture): [string, string][] => {
      const outcome = outcomeOf(fixture, exporter);
      return outcome instanceof DomainError ? [] : [[fixture.name, asText(outcome)]];
    }),
  );
}

/** A body with a way of breaking it, for each that it breaks. */
export function twinsOf(exporter: Exporter, breaks: (body: string) => string): string[] {
  return [...bodiesOf(exporter).values()].flatMap((body) => (breaks(body) === body ? [] : [breaks(body)]));
}

export function asText(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
}

/** The other way round: what a format writes, of the text of it. */
export function asBody(text: string, { mediaType }: Exporter): string | Uint8Array {
  return isBinary(mediaType) ? Buffer.from(text, 'latin1') : text;
}

export function isBinary(mediaType: string): boolean {
  return mediaType === 'application/x-tar';
}
