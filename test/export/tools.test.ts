import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKED, bodiesOf, isBinary, twinsOf } from './bodies.js';
import { whereIs, type Tool } from './check.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-export-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Without its commands a program fails in CI; elsewhere it is left out, and said what is missing. */
function isLeftOut({ name, needs }: Tool): boolean {
  const missing = needs.filter((command) => whereIs(command) === undefined);
  if (missing.length === 0 || process.env['CI']) return false;
  console.warn(`${name} is left out: there is no ${missing.join(', ')} here. .ci/run names the Debian packages.`);
  return true;
}

const PROGRAMS = CHECKED.flatMap(([id, exporter, check]) =>
  (check.tools ?? []).map((tool) => [`${id} by ${tool.name}`, exporter, check, tool] as const),
);

describe.each(PROGRAMS)('%s', (_name, exporter, check, tool) => {
  const encoding = isBinary(exporter.mediaType) ? 'latin1' : 'utf8';
  const fileOf = async (text: string) => {
    const file = path.join(folder, `file.${exporter.extension}`);
    await writeFile(file, text, encoding);
    return file;
  };
  const breaking = Object.entries(check.broken).filter(([what]) => !(tool.blindTo ?? []).includes(what));

  describe.skipIf(isLeftOut(tool))('its file', () => {
    it('is taken, whatever it was made of', { timeout: 60_000 }, async () => {
      const bodies = bodiesOf(exporter);
      expect(bodies.size).toBeGreaterThan(2);
      for (const [fixture, body] of bodies) expect(tool.refusal(await fileOf(body)), fixture).toBeNull();
    });

    it('is refused where it is broken', { timeout: 60_000 }, async () => {
      expect(breaking.length).toBeGreaterThan(0);
      for (const [what, breaks] of breaking) {
        expect(tool.refusal(await fileOf(twinsOf(exporter, breaks)[0]!)), what).not.toBeNull();
      }
    });
  });
});
