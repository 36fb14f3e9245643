import { One, Required, Checked } from './parameter.js';
import { parseBlock } from '../model/cidr.js';
import type { Asked } from './asked.js';
import type { Query } from './query-pipe.js';

const NOTE = 'The reason: it stands in the history beside your name.';

/** Why something is decided. */
export class ReasonQuery implements Query {
  declare asked: Asked;

  @One(NOTE)
  note?: string;
}

export class PinQuery extends ReasonQuery {
  @Required('The number of a revision.', { example: '27' })
  @Checked('a whole number from 1', (text) => /^[1-9]\d{0,8}$/.test(text))
  revision!: string;

  @One('When it ends by itself: an RFC 3339 instant to come. Default: when it is unpinned.')
  @Checked('an RFC 3339 instant', isInstant)
  until?: string;
}

export class RevokeQuery extends ReasonQuery {
  @Required('An address or a block: every address that lies in it is meant.', { example: '162.159.137.43' })
  @Checked('an IP address or a CIDR block', (text) => parseBlock(text).ok)
  cidr!: string;

  @One('Of one host alone. Default: of all.')
  host?: string;
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
