import { CatalogError, describeFault, wholeFile } from '../catalog/fault.js';
import { doubtsOf } from '../catalog/doubts.js';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import { requirementsOf } from '../model/requirement.js';
import { loadSeed } from '../publish/seed.js';

/**
 * Says every error of a catalog as the service would, then what is legal but doubtful.
 *
 * @param location a file, or a folder with one catalog.
 * @param now the instant at which a date counts as past.
 * @returns the exit code: 1 where the catalog does not load, else 0.
 */
export async function checkCatalog(location: string, now: Date, print: (line: string) => void): Promise<number> {
  try {
    const file = await findCatalog(location);
    const loaded = await loadCatalog(file);
    const { catalog } = loaded;
    const seed = await loadSeed(file, loaded).catch((error: Error) => {
      throw wholeFile(file, error.message, '/upstream/seed');
    });
    const listed = seed?.at(-1)?.content.listedHosts;
    for (const doubt of doubtsOf(catalog, listed, now)) print(`${file}: doubtful: ${doubt}`);
    const { tasks, modes, rows, promises } = catalog;
    const count = requirementsOf(catalog).length;
    print(
      `${file}: good. Rows: ${rows.length}; requirements made of them: ${count}; tasks: ${tasks.length}; ` +
        `modes: ${modes.length}; promises kept: ${promises.length}.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    for (const fault of error.faults) print(describeFault(fault));
    return 1;
  }
}
