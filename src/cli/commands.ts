import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { SelectionInput } from '../model/selection.js';
import { addDecisions } from './deciding.js';
import { asked, selecting } from './selecting.js';
import { settingsFor } from './settings.js';
import { exitOf, sentencesOf, watchOutput, EX_USAGE } from './ending.js';

/** The command line: the same core as the service. What a command needs is loaded when it is called. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
interface RequirementsOptions {
  readonly at?: string;
  readonly catalog?: string;
  readonly json?: true;
}

interface ExportOptions extends Omit<RequirementsOptions, 'json'> {
  readonly strict?: true;
  readonly accept?: readonly string[];
  readonly fill?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ahead?: string;
  readonly aggregate?: true;
  readonly set?: readonly string[];
}

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

addDecisions(program, print);

selecting(program, 'requirements', 'say what a selection requires')
  .option('--json', 'the answer as GET /requirements gives it, in place of a table')
  .action(async ({ at, catalog, json, ...selection }: SelectionInput & RequirementsOptions) => {
    const [{ offlineRequirements }, { tableOf }] = await Promise.all([
      import('./requirements.js'),
      import('./table.js'),
    ]);
    const location = catalog ?? settingsFor(['CATALOG']).catalog;
    const answer = await offlineRequirements(location, selection, at, new Date());
    for (const line of json === true ? [JSON.stringify(answer, null, 2)] : tableOf(answer)) print(line);
  });

const repeated = (value: string, before: readonly string[] = []) => [...before, value];
selecting(program, 'export <format>', 'write what a selection opens in the format that a firewall loads')
  .option('--strict', 'refuse to leave out anything that the format cannot express')
  .option('--accept <name,…>', 'with --strict: what may be left out all the same', asked)
  .option('--fill <name:value,…>', 'what only you know, such as admin-network:10.1.0.0/16', asked)
  .option('--exclude <what,…>', 'what to leave out: wildcard, companion', asked)
  .option('--ahead <duration>', 'P0D leaves out requirements and hosts that are only announced')
  .option('--aggregate', 'join neighbouring blocks and drop covered ones')
  .option('--set <name=value>', "one of the format's own options; can be repeated", repeated)
  .action(async (format: string, options: SelectionInput & ExportOptions) => {
    const {
      at,
      catalog,
      strict,
      accept = [],
      fill = [],
      exclude = [],
      ahead,
      aggregate,
      set = [],
      ...selection
    } = options;
    const { offlineExport } = await import('./export.js');
    const location = catalog ?? settingsFor(['CATALOG']).catalog;
    const said = {
      strict: strict === true,
      accept,
      fill,
      exclude,
      ahead,
      aggregate: aggregate === true,
      settings: set,
    };
    const { body, leftOut } = await offlineExport(location, format, selection, said, at, new Date());
    process.stdout.write(body);
    // Beside the file, which goes where the output goes.
    if (leftOut !== undefined) process.stderr.write(`${leftOut}\n`);
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
    const settings = settingsFor(['CATALOG', 'UPSTREAM_URL', 'GRACE_DAYS', 'DATABASE_URL'], database);
    const how = { catalog, file, now, signal: interrupted.signal };
    process.exitCode = await importHistory(source, settings, how, print);
  });
history
  .command('export [file]')
  .description('write every revision as JSON lines, by default to standard output')
  .option('--product <name>', 'the product, where the store has several')
  .option('--database <url>', 'the store (default: DATABASE_URL); a service may have it open')
  .option('--force', 'replace a file also where it is no export; never a store')
  .action(async (file: string | undefined, options: { product?: string; database?: string; force?: true }) => {
    const { exportHistory } = await import('./history-export.js');
    const to = file === undefined ? undefined : { file, force: options.force === true };
    await exportHistory(to, options.product, settingsFor(['DATABASE_URL'], options.database));
  });

/** Runs the command of this process, to its exit code. */
export async function runCommand(): Promise<void> {
  watchOutput();
  try {
    await program.parseAsync();
  } catch (error) {
    const exit = exitOf(error);
    if (exit === undefined) throw error;
    process.stderr.write(`${sentencesOf(error).join('\n')}\n`);
    process.exitCode = exit;
  }
}
