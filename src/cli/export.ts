import { exportOf } from '../export/exported.js';
import { defaultNeedOf, knownFormat, parseExport, type ExportInput } from '../export/question.js';
import { invalidParameters } from '../model/error.js';
import { parseSelection, type SelectionInput } from '../model/selection.js';
import { offline } from './offline.js';
import { Refused } from './refused.js';

/** An export, and a sentence on what it leaves out; `undefined` where that is nothing. */
export interface OfflineExport {
  readonly body: string | Uint8Array;
  readonly leftOut: string | undefined;
}

/**
 * A selection in a format, from the catalog and the list that ships with it.
 *
 * @param settings the format's own options, each as `name=value`.
 * @throws Refused, DomainError `unknown-format`, `invalid-parameters`, `unknown-revision`, and what an export is refused for;
 *   CatalogError.
 */
export async function offlineExport(
  location: string,
  format: string,
  selected: SelectionInput,
  said: Omit<ExportInput, 'options'> & { readonly settings: readonly string[] },
  at: string | undefined,
  now: Date,
): Promise<OfflineExport> {
  const exporter = knownFormat(format);
  const { snapshot, isListed, faults: before } = await offline(location, at, now);
  const { selection, faults } = parseSelection(selected, snapshot.catalog, defaultNeedOf(exporter));
  const { settings, ...input } = said;
  const options = Map.groupBy(settings.map(settingIn), ([name]) => name);
  const read = parseExport(
    exporter,
    selection,
    { ...input, options: new Map([...options].map(([name, same]) => [name, same.map(([, value]) => value)])) },
    snapshot.catalog,
  );
  const all = [...before, ...faults, ...read.faults];
  if (all.length > 0) throw invalidParameters(all);
  const { body, omitted } = exportOf(snapshot, read.question, isListed);
  const items = [...new Set(omitted.map(({ item }) => item))];
  const sentences = [
    ...(isListed ? [] : ['No list of addresses ships with this catalog: none is known.']),
    ...(items.length === 0 ? [] : [`Left out: ${items.join(', ')}.`]),
  ];
  return { body, leftOut: sentences.length === 0 ? undefined : sentences.join(' ') };
}

function settingIn(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals === -1) throw new Refused(`--set takes name=value, not "${text}".`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
