import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { compareInstants, compareText } from '../model/canonical.js';

/** A version of a list that was published once. */
export interface Version {
  /** When: RFC 3339 UTC. */
  readonly at: string;
  /** Where it is found, for people. */
  readonly name: string;
  /** Its bytes. */
  read(): Promise<Uint8Array>;
}

const DATED = /^(\d{4}-\d\d-\d\d)T(\d\d):?(\d\d):?(\d\d)Z\.json$/;

/** The versions in a folder, each in a file named by its instant (`2016-05-17T230240Z.json`), oldest first. */
export async function versionsInFolder(folder: string): Promise<Version[]> {
  const names = await readdir(folder);
  const versions = names.flatMap((name): Version[] => {
    const at = instantOf(name);
    return at === undefined ? [] : [{ at, name, read: () => readFile(path.join(folder, name)) }];
  });
  // Two names can say the same instant.
  return versions.sort((a, b) => compareInstants(a.at, b.at) || compareText(a.name, b.name));
}

/** The instant that a file is named by; `undefined` where it is named by none. */
function instantOf(name: string): string | undefined {
  const [, day, hours, minutes, seconds] = DATED.exec(name) ?? [];
  const at = `${day}T${hours}:${minutes}:${seconds}Z`;
  const ms = Date.parse(at);
  // JavaScript takes 30 February for 2 March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(at.slice(0, -1)) ? at : undefined;
}
