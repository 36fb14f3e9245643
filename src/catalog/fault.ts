import { isCollection, isMap, isNode, isScalar, type Document, type LineCounter } from 'yaml';
import { jsonPointer } from '../model/json-pointer.js';

/** One thing that is wrong with a catalog, at the place where its author will mend it. */
export interface CatalogFault {
  readonly file: string;
  /** From 1; `null` where the file as a whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
  /** JSON Pointer to the member (RFC 6901). */
  readonly path: string;
  /** What stands there. */
  readonly found: string | null;
  readonly allowed: readonly string[];
  readonly didYouMean: string | null;
  readonly message: string;
}

/** A catalog that does not load. Loading is whole or not at all; the error has every fault. */
export class CatalogError extends Error {
  constructor(readonly faults: readonly CatalogFault[]) {
    super(faults.map(describeFault).join('\n'));
    this.name = 'CatalogError';
  }
}

/** A fault of a file as a whole, or of one member whose place is not known. */
export function wholeFile(file: string, message: string, path = ''): CatalogError {
  return new CatalogError([
    { file, line: null, column: null, path, found: null, allowed: [], didYouMean: null, message },
  ]);
}

/** A fault in one line: `file:line:column: path: message`. */
export function describeFault({ file, line, column, path, message }: CatalogFault): string {
  const place = line === null ? file : `${file}:${line}:${column}`;
  return `${place}: ${path === '' ? '' : `${path}: `}${message}`;
}

export type PathPart = string | number;

/** What a check finds wrong, before its place in the file is known. */
export interface Complaint {
  readonly path: readonly PathPart[];
  readonly message: string;
  readonly found?: unknown;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string | null;
  /** The complaint is about the member's name, not its value. */
  readonly atKey?: boolean;
}

/** Gives complaints their place in the text. */
export function locate(
  file: string,
  document: Document,
  lines: LineCounter,
  complaints: readonly Complaint[],
): CatalogFault[] {
  return complaints.map(({ path, message, found, allowed = [], didYouMean = null, atKey = false }) => {
    const offset = offsetOf(document, path, atKey);
    const place = offset === undefined ? undefined : lines.linePos(offset);
    return {
      file,
      line: place?.line ?? null,
      column: place?.col ?? null,
      path: jsonPointer(path),
      found: found === undefined ? null : shorten(typeof found === 'string' ? found : JSON.stringify(found)),
      allowed,
      didYouMean,
      message,
    };
  });
}

/** Where a member begins; where it is missing, where the nearest member around it does. */
function offsetOf(document: Document, path: readonly PathPart[], atKey: boolean): number | undefined {
  const last = path.at(-1);
  if (atKey && last !== undefined) {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
    if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
  }
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range)
      return isCollection(node) ? keyOffset(document, path.slice(0, depth)) : node.range[0];
  }
  return document.contents?.range?.[0];
}

/** A collection is pointed at by its key, which is the line that its author knows it by. */
function keyOffset(document: Document, path: readonly PathPart[]): number | undefined {
  const last = path.at(-1);
  const node = document.getIn(path, true);
  const own = isNode(node) ? node.range?.[0] : undefined;
  return typeof last === 'string' ? (offsetOf(document, path, true) ?? own) : own;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
