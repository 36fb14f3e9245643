import type { FormatCheck } from './check.js';
import { ciscoAsaCheck } from './checks/cisco-asa.js';
import { csvCheck } from './checks/csv.js';
import { fortigateCheck } from './checks/fortigate.js';
import { htmlCheck } from './checks/html.js';
import { juniperSrxCheck } from './checks/juniper-srx.js';
import { LIST_CHECKS } from './checks/lists.js';
import { markdownCheck } from './checks/markdown.js';
import { mikrotikCheck } from './checks/mikrotik.js';
import { nftablesCheck } from './checks/nftables.js';
import { windowsPowershellCheck } from './checks/windows-powershell.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [
  ...LIST_CHECKS,
  nftablesCheck,
  csvCheck,
  markdownCheck,
  htmlCheck,
  fortigateCheck,
  ciscoAsaCheck,
  juniperSrxCheck,
  mikrotikCheck,
  windowsPowershellCheck,
];
