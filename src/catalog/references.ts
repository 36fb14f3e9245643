import { nearest } from '../model/nearest.js';
import type { AuthoredCatalog, OneOrMore } from './authored.js';
import type { Complaint, PathPart } from './fault.js';
import { datesIn } from './dates.js';
import { listOf } from './resolve.js';

function unknown(path: readonly PathPart[], what: string, found: string, known: readonly string[]): Complaint[] {
  if (known.includes(found)) return [];
  const didYouMean = nearest(found, known);
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  const message = `There is no ${what} "${found}". Allowed: ${known.join(', ') || 'none is declared'}.${hint}`;
  return [{ path, found, allowed: known, didYouMean, message }];
}

function unknowns(
  path: readonly PathPart[],
  what: string,
  found: OneOrMore<string> | undefined,
  known: readonly string[],
): Complaint[] {
  if (found === undefined) return [];
  if (!Array.isArray(found)) return unknown(path, what, found as string, known);
  return listOf(found).flatMap((value, i) => unknown([...path, i], what, value, known));
}

/** Every name that refers to another part of the catalog is the name of one. */
export function checkReferences(authored: AuthoredCatalog): Complaint[] {
  const names = {
    document: Object.keys(authored.documents ?? {}),
    mode: Object.keys(authored.modes),
    task: Object.keys(authored.tasks),
    zone: Object.keys(authored.zones),
    endpoint: Object.keys(authored.endpoints),
    announcement: Object.keys(authored.announcements ?? {}),
  };
  const documentOf = (path: readonly PathPart[], document: string | undefined) =>
    unknowns([...path, 'document'], 'document', document, names.document);
  return [
    ...(authored.notes ?? []).flatMap(({ document }, i) => documentOf(['notes', i], document)),
    ...Object.entries(authored.tasks).flatMap(([name, { document }]) => documentOf(['tasks', name], document)),
    ...Object.entries(authored.endpoints).flatMap(([name, { document, companions = [] }]) => [
      ...documentOf(['endpoints', name], document),
      ...companions.flatMap((companion, i) => documentOf(['endpoints', name, 'companions', i], companion.document)),
    ]),
    ...(authored.promises ?? []).flatMap(({ never }, i) =>
      (['task', 'mode', 'zone'] as const).flatMap((part) =>
        unknowns(['promises', i, 'never', part], part, never[part], names[part]),
      ),
    ),
    ...authored.requirements.flatMap((row, i) => [
      ...documentOf(['requirements', i], row.document),
      ...unknowns(['requirements', i, 'endpoint'], 'endpoint', row.endpoint, names.endpoint),
      ...unknowns(['requirements', i, 'zone'], 'zone', row.zone, names.zone),
      ...(row.tasks === 'all' ? [] : unknowns(['requirements', i, 'tasks'], 'task', row.tasks, names.task)),
      ...(typeof row.need === 'string'
        ? []
        : Object.keys(row.need).flatMap((mode) =>
            unknown(['requirements', i, 'need', mode], 'mode', mode, names.mode).map((complaint) => ({
              ...complaint,
              atKey: true,
            })),
          )),
    ]),
    ...datesIn(authored).flatMap(({ path, dates }) =>
      unknowns([...path, 'announcement'], 'announcement', dates.announcement, names.announcement),
    ),
  ];
}
