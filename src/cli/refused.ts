import type { CommandSettings } from './settings.js';

/** A command cannot do what it was asked. The message is for people, and says what to do. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** The file of the store that a command works on. */
export function storeFile({ database }: Pick<CommandSettings, 'database'>): string {
  if (database.sqlite !== ':memory:') return database.sqlite;
  throw new Refused('A store in memory ends with the command: name a file by --database or DATABASE_URL.');
}
