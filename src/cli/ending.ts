import { DomainError } from '../model/error.js';

/** For what was asked wrongly, as shells have it. */
export const EX_USAGE = 2;

/** Errors that say, in sentences, what a person can do about them; what they end the command with. */
const EXITS: Readonly<Record<string, number>> = {
  CatalogError: 1,
  ConfigError: 78,
  DomainError: EX_USAGE,
  GitFailed: 1,
  HeadMoved: 1,
  OtherHistory: 1,
  Refused: 1,
  StoreDamaged: 1,
  UnreadableHistory: 1,
};

/** What an error ends the command with; `undefined` for a mistake of ours, whose trace is wanted. */
export function exitOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  return EXITS[error.name] ?? (isOfTheSystem(error) ? 1 : undefined);
}

/** What there is to say of it, a line each. */
export function sentencesOf(error: unknown): readonly string[] {
  const faults = error instanceof DomainError ? error.faults : [];
  if (faults.length > 0) return faults.map(({ message }) => message);
  return [error instanceof Error ? error.message : String(error)];
}

/** Whether the system or SQLite refused something: no space, no permission, no such folder. */
export function isOfTheSystem(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || ('code' in error && error.code === 'ERR_SQLITE_ERROR');
}

/** Ends the process, with a sentence, once what reads its output is gone: nobody waits for the rest. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const why = error.code === 'EPIPE' ? 'what reads it has ended' : error.message;
    process.stderr.write(`The output could not be written to its end: ${why}.\n`);
    process.exit(1);
  });
}
