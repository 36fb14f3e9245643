#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkCatalog } from './catalog-check.js';

/** The command line: the same core as the service, without it. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const program = new Command('gatepost')
  .version(version)
  .description("Which hosts, ports and addresses a customer's firewall must open.");

program
  .command('catalog')
  .description('work on a catalog file')
  .command('check <file>')
  .description('say every error of a catalog, and what is legal but doubtful')
  .action(async (file: string) => {
    process.exitCode = await checkCatalog(file, new Date(), (line) => process.stdout.write(`${line}\n`));
  });

await program.parseAsync();
