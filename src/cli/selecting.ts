import type { Command } from 'commander';
import { SELECTION_PARAMETERS, type SelectionParameter } from '../model/selection.js';

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

/** The values of an option, which may be repeated or separated by commas. */
export function asked(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',')];
}

/** A command that answers for a selection. */
export function selecting(program: Command, name: string, description: string): Command {
  const command = program.command(name).description(`${description}, from the catalog and the list that ships with it`);
  for (const parameter of SELECTION_PARAMETERS) {
    command.option(`--${parameter} <${parameter},…>`, CHOICES[parameter], asked);
  }
  return command
    .option('--at <moment>', 'a revision of the history that ships, or an instant')
    .option('--catalog <file>', 'the catalog (default: CATALOG, or the one that ships)')
    .addHelpText('after', '\nRepeat an option, or separate values by commas: any of them.');
}
