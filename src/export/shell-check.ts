import { commented } from './comment.js';
import { TIMEOUT_OPTION, whyUntested } from './connection-test.js';
import type { Exporter } from './exporter.js';
import { addressText, writtenName, type Traffic } from './rule.js';
import { END, PROGRAM } from './shell-program.js';
import { label, plainLabel } from './text.js';

/** What stands behind a far side, on its line. */
const BEHIND = plainLabel(200);

/**
 * A script for any POSIX shell that tries, from the host on which it runs, to open a connection to every far side, and
 * prints a table. A range of ports is tried at its first; what cannot be tried is in the table too, and changes nothing.
 * Run with `sh FILE`. Source: POSIX.1-2024, Shell Command Language.
 */
export const shellCheck: Exporter = {
  id: 'shell-check',
  title: 'Connectivity check for any POSIX shell',
  mediaType: 'text/x-shellscript; charset=utf-8',
  extension: 'sh',
  kind: 'configuration',
  // What comes in can only be tried from where it comes from.
  supports: { names: true, wildcards: 'none', families: ['ipv4', 'ipv6'], flows: ['outbound'], ports: true },
  limits: [],
  options: [TIMEOUT_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const lines = [
      ...rules.names.map((rule) => lineOf(rule, writtenName(rule), '')),
      ...rules.addresses.map((rule) => lineOf(rule, addressText(rule.cidr), label(rule.labels.join(', '), BEHIND))),
    ];
    return [
      '#!/bin/sh',
      ...commented(
        [
          ...header,
          'It opens a connection from this host to each far side, not through a proxy, and closes it.',
          'Exit status: 0 all that was tested was reached, 1 something was not, 2 there is nothing to test with.',
        ],
        '#',
      ),
      // A part of the program may have nothing to do.
      '# shellcheck disable=SC2317',
      // A file that was cut somewhere is an open brace, of which a shell runs nothing.
      '{',
      `seconds=${options.number('timeout')}`,
      PROGRAM,
      ...lines,
      END,
      '',
    ].join('\n');
  },
};

function lineOf(rule: Traffic, farSide: string, purpose: string): string {
  const { protocol, from, to } = rule;
  const why = whyUntested(rule, farSide);
  const [host, text] = [quoted(farSide), quoted(purpose)];
  return why === undefined
    ? `tcp ${from} ${to} ${host} ${text}`
    : `skip ${protocol} ${from} ${to} ${host} ${text} ${quoted(why)}`;
}

/** A word of the shell that stands for itself, whatever it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
