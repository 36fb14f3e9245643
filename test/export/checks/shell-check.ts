import { sha256 } from '../../../src/model/canonical.js';
import { failureOf, strange, type FormatCheck, type Tool } from '../check.js';
import { farSide, isNetwork } from '../far-side.js';
import { Lines, commentLine, linesOf, ports } from '../grammar.js';

/** Of the part that never changes, the time limit apart. Who changes that part reads it anew, and tests it. */
const PROGRAM = '0b5ac957487352e9677d3bd68ba7269ca937285d180b0f5ef8b79f27530ef4cc';

const FAR = String.raw`'([A-Za-z0-9.:/-]{1,254})'`;
const TEXT = String.raw`'([A-Za-z0-9 ._:/()#,@+=*-]{0,200})'`;

function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.take(/#!\/bin\/sh/);
  const comments = lines.all(commentLine('#')).map(([line]) => line);
  if (comments.at(-1) !== '# shellcheck disable=SC2317') strange('no directive', comments.join());
  lines.take(/\{/);
  lines.take(/seconds=([1-9]|[1-5]\d|60)/);
  const program = lines.all(/(?!row RESULT).*/).map(([line]) => line);
  if (sha256(program.join('\n')) !== PROGRAM) strange('another program', sha256(program.join('\n')));
  lines.take(/row RESULT PROTOCOL PORTS 'FAR SIDE' ''/);
  const rules = [];
  for (;;) {
    const tested = lines.maybe(new RegExp(`tcp (\\d+) (\\d+) ${FAR} ${TEXT}`));
    const form = new RegExp(`skip (tcp|udp) (\\d+) (\\d+) ${FAR} ${TEXT} '([A-Za-z ]+)'`);
    const skipped = tested === undefined ? lines.maybe(form) : undefined;
    const [protocol, from, to, far] = tested ? ['tcp', ...tested.slice(1)] : (skipped?.slice(1) ?? []);
    if (far === undefined) break;
    const found = farSide(far);
    if (isNetwork(found) !== far.includes('/')) strange('a block of one address', far);
    if ((tested !== undefined) !== (protocol === 'tcp' && !isNetwork(found))) strange('tested, or not', far);
    rules.push(`outbound ${protocol} ${ports(`${from}-${to}`)} ${found}`);
  }
  lines.take(/printf '%s tested with %s, %s not reached, %s not tested\\n' "\$tested" "\$tool" "\$missed" "\$skipped"/);
  lines.take(/\[ "\$missed" -eq 0 \] \|\| exit 1/);
  lines.take(/exit 0/);
  lines.take(/\}/);
  lines.end();
  return rules;
}

/** What only a reader of our own sees: it is all right for a shell. */
const RIGHT = ['a port that is none', 'a network that is tested', 'an unknown word', 'a live line after a comment'];

function shell(command: string, ...args: readonly string[]): Tool {
  return {
    name: [command, ...args].join(' '),
    needs: [command],
    refusal: (file) => failureOf(command, [...args, file]),
    blindTo: [...RIGHT, 'a host that leaves its quotes', 'a host without quotes', 'a word of another shell'],
  };
}

export const shellCheckCheck: FormatCheck = {
  id: 'shell-check',
  read,
  broken: {
    'a port that is none': (body) => body.replace(/\ntcp \d+ /, '\ntcp 99999 '),
    'a network that is tested': (body) => body.replace(/\nskip (tcp .*\/\S+ '.*') '.*'/, '\n$1'),
    'an unknown word': (body) => body.replace(/\ntcp (?=\d)/, '\ntpc '),
    'a host that leaves its quotes': (body) => body.replace(/\n(tcp \d+ \d+ '[^']+)'/, "\n$1'; reboot; ''"),
    'a host without quotes': (body) => body.replace(/\n(tcp \d+ \d+) '[^']+'/, '\n$1 $(reboot)'),
    'an open quote': (body) => body.replace(/\n(tcp \d+ \d+ '[^']+)'/, '\n$1'),
    'a word of another shell': (body) => body.replace('[ "$missed" -eq 0 ]', '[[ "$missed" -eq 0 ]]'),
    'a live line after a comment': (body) => body.replace('\n# ', '\nreboot # '),
    'carriage returns': (body) => body.replaceAll('\n', '\r\n'),
    'no end': (body) => body.replace(/exit 0\n\}\n$/, ''),
    'no end, in the middle of what it tests': (body) => body.replace(/\n(tcp \d+ \d+ '[^']+' ''\n)[^]*$/, '\n$1'),
  },
  tools: [
    {
      name: 'shellcheck',
      needs: ['shellcheck'],
      refusal: (file) => failureOf('shellcheck', ['-s', 'sh', file]),
      blindTo: RIGHT,
    },
    shell('dash', '-n'),
    shell('bash', '--posix', '-n'),
    shell('busybox', 'sh', '-n'),
    shell('mksh', '-n'),
  ],
};
