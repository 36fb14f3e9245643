import { visit } from 'jsonc-parser';
import { jsonPointer } from '../model/json-pointer.js';

/** Why a body is no list, as short codes for logs and counters. */
export const UNREADABLE_REASONS = [
  'not-utf-8',
  'not-json',
  'too-deep',
  'duplicate-key',
  'forbidden-key',
  'limit',
  'bad-shape',
  'bad-host',
  'bad-address',
  'bad-date',
] as const;

/** A body that is no list. `pointer` is a JSON Pointer where there is one. */
export class UnreadableList extends Error {
  constructor(
    readonly reason: (typeof UNREADABLE_REASONS)[number],
    readonly pointer: string,
    readonly detail: string,
  ) {
    super(pointer === '' ? detail : `${pointer}: ${detail}`);
    this.name = 'UnreadableList';
  }
}

/** The deepest shape that was ever published has 6 levels: list, host, upcoming, entry, date, addresses. */
const MOST_LEVELS = 6;
const FORBIDDEN: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
]);

/**
 * Decodes a body as exactly one JSON object: valid UTF-8 (one byte order mark is allowed), no key twice, no key that
 * means something to JavaScript, no deeper than any list is.
 *
 * @throws UnreadableList
 */
export function decodeList(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadableList('not-utf-8', '', 'The body is not UTF-8.');
  }
  if (!text.trimStart().startsWith('{')) {
    throw new UnreadableList(
      'not-json',
      '',
      `The body is no JSON object. It begins with ${JSON.stringify(text.slice(0, 80))}.`,
    );
  }
  // Before JSON.parse, which keeps the last of two equal keys and so can empty a host without a word.
  checkKeys(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableList('not-json', '', `The body is not JSON: ${error instanceof Error ? error.message : ''}.`);
  }
}

function checkKeys(text: string): void {
  const levels: Set<string>[] = [];
  let depth = 0;
  const enter = () => {
    depth++;
    if (depth > MOST_LEVELS)
      throw new UnreadableList('too-deep', '', `The body nests deeper than ${MOST_LEVELS} levels.`);
  };
  visit(text, {
    onObjectBegin: () => {
      enter();
      levels.push(new Set());
    },
    onObjectEnd: () => {
      depth--;
      levels.pop();
    },
    onArrayBegin: enter,
    onArrayEnd: () => {
      depth--;
    },
    onObjectProperty: (key, _offset, _length, _line, _column, path) => {
      const pointer = jsonPointer([...path(), key]);
      if (FORBIDDEN.has(key)) throw new UnreadableList('forbidden-key', pointer, 'This name is not allowed.');
      const keys = levels.at(-1);
      if (keys?.has(key)) throw new UnreadableList('duplicate-key', pointer, 'This name is there twice.');
      keys?.add(key);
    },
  });
}
