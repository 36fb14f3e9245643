import type { NumberOption } from './option.js';
import type { Traffic } from './rule.js';

/** How long a test may wait, in every format that tests. */
export const TIMEOUT_OPTION: NumberOption = {
  name: 'timeout',
  type: 'whole-number',
  least: 1,
  most: 60,
  default: 5,
  description: 'How long to wait for a connection at most, in seconds.',
};

/**
 * What a test does not reach: UDP answers nobody who does not speak its protocol, and of a network nobody knows which
 * address answers.
 */
export function whyUntested({ protocol }: Traffic, farSide: string): string | undefined {
  if (protocol === 'udp') return 'UDP has no connections';
  return farSide.includes('/') ? 'a network and not one address' : undefined;
}
