import { writeFileSync } from 'node:fs';
import type { FormatCheck } from '../check.js';
import { failureOf, strange } from '../check.js';
import { block, dnsName, linesOf } from '../grammar.js';

/** The least that HAProxy runs with. */
const SETTINGS = `defaults
  mode tcp
  timeout connect 1s
  timeout client 1s
  timeout server 1s
frontend f
  bind 127.0.0.1:65001
  acl listed dst -f FILE
  tcp-request connection accept if listed
`;

/** A list of blocks, one a line, with comments on lines of their own where the device knows them. */
function addresses(body: string | Uint8Array, hasComments: boolean, behind = ''): string[] {
  const lines = linesOf(body).filter((line) => !(hasComments && /^# [^\n]*$/.test(line)));
  if (lines.length === 0) strange('no entry', '');
  const form = new RegExp(`^([0-9a-f.:/]+)${behind}$`);
  return lines.map((line) => block(form.exec(line)?.[1] ?? strange('no entry', line)));
}

const BROKEN: FormatCheck['broken'] = {
  'no entry': () => '# nothing\n',
  'a name': (body) => `${body}a.example.com\n`,
  'host bits': (body) => `${body}20.0.0.1/24\n`,
  'an empty line': (body) => `${body}\n`,
  HTML: () => '<html></html>\n',
  'no end': (body) => body.trimEnd(),
};

export const LIST_CHECKS: readonly FormatCheck[] = [
  {
    id: 'panos-ip',
    read: (body) => addresses(body, false, String.raw`(?: [ -~]{1,200})?`),
    broken: { ...BROKEN, 'a comment line': (body) => `# x\n${body}` },
  },
  {
    id: 'panos-url',
    read: (body) =>
      linesOf(body).map((line) => dnsName(/^([^/\s]{1,254})\/$/.exec(line)?.[1] ?? strange('no entry', line))),
    broken: {
      'no slash': (body) => body.replace('/\n', '\n'),
      'a scheme': (body) => `https://${body}`,
      'a comment': (body) => `# x\n${body}`,
    },
  },
  { id: 'fortigate-ip', read: (body) => addresses(body, true), broken: BROKEN },
  { id: 'pf-table', read: (body) => addresses(body, true), broken: BROKEN },
  {
    id: 'haproxy-list',
    read: (body) => addresses(body, true),
    broken: BROKEN,
    tools: [
      {
        name: 'haproxy',
        needs: ['haproxy'],
        refusal: (file) => {
          const settings = `${file}.cfg`;
          writeFileSync(settings, SETTINGS.replace('FILE', file));
          return failureOf('haproxy', ['-c', '-f', settings]);
        },
        // It takes what it is given: an empty file, host bits, an empty line.
        blindTo: ['no entry', 'host bits', 'an empty line', 'no end'],
      },
    ],
  },
  {
    id: 'plain',
    read: (body) => addresses(body, false),
    broken: { ...BROKEN, 'a comment line': (body) => `# x\n${body}` },
  },
];
