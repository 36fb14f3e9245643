import { express } from '../../src/export/expressed.js';
import type { ExportQuestion } from '../../src/export/exported.js';
import type { Exporter } from '../../src/export/exporter.js';
import { trafficKey, writtenName, type Rules } from '../../src/export/rule.js';
import { wantedOf } from '../../src/export/wanted.js';
import { select } from '../../src/model/select.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { tableToldOf } from './table-rows.js';

/** The rules that an export has to have, as the readers of the checks tell them. Of a table, what its rows say. */
export function rulesOf(snapshot: Snapshot, question: ExportQuestion): string[] {
  const { exporter, selection, isAhead, isAggregated } = question;
  if (exporter.kind === 'table') return tableToldOf(select(snapshot, selection), snapshot.catalog, exporter.id);
  const requirements = select(isAhead ? snapshot.withAnnounced() : snapshot, selection);
  return rulesToldOf(express(wantedOf(requirements, question), exporter.supports, isAggregated).rules, exporter);
}

export function rulesToldOf({ names, addresses }: Rules, { supports }: Exporter): string[] {
  return [
    ...names.map((rule) => (supports.ports ? `${trafficKey(rule)} ${writtenName(rule)}` : writtenName(rule))),
    ...addresses.map((rule) => (supports.ports ? `${trafficKey(rule)} ${rule.cidr}` : rule.cidr)),
  ];
}
