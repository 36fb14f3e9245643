import type { Decision } from '../model/decision.js';
import type { HeldList } from './poll.js';
import type { SoakingList } from './soak.js';

/** How a poll ended, for people. What is served changes only by `published`. */
export interface PollOutcome {
  readonly outcome: 'published' | 'unchanged' | 'soaking' | 'held' | 'pinned' | 'failed';
  /** The code of what went wrong; `null` where nothing did. */
  readonly reason: string | null;
  /** A sentence for people; `null` where there is nothing to say. */
  readonly detail: string | null;
}

export function heldOutcome({ reason, detail }: HeldList): PollOutcome {
  return { outcome: 'held', reason, detail: `${detail} The old list is still served.` };
}

export function pinnedOutcome({ subject, by, until }: Decision): PollOutcome {
  const end = until === null ? 'until it is unpinned' : `until ${until}`;
  return { outcome: 'pinned', reason: null, detail: `${by} keeps what revision ${subject} held ${end}.` };
}

export function soakingOutcome({ since, until }: SoakingList): PollOutcome {
  const detail = `A changed list is seen since ${since}, and is published if a poll still sees it after ${until}. The old list is still served.`;
  return { outcome: 'soaking', reason: null, detail };
}

export function failedOutcome({ reason, message }: { readonly reason: string; readonly message: string }): PollOutcome {
  return { outcome: 'failed', reason, detail: `${message} What was served before is still served.` };
}
