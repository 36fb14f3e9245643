import { stringify } from 'csv-stringify/sync';
import { markdownTable } from 'markdown-table';
import type { Change } from '../model/change.js';
import type { DiffShape } from './shapes/change.js';

export const MARKDOWN_TYPE = 'text/markdown; charset=utf-8';
export const CSV_TYPE = 'text/csv; charset=utf-8';

type Told = Omit<Change, 'id' | 'revision' | 'publishedAt'>;

/** A column a member, so that no program has to read sentences. */
const COLUMNS = {
  kind: ({ kind }) => kind,
  subject: ({ subject }) => subject,
  host: ({ host }) => host,
  address: ({ address }) => address,
  requirement: ({ requirement }) => requirement,
  reason: ({ reason }) => reason,
  byName: ({ action }) => action.byName,
  byAddress: ({ action }) => action.byAddress,
  actBy: ({ actBy }) => actBy,
  firstOfFamily: ({ firstOfFamily }) => firstOfFamily,
  announced: ({ announced }) => String(announced),
  leadTimeSeconds: ({ leadTimeSeconds }) => leadTimeSeconds,
  effectiveFrom: ({ effectiveFrom }) => effectiveFrom,
  previous: ({ previous }) => (previous === null ? null : JSON.stringify(previous)),
  current: ({ current }) => (current === null ? null : JSON.stringify(current)),
} satisfies Record<string, (change: Told) => string | number | null>;

const FOR_PEOPLE = {
  Change: ({ kind }) => kind,
  What: (change) => whatOf(change),
  Why: ({ reason }) => reason,
  'By name': ({ action }) => action.byName,
  'By address': ({ action }) => action.byAddress,
  'Act by': ({ actBy }) => actBy ?? '',
} satisfies Record<string, (change: Told) => string>;

/** What is different, as a table of CommonMark with the extension for tables. */
export function changesAsMarkdown({ product, from, to, changes }: DiffShape): string {
  const title = `# ${inMarkdown(product)}: from revision ${from} to ${to}\n\n`;
  if (changes.length === 0) return `${title}Nothing is different.\n`;
  const rows = changes.map((change) => Object.values(FOR_PEOPLE).map((cell) => inMarkdown(cell(change))));
  return `${title}${markdownTable([Object.keys(FOR_PEOPLE), ...rows], { alignDelimiters: false })}\n`;
}

/** The same as CSV, one row a change. Source: RFC 4180; what a spreadsheet would take for a formula is quoted. */
export function changesAsCsv({ changes }: Pick<DiffShape, 'changes'>): string {
  const rows = changes.map((change) => Object.values(COLUMNS).map((cell) => cell(change)));
  return stringify([Object.keys(COLUMNS), ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

/** What a change is about, in a few words. */
export function whatOf({
  subject,
  host,
  address,
  requirement,
}: Pick<Change, 'subject' | 'host' | 'address' | 'requirement'>) {
  return [subject, address, host === null || address === null ? host : `of ${host}`, requirement]
    .filter((part) => part !== null)
    .join(' ');
}

/** Text in one line of one cell, that is nothing but text. */
function inMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}
