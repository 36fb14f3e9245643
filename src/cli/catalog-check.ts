import { CatalogError, describeFault } from '../catalog/fault.js';
import { doubtsOf } from '../catalog/doubts.js';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import { requirementsOf } from '../model/requirement.js';
import { findSeed, readSeed } from '../upstream/seed.js';

/**
 * Says every error of a catalog as the service would, then what is legal but doubtful.
 *
 * @param location a file, or a folder with one catalog.
 * @returns the exit code: 1 where the catalog does not load, else 0.
 */
export async function checkCatalog(location: string, print: (line: string) => void): Promise<number> {
  try {
    const file = await findCatalog(location);
    const { catalog } = await loadCatalog(file);
    const seed = catalog.upstream?.seed ?? null;
    const seedFile = seed === null ? undefined : await findSeed(file, seed);
    if (seed !== null && seedFile === undefined) {
      print(`${file}: /upstream/seed: There is no file "${seed}" beside the catalog or among those that ship.`);
      return 1;
    }
    const list = seedFile === undefined ? undefined : (await readSeed(seedFile)).list;
    for (const doubt of doubtsOf(catalog, list?.hosts)) print(`${file}: doubtful: ${doubt}`);
    const { tasks, modes, rows, promises } = catalog;
    const count = requirementsOf(catalog).length;
    print(
      `${file}: good: ${rows.length} rows make ${count} requirements for ${tasks.length} tasks in ${modes.length} modes; ` +
        `${promises.length} promises hold.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    for (const fault of error.faults) print(describeFault(fault));
    return 1;
  }
}
