import type { Command } from 'commander';
import { askAdmin, type Remote } from './remote.js';

interface Options {
  readonly url: string;
  readonly note?: string;
  readonly until?: string;
  readonly host?: string;
}

/** The commands by which operators decide, each of a running service. */
export function addDecisions(program: Command, print: (line: string) => void): void {
  const command = (of: Command, words: string, about: string) =>
    of
      .command(words)
      .description(about)
      .option('--url <url>', 'where the service is', process.env['GATEPOST_URL'] ?? 'http://127.0.0.1:3000')
      .option('--note <text>', 'the reason, for the history');
  const remote = ({ url }: Options): Remote => ({ url, token: process.env['GATEPOST_TOKEN'] });
  const tell = (answer: unknown) => print(JSON.stringify(answer, null, 2));
  const held = program.command('held').description('decide on what a running service holds (token in GATEPOST_TOKEN)');

  command(held, 'list', 'say what waits for an operator').action(async (options: Options) => {
    tell(await askAdmin(remote(options), 'GET', 'held'));
  });
  for (const verb of ['approve', 'reject'] as const) {
    const about = verb === 'approve' ? 'let in exactly what is held under a digest' : 'keep it out';
    command(held, `${verb} <digest>`, about).action(async (digest: string, options: Options) => {
      const path = `held/${encodeURIComponent(digest)}/${verb}`;
      tell(await askAdmin(remote(options), 'POST', path, { note: options.note ?? null }));
    });
  }
  command(program, 'pin <revision>', 'have a running service serve what a revision held, and nothing else')
    .option('--until <instant>', 'when that ends by itself')
    .action(async (revision: string, options: Options) => {
      const { note = null, until = null } = options;
      tell(await askAdmin(remote(options), 'PUT', 'pin', { revision, note, until }));
    });
  command(program, 'unpin', 'have it follow upstream and the catalog again').action(async (options: Options) => {
    tell(await askAdmin(remote(options), 'DELETE', 'pin', { note: options.note ?? null }));
  });
  command(program, 'revoke <cidr>', 'have a running service take a block off at once, and keep it off')
    .option('--host <name>', 'of one host alone')
    .action(async (cidr: string, options: Options) => {
      const { note = null, host = null } = options;
      tell(await askAdmin(remote(options), 'POST', 'revoke', { cidr, host, note }));
    });
  command(program, 'restore <cidr>', 'have it let in a block again that was revoked')
    .option('--host <name>', 'of one host alone')
    .action(async (cidr: string, options: Options) => {
      const { note = null, host = null } = options;
      tell(await askAdmin(remote(options), 'DELETE', 'revoke', { cidr, host, note }));
    });
}
