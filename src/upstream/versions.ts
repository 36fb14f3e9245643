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

/** What a folder has of a list. */
export interface FoundVersions {
  /** Oldest first. */
  readonly versions: readonly Version[];
  /** The names of JSON files that no version can be made of, by name. */
  readonly undated: readonly string[];
}

const DATED = /^(\d{4}-\d\d-\d\d)T(\d\d):?(\d\d):?(\d\d)Z\.json$/;
/** What tells of the versions in a folder, and is none. */
const INDEX = 'index.json';

/** The versions in a folder, each in a file named by its instant (`2016-05-17T230240Z.json`). */
export async function versionsInFolder(folder: string): Promise<FoundVersions> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const versions = names.flatMap((name): Version[] => {
    const at = instantOf(name);
    return at === undefined ? [] : [{ at, name, read: () => readFile(path.join(folder, name)) }];
  });
  const undated = names.filter((name) => /\.json$/i.test(name) && name !== INDEX && instantOf(name) === undefined);
  return {
    // Two names can say the same instant.
    versions: versions.sort((a, b) => compareInstants(a.at, b.at) || compareText(a.name, b.name)),
    undated: undated.sort(compareText),
  };
}

/** The instant that a file is named by; `undefined` where it is named by none. */
function instantOf(name: string): string | undefined {
  const [, day, hours, minutes, seconds] = DATED.exec(name) ?? [];
  const at = `${day}T${hours}:${minutes}:${seconds}Z`;
  const ms = Date.parse(at);
  // JavaScript takes 30 February for 2 March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(at.slice(0, -1)) ? at : undefined;
}
