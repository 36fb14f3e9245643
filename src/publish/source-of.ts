import type { Catalog } from '../model/catalog.js';
import { upstreamUrl } from '../model/upstream-url.js';
import type { Current } from '../store/current.js';
import type { CatalogFile } from './catalog-file.js';
import type { Source } from './poll.js';

/**
 * What is polled: the list of the setting, or else of the catalog in use, which a catalog that is held is not. Worked out
 * once for each catalog.
 */
export function sourceOf(
  set: URL | null,
  file: CatalogFile,
  current: Current,
  isHeld: () => boolean,
): () => Source | undefined {
  let known: { readonly catalog: Catalog | undefined; readonly source: Source | undefined } | undefined;
  return () => {
    const loaded = isHeld() ? undefined : file.loaded;
    const catalog = loaded?.catalog ?? current.snapshot?.catalog;
    if (known === undefined || known.catalog !== catalog) {
      const catalogSha256 = loaded?.sha256 ?? current.snapshot?.revision.catalog.sha256;
      const url = set ?? upstreamUrl(catalog?.upstream?.url ?? '');
      const isPolled = catalog?.upstream != null && catalogSha256 !== undefined && url !== undefined;
      known = { catalog, source: isPolled ? { url, catalog, catalogSha256 } : undefined };
    }
    return known.source;
  };
}
