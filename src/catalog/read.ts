import { LineCounter, parseDocument } from 'yaml';
import type { Catalog } from '../model/catalog.js';
import { sha256 } from '../model/canonical.js';
import { CatalogError, locate, wholeFile, type CatalogFault } from './fault.js';
import { checkMeaning, checkPromised } from './meaning.js';
import { resolve } from './resolve.js';
import { checkShape } from './shape.js';

/** A catalog as loaded, and which bytes it came from. */
export interface LoadedCatalog {
  readonly catalog: Catalog;
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A catalog is written by hand; more than this is a mistake. */
export const MOST_BYTES = 5 * 1024 * 1024;

/**
 * Reads a catalog whole, or not at all.
 *
 * @param file its name, as errors show it.
 * @throws CatalogError with every fault found.
 */
export function readCatalog(file: string, bytes: Uint8Array): LoadedCatalog {
  const { broken, ...loaded } = readPromising(file, bytes);
  if (broken.length > 0) throw new CatalogError(broken);
  return loaded;
}

/**
 * Reads a catalog that may break its promises, and says which rows do.
 *
 * @throws CatalogError with every other fault found.
 */
export function readPromising(
  file: string,
  bytes: Uint8Array,
): LoadedCatalog & { readonly broken: readonly CatalogFault[] } {
  if (bytes.length > MOST_BYTES)
    throw wholeFile(file, `The file has ${bytes.length} bytes; the limit is ${MOST_BYTES}.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wholeFile(file, 'The file is not UTF-8.');
  }
  if (text.trim() === '') throw wholeFile(file, 'The file is empty.');

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    throw new CatalogError(
      problems.map(({ message, pos }): CatalogFault => {
        const { line, col } = lines.linePos(pos[0]);
        return {
          file,
          line,
          column: col,
          path: '',
          found: null,
          allowed: [],
          didYouMean: null,
          message: `${message}.`,
        };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw wholeFile(file, error instanceof Error ? error.message : String(error));
  }

  const shape = checkShape(value);
  const complaints = shape.ok ? checkMeaning(shape.authored) : shape.complaints;
  if (!shape.ok || complaints.length > 0) throw new CatalogError(locate(file, document, lines, complaints));
  const catalog = resolve(shape.authored);
  const broken = locate(file, document, lines, checkPromised(shape.authored, catalog));
  return { catalog, sha256: sha256(bytes), broken };
}
