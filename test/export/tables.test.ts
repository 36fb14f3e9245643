import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/export/csv.js';
import { exportOf } from '../../src/export/exported.js';
import { html } from '../../src/export/html.js';
import { markdown } from '../../src/export/markdown.js';
import type { Catalog } from '../../src/model/catalog.js';
import { openRevision } from '../../src/model/snapshot.js';
import { parseSelection } from '../../src/model/selection.js';
import { contentOf, revisionOf } from '../store/stores.js';
import { loaded } from '../catalog/own.js';
import { csvCheck } from './checks/csv.js';
import { markdownCheck } from './checks/markdown.js';
import { htmlCheck } from './checks/html.js';
import { rulesOf } from './rules-of.js';
import { HOSTILE, questionOf } from './fixtures.js';
import { seen } from './plain-text.js';

function asked(catalog: Catalog, exporter: typeof csv, strict = false) {
  const content = contentOf(catalog, []);
  const snapshot = openRevision(revisionOf(1, content), content);
  const question = questionOf({ name: 'own', snapshot, input: {}, fill: [] }, exporter, { isStrict: strict });
  return { snapshot, question, ...exportOf(snapshot, question) };
}

function describedAs(description: string): Catalog {
  const catalog = loaded();
  return { ...catalog, rows: catalog.rows.map((row) => ({ ...row, description })) };
}

describe('a table of comma-separated values', () => {
  it.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\u200b=1', '\uff1d1'])(
    'does not calculate %j',
    (text) => {
      const { body } = asked(describedAs(text), csv);
      const [, row] = parse(body as string);
      expect(row!.at(-1)).not.toMatch(/^[=+\-@\t\r\uff1d]/);
      expect(row!.at(-1)).toContain('1');
    },
  );

  it('gives every text back', () => {
    const { body } = asked(describedAs('a "b", c\r\nd'), csv);
    expect(parse(body as string)[1]!.at(-1)).toBe('a "b", c d');
  });
});

/** Text of the marks of Markdown, HTML and tables, in any order. */
const anyMarks = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('`*_[]()<>!&;#|\\~-+=.:/ \n\tab1$"\'@\u00a0')),
      fc.constantFrom(
        '://',
        'http://a.com',
        'www.',
        '&amp;',
        '&#58;',
        '](',
        '<br>',
        '<!--',
        '-->',
        '```',
        '  \n',
        '| - |',
      ),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

describe('tables', () => {
  const CHECKS = [
    [csv, csvCheck],
    [markdown, markdownCheck],
    [html, htmlCheck],
  ] as const;

  it.each(HOSTILE)('show %j as what it is', (text) => {
    for (const [exporter, check] of CHECKS) {
      for (const around of [text, `x ${text}`, `${text}${text}`, `- ${text}\n\n> ${text}`]) {
        const { body, snapshot, question } = asked(describedAs(around), exporter);
        const told = check.read(body);
        // A formula has a mark before it.
        const plain = exporter === csv ? told.map((one) => one.replace(/ \| '(?=[=+\-@])/, ' | ')) : told;
        expect(plain.toSorted()).toEqual(rulesOf(snapshot, question).sort());
      }
    }
  });

  it('show any marks as what they are', () => {
    const catalog = loaded();
    fc.assert(
      fc.property(fc.constantFrom(...CHECKS), anyMarks, anyMarks, ([exporter, check], description, title) => {
        const marked: Catalog = {
          ...catalog,
          endpoints: catalog.endpoints.map((endpoint) => ({ ...endpoint, title: `x${title}` })),
          rows: catalog.rows.map((row) => ({ ...row, description: `y${description}`, section: `z${title}` })),
        };
        const { body, snapshot, question } = asked(marked, exporter);
        expect(check.read(body).toSorted()).toEqual(rulesOf(snapshot, question).sort());
      }),
      { numRuns: 500 },
    );
  });

  it('show what only the customer knows, and leave nothing out', () => {
    const catalog = loaded({
      zones: { internet: { title: 'The internet' }, office: { title: 'The office' } },
      endpoints: { 'a.com': { kind: 'host' }, vendor: { kind: 'placeholder', title: 'Vendor', fill: 'ask' } },
      requirements: [
        ...['a.com', 'vendor'].map((endpoint) => ({
          endpoint,
          tasks: 'all',
          need: 'required',
          direction: 'outbound',
          ports: [{ tcp: 443 }],
          description: 'A.',
        })),
        {
          zone: 'office',
          name: 'console',
          tasks: 'all',
          need: 'conditional',
          direction: 'inbound',
          ports: [{ tcp: '1-2' }, { udp: 3 }],
          description: 'B.',
        },
      ],
    });
    for (const [exporter, check] of CHECKS) {
      const { omitted, body } = asked(catalog, exporter, true);
      expect(omitted).toEqual([]);
      expect(check.read(body)).toHaveLength(exporter === csv ? 4 : 3);
    }
  });

  it('say that there is nothing where nothing is selected', () => {
    const catalog = loaded({ modes: { online: { title: 'Online' }, airgap: { title: 'Airgap' } } });
    const content = contentOf(catalog, []);
    const snapshot = openRevision(revisionOf(1, content), content);
    const { selection } = parseSelection({ direction: ['inbound'] }, catalog, null);
    for (const [exporter, check] of CHECKS) {
      const question = { ...questionOf({ name: 'own', snapshot, input: {}, fill: [] }, exporter), selection };
      expect(check.read(exportOf(snapshot, question).body)).toEqual([]);
    }
  });

  it('say the tasks of a row where those of a section differ', () => {
    const row = { endpoint: 'a.com', need: 'required', direction: 'outbound', ports: [{ udp: 53 }, { tcp: '1-2' }] };
    const catalog = loaded({
      tasks: { install: { title: 'Install' }, upgrade: { title: 'Up | grade' }, run: { title: 'Run' } },
      modes: { online: { title: 'Online' }, airgap: { title: 'Airgap' } },
      requirements: [
        { ...row, tasks: ['install', 'upgrade'], description: 'One.' },
        {
          ...row,
          tasks: ['run'],
          need: { online: 'conditional' },
          direction: 'inbound',
          description: 'Two.',
          variant: 'two',
        },
      ],
    });
    const { body, snapshot, question } = asked(catalog, markdown);
    expect(String(body).split('\n').slice(-4)).toEqual([
      '| - | - | - | - | - |',
      '| Install<br>Up \\| grade | a.com (ports 1-2, UDP port 53) | Required | Required | One. |',
      '| Run | a.com (ports 1-2, UDP port 53, inbound) | Conditional | | Two. |',
      '',
    ]);
    expect(markdownCheck.read(body).toSorted()).toEqual(rulesOf(snapshot, question).sort());
  });

  it('keep code and links in their own marks', () => {
    const text = 'See [the `list`](/docs/a?b&c) at `:8800` or `a|b`, http://a.com/a_b and www.a.com.';
    const line = String(asked(describedAs(text), markdown).body)
      .trimEnd()
      .split('\n')
      .at(-1)!;
    expect(line.split(' | ').at(-1)).toBe(
      String.raw`See [the ${'`list`'}](/docs/a?b\&c) at ${'`:8800`'} or a\|b, http\://a.com/a\_b and www\.a.com. |`,
    );
    expect(String(asked(describedAs(text), html).body)).toContain(
      '<td>See <a href="/docs/a?b&amp;c">the <code>list</code></a> at <code>:8800</code> or <code>a|b</code>, http://a.com/a_b and www.a.com.</td>',
    );
    expect(seen(text)).toBe(text);
    expect(lexer(line)).toHaveLength(1);
  });
});
