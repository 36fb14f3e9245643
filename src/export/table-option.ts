import type { TextOption } from './option.js';

/** The table of nftables that chains and sets of ours are put into. */
export const TABLE_OPTION: TextOption = {
  name: 'table',
  type: 'text',
  // Many other words are words of nft's own.
  pattern: /^(?=.{1,31}$)(?:filter|gatepost\w*|[A-Za-z][A-Za-z0-9]*_\w+)$/,
  default: 'gatepost',
  description:
    'The table of the family inet that the chains and sets are put into: yours, because a rule can jump only within its table. What else is in it stays. It is filter, or begins with gatepost, or has a _ in it.',
};
