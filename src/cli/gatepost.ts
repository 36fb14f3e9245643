#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CatalogError } from '../catalog/fault.js';
import { ConfigError, readConfig, type Config } from '../config.js';

/** The command line: the same core as the service. What a command needs is loaded when it is called. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const print = (line: string) => process.stdout.write(`${line}\n`);
const program = new Command('gatepost')
  .version(version)
  .description("Which hosts, ports and addresses a customer's firewall must open.");

program
  .command('serve')
  .description('run the service; its settings come from the environment')
  .action(async () => {
    await import('../main.js');
  });

const catalog = program.command('catalog').description('work on a catalog file');
catalog
  .command('check <file>')
  .description('say every error of a catalog, and what is legal but doubtful')
  .action(async (file: string) => {
    const { checkCatalog } = await import('./catalog-check.js');
    process.exitCode = await checkCatalog(file, print);
  });

const history = program.command('history').description("import or export a store's revisions");
history
  .command('import <source>')
  .description('import dated lists: a folder of them, a git clone of one, or an export')
  .option('--catalog <file>', 'the catalog of the revisions (default: CATALOG, or the one that ships)')
  .option('--file <path>', 'which file of a clone (default: ip_addresses.json, or the only .json)')
  .option('--database <url>', 'the store (default: DATABASE_URL)')
  .addHelpText('after', '\nAddresses that left a list retire after GRACE_DAYS. An import that was broken off goes on.')
  .action(async (source: string, options: { catalog?: string; file?: string; database?: string }) => {
    const { importHistory } = await import('./history-import.js');
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    const { catalog, file, database } = options;
    const now = new Date();
    await importHistory(source, configWith(database), { catalog, file, now, signal: interrupted.signal }, print);
  });
history
  .command('export [file]')
  .description('write every revision as JSON lines, by default to standard output')
  .option('--product <name>', 'the product, where the store has several')
  .option('--database <url>', 'the store (default: DATABASE_URL); a service may have it open')
  .action(async (file: string | undefined, options: { product?: string; database?: string }) => {
    const { exportHistory } = await import('./history-export.js');
    await exportHistory(file, options.product, configWith(options.database));
  });

/** The settings of the environment, with the store that a command names. */
function configWith(database: string | undefined): Config {
  return readConfig(database === undefined ? process.env : { ...process.env, DATABASE_URL: database });
}

/** Errors that say, in a sentence, what a person can do about them. */
const SAID = ['Refused', 'GitFailed', 'OtherHistory', 'UnreadableHistory', 'StoreDamaged'];

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isSetting = error instanceof ConfigError;
  if (!isSetting && !(error instanceof CatalogError) && !SAID.includes(error.name)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = isSetting ? 78 : 1;
}
