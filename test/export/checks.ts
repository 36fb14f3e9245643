import type { FormatCheck } from './check.js';
import { csvCheck } from './checks/csv.js';
import { htmlCheck } from './checks/html.js';
import { LIST_CHECKS } from './checks/lists.js';
import { markdownCheck } from './checks/markdown.js';
import { nftablesCheck } from './checks/nftables.js';

/** One for each format, in their order. */
export const CHECKS: readonly FormatCheck[] = [...LIST_CHECKS, nftablesCheck, csvCheck, markdownCheck, htmlCheck];
