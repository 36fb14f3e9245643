import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Exporter } from '../../src/export/exporter.js';
import { FORMATS } from '../../src/export/formats.js';
import { DomainError } from '../../src/model/error.js';
import { CHECKED, asBody, asText, outcomeOf, twinsOf } from './bodies.js';
import { CHECKS } from './checks.js';
import { FIXTURES, questionOf } from './fixtures.js';
import { comparable } from './coverage.js';
import { rulesOf } from './rules-of.js';

const NAMED = FIXTURES.map((fixture) => [fixture.name, fixture] as const);

/** The fixtures that a format writes, with what it writes. */
function writtenOf(exporter: Exporter) {
  return FIXTURES.flatMap((fixture) => {
    const body = outcomeOf(fixture, exporter);
    return body instanceof DomainError ? [] : [[fixture.name, fixture, body] as const];
  });
}

it('every format has a check', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual(FORMATS.map(({ id }) => id));
});

describe.each(CHECKED)('%s', (id, exporter, check) => {
  it.each(NAMED)('writes the fixture %s as its golden file', async (name, fixture) => {
    const outcome = outcomeOf(fixture, exporter);
    const isRefused = outcome instanceof DomainError;
    const file = `../golden/export/${name}/${id}.${isRefused ? 'refused' : exporter.extension}`;
    await expect(isRefused ? `${outcome.code}\n${outcome.message}\n` : asText(outcome)).toMatchFileSnapshot(
      fileURLToPath(new URL(file, import.meta.url)),
    );
  });

  it.each(writtenOf(exporter))('lets through what the fixture %s asks for, and no more', (_name, fixture, body) => {
    expect(comparable(check.read(body), check)).toEqual(
      comparable(rulesOf(fixture.snapshot, questionOf(fixture, exporter)), check),
    );
  });

  it('is refused only for what it cannot hold', () => {
    const refusals = FIXTURES.map((fixture) => outcomeOf(fixture, exporter)).filter(
      (one) => one instanceof DomainError,
    );
    expect(
      refusals
        .map(({ code }) => code)
        .filter((code) => !['nothing-to-open', 'over-limit', 'mixed-ports'].includes(code)),
    ).toEqual([]);
  });

  it.each(Object.entries(check.broken))('is not read with %s', (_what, breaks) => {
    const twins = twinsOf(exporter, breaks);
    expect(twins.length).toBeGreaterThan(0);
    for (const twin of twins) expect(isRead(() => check.read(asBody(twin, exporter)))).toBe(false);
  });
});

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
