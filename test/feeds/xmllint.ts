import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCHEMA = fileURLToPath(new URL('atom.rng', import.meta.url));
const IS_MISSING = spawnSync('xmllint', ['--version']).error !== undefined;

/** Whether tests that need xmllint are left out: without it they fail in CI; elsewhere it is said how to get it. */
export const IS_LEFT_OUT = IS_MISSING && !process.env['CI'];
if (IS_LEFT_OUT) console.warn('No xmllint: left out. On Debian: apt-get install libxml2-utils.');

/** What is wrong with an Atom document, as xmllint says it; empty where nothing is. */
export function faultsOfAtom(document: string): string {
  const { status, stderr, error } = spawnSync('xmllint', ['--noout', '--nonet', '--relaxng', SCHEMA, '-'], {
    input: document,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 ? '' : stderr;
}
