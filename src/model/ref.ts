import type { Alias, Catalog } from './catalog.js';
import { refOf } from './requirement.js';
import { namingOf } from './naming.js';

/** The parts of a ref as they were asked for. */
export interface RefParts {
  readonly product: string;
  readonly task: string;
  readonly mode: string;
  readonly name: string;
}

/** The parts of a ref. What it lacks is empty, and so names nothing; what it has too much stays in the name. */
export function partsOf(ref: string): RefParts {
  const [product = '', task = '', mode = '', ...name] = ref.split('/');
  return { product, task, mode, name: name.join('/') };
}

/** The ref that is meant, with old names replaced, and the old names that were used. It need not exist. */
export function canonicalRef(
  catalog: Catalog,
  parts: RefParts,
): { readonly ref: string; readonly aliases: readonly Alias[] } {
  const aliases: Alias[] = [];
  const rename = (name: string, named: Parameters<typeof namingOf>[0]) => {
    const known = named.some((candidate) => candidate.name === name) ? undefined : namingOf(named).aliasOf.get(name);
    if (known !== undefined) aliases.push(known.alias);
    return known?.name ?? name;
  };
  const ref = refOf(
    rename(parts.product, [{ name: catalog.product, aliases: catalog.aliases }]),
    rename(parts.task, catalog.tasks),
    rename(parts.mode, catalog.modes),
    rename(parts.name, rowNames(catalog)),
  );
  return { ref, aliases };
}

/** The names of rows, each with what it was called under the old names of its endpoint. */
function rowNames(catalog: Catalog): { readonly name: string; readonly aliases: readonly Alias[] }[] {
  return catalog.rows.map(({ name, endpoint }) => {
    const aliases = catalog.endpoints.find((candidate) => candidate.name === endpoint)?.aliases ?? [];
    const variant = name.slice(endpoint?.length);
    return { name, aliases: aliases.map((alias) => ({ ...alias, name: `${alias.name}${variant}` })) };
  });
}
