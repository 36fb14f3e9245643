import type { TextOption } from './option.js';

/** The table of nftables that chains and sets of ours are put into. */
export const TABLE_OPTION: TextOption = {
  name: 'table',
  type: 'text',
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,30}$/,
  default: 'gatepost',
  description:
    'The table of the family inet that the chains and sets are put into: yours, because a rule can jump only within its table. What else is in it stays.',
};
