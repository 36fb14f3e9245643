import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What one format is held to. */
export interface FormatCheck {
  /** The format's. */
  readonly id: string;
  /**
   * Reads a body strictly, as the device would: throws at anything that is not of its grammar. What it lets through, one
   * text each, in the body's order: `outbound tcp 443-443 20.0.0.1/32`, `inbound udp 1-9 *.a.com`; of a list, which has
   * no ports, `20.0.0.1/32` or `*.a.com`. A table has a text for
   * each of its rows, or for each cell that says a need: see table-rows.ts.
   */
  readonly read: (body: string | Uint8Array) => readonly string[];
  /** Whether rules that overlap are written as others that let through the same. */
  readonly isJoined?: true;
  /** Ways to break a good body, by what is wrong then; a body without a place for it stays as it is. A binary one is told with a character a byte. */
  readonly broken: Readonly<Record<string, (body: string) => string>>;
  /** The real programs that load the format, where there are some here. */
  readonly tools?: readonly Tool[];
}

/** A real program that loads, or checks, a file of a format. */
export interface Tool {
  readonly name: string;
  /** The commands that must be there. */
  readonly needs: readonly string[];
  /** What is wrong with a file, in the words of the program; `null` where nothing is. */
  readonly refusal: (file: string) => string | null;
  /** Those ways of breaking a body that the program does not see; the reader does. */
  readonly blindTo?: readonly string[];
}

const FOLDERS = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** Where a command is; `undefined` where it is not. */
export function whereIs(command: string): string | undefined {
  return FOLDERS.map((folder) => path.join(folder, command)).find((file) => existsSync(file));
}

/** Runs a program to its end. What it said, where it failed; `null` where it did not. */
export function failureOf(command: string, args: readonly string[], input?: string): string | null {
  const { status, stdout, stderr, error } = spawnSync(whereIs(command) ?? command, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, LC_ALL: 'C' },
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) return error.message;
  return status === 0 ? null : `${status}: ${stdout}${stderr}`;
}

/** The same in a network namespace of its own: nothing of this machine's is changed. */
export function failureApart(command: string, args: readonly string[], input?: string): string | null {
  const isRoot = process.getuid?.() === 0;
  return failureOf('unshare', [isRoot ? '-n' : '-rn', whereIs(command) ?? command, ...args], input);
}

/** Fails with what a reader met and did not know. */
export function strange(what: string, line: string): never {
  throw new Error(`${what}: ${JSON.stringify(line)}`);
}
