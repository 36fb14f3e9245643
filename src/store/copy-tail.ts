import type { FileHandle } from 'node:fs/promises';
import type { Revision } from '../model/revision.js';
import type { Line } from './history-form.js';
import { readLine } from './read-history.js';

/** Where a copy ends, so that the next revision can be written there. */
export interface CopyTail {
  readonly product: string;
  /** The last revision that stands there whole, under its seal. */
  readonly revision: Revision;
  /** The byte after its line. */
  readonly offset: number;
  /** Whether the end follows, and nothing else. */
  readonly isEnded: boolean;
  readonly bytes: number;
}

/** Enough for most last lines; where it is not, four times as much is read. */
const WINDOW_BYTES = 65_536;
const MOST_FIRST_LINE_BYTES = 4_096;

/** The end of a copy; `undefined` where there is no whole revision in it. What stands before is not looked at. */
export async function readTail(handle: FileHandle): Promise<CopyTail | undefined> {
  const { size } = await handle.stat();
  const product = await productOf(handle, size);
  if (product === undefined) return undefined;
  for (let window = WINDOW_BYTES; ; window *= 4) {
    const from = Math.max(0, size - window);
    const found = lastRevision(await readBytes(handle, from, size - from), from);
    if (found !== undefined) return { product, bytes: size, ...found };
    if (from === 0) return undefined;
  }
}

async function productOf(handle: FileHandle, size: number): Promise<string | undefined> {
  const beginning = await readBytes(handle, 0, Math.min(size, MOST_FIRST_LINE_BYTES));
  const first = wholeLine(beginning.subarray(0, Math.max(0, beginning.indexOf('\n'))));
  return first !== undefined && 'form' in first ? first.product : undefined;
}

function lastRevision(bytes: Buffer, from: number): Pick<CopyTail, 'revision' | 'offset' | 'isEnded'> | undefined {
  for (let newline = bytes.lastIndexOf('\n'); newline >= 0;) {
    const start = newline === 0 ? 0 : bytes.lastIndexOf('\n', newline - 1) + 1;
    const line = wholeLine(bytes.subarray(start, newline));
    if (line !== undefined && 'revision' in line) {
      const after = bytes.subarray(newline + 1);
      return { revision: line.revision, offset: from + newline + 1, isEnded: isEnd(after, line.revision) };
    }
    if (start === 0) return undefined;
    newline = start - 1;
  }
  return undefined;
}

function isEnd(after: Buffer, { revision }: Revision): boolean {
  const line = after.at(-1) === 0x0a ? wholeLine(after.subarray(0, -1)) : undefined;
  return line !== undefined && 'end' in line && line.end.revisions === revision;
}

function wholeLine(bytes: Buffer): Line | undefined {
  try {
    return readLine(bytes.toString(), 0);
  } catch {
    return undefined;
  }
}

async function readBytes(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}
