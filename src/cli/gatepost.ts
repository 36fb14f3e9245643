#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import { DomainError } from '../model/error.js';
import { SELECTION_PARAMETERS, type SelectionInput, type SelectionParameter } from '../model/selection.js';

/** The command line: the same core as the service. What a command needs is loaded when it is called. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
interface RequirementsOptions {
  readonly at?: string;
  readonly catalog?: string;
  readonly json?: true;
}

const CHOICES = {
  product: 'the product',
  task: 'tasks, or all',
  mode: 'modes',
  need: 'required, conditional, not-required',
  host: 'endpoints, their hosts or companions, or zones',
  zone: 'zones',
  direction: 'outbound, inbound, bidirectional',
  protocol: 'tcp, udp',
  port: 'ports',
  family: 'ipv4, ipv6: leaves out other addresses',
  status: 'of addresses (default: current,retiring)',
} as const satisfies Record<SelectionParameter, string>;

/** For what was asked wrongly, as shells have it. */
const EX_USAGE = 2;

const print = (line: string) => process.stdout.write(`${line}\n`);
const program = new Command('gatepost')
  .version(version)
  .description("Which hosts, ports and addresses a customer's firewall must open.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EX_USAGE));

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
    process.exitCode = await checkCatalog(file, new Date(), print);
  });
catalog
  .command('diff <old> <new>')
  .description('say what changes for customers from one catalog to another')
  .option('--json', 'the changes as GET /changes gives them, in place of a table')
  .action(async (before: string, after: string, { json }: { readonly json?: true }) => {
    const { diffCatalogs, diffTable } = await import('./catalog-diff.js');
    const found = await diffCatalogs(before, after, new Date());
    for (const line of json === true ? [JSON.stringify(found, null, 2)] : diffTable(found)) print(line);
  });

const asked = (value: string, before: readonly string[] = []) => [...before, ...value.split(',')];
const requirements = program
  .command('requirements')
  .description('say what a selection requires, from the catalog and the list that ships with it');
for (const name of SELECTION_PARAMETERS) requirements.option(`--${name} <${name},…>`, CHOICES[name], asked);
requirements
  .option('--at <moment>', 'a revision of the history that ships, or an instant')
  .option('--catalog <file>', 'the catalog (default: CATALOG, or the one that ships)')
  .option('--json', 'the answer as GET /requirements gives it, in place of a table')
  .addHelpText('after', '\nRepeat an option, or separate values by commas: any of them.')
  .action(async ({ at, catalog, json, ...selection }: SelectionInput & RequirementsOptions) => {
    const [{ offlineRequirements }, { tableOf }] = await Promise.all([
      import('./requirements.js'),
      import('./table.js'),
    ]);
    const location = catalog ?? readConfig(process.env).catalog;
    const answer = await offlineRequirements(location, selection, at, new Date());
    for (const line of json === true ? [JSON.stringify(answer, null, 2)] : tableOf(answer)) print(line);
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

/** Errors that say, in sentences, what a person can do about them; what they end the command with. */
const EXITS: Readonly<Record<string, number>> = {
  CatalogError: 1,
  ConfigError: 78,
  DomainError: EX_USAGE,
  GitFailed: 1,
  OtherHistory: 1,
  Refused: 1,
  StoreDamaged: 1,
  UnreadableHistory: 1,
};

try {
  await program.parseAsync();
} catch (error) {
  const exit = error instanceof Error ? EXITS[error.name] : undefined;
  if (!(error instanceof Error) || exit === undefined) throw error;
  const faults = error instanceof DomainError ? error.faults : [];
  const sentences = faults.length === 0 ? [error.message] : faults.map(({ message }) => message);
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = exit;
}
