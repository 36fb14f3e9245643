import { ciscoAsa } from './cisco-asa.js';
import { csv } from './csv.js';
import type { Exporter } from './exporter.js';
import { fortigate } from './fortigate.js';
import { html } from './html.js';
import { juniperSrx } from './juniper-srx.js';
import { LISTS } from './lists.js';
import { markdown } from './markdown.js';
import { mikrotik } from './mikrotik.js';
import { nftables } from './nftables.js';
import { windowsPowershell } from './windows-powershell.js';

/**
 * Every format that there is. To add one: write its file, add its line, run the tests with --update, and read the
 * golden files.
 */
export const FORMATS: readonly Exporter[] = [
  ...LISTS,
  nftables,
  csv,
  markdown,
  html,
  fortigate,
  ciscoAsa,
  juniperSrx,
  mikrotik,
  windowsPowershell,
];

const byId = new Map(FORMATS.map((exporter) => [exporter.id, exporter]));
if (byId.size !== FORMATS.length) throw new TypeError('two formats have one id');

export function formatOf(id: string): Exporter | undefined {
  return byId.get(id);
}
