import * as fc from 'fast-check';
import type { FeedPage } from '../../src/feeds/feed.js';
import {
  CHANGE_ACTIONS,
  CHANGE_KINDS,
  CHANGE_REASONS,
  CHANGE_SUBJECTS,
  type Change,
  type Difference,
} from '../../src/model/change.js';
import type { Selection } from '../../src/model/selection.js';
import { cidr } from '../model/fixture.js';

const DAY = '2023-04-06T17:30:00.000Z';

/** An address as a change shows it. */
function held(status: string, other: { readonly [name: string]: string } = {}) {
  return {
    cidr: '162.159.137.43/32',
    family: 'ipv4',
    host: 'api.replicated.com',
    status,
    source: 'published',
    firstSeenAt: '2023-03-06T17:30:00.000Z',
    effectiveFrom: null,
    announcedRemovalAt: null,
    removedAt: null,
    retireAt: null,
    ...other,
  };
}

const NOTHING = { byName: 'none', byAddress: 'none' } as const;
const NEW_ADDRESS: Difference = {
  kind: 'added',
  subject: 'address',
  action: { byName: 'none', byAddress: 'open' },
  reason: 'new',
  firstOfFamily: null,
  actBy: DAY,
  host: 'api.replicated.com',
  address: cidr('162.159.137.43/32'),
  requirement: null,
  previous: null,
  current: held('current'),
  announced: false,
  leadTimeSeconds: null,
  effectiveFrom: null,
};
const REF = 'replicated/upgrade/online/quay.io';
const NEW_REQUIREMENT: Difference = {
  ...NEW_ADDRESS,
  subject: 'requirement',
  action: { byName: 'open', byAddress: 'open' },
  host: null,
  address: null,
  requirement: REF,
  current: { ref: REF, need: 'required', direction: 'outbound' },
};
const KNOWN_TEXT: Difference = { ...NEW_REQUIREMENT, kind: 'modified', reason: 'text', action: NOTHING, actBy: null };
const RETIRING = held('retiring', { removedAt: DAY, retireAt: '2023-05-06T17:30:00.000Z' });

/** One difference of every sort, and the title that it gets. */
export const SORTS: readonly (readonly [title: string, difference: Difference])[] = [
  ['api.replicated.com: open 162.159.137.43 by address (new)', NEW_ADDRESS],
  [
    'api.replicated.com: open 2606:4700::/32 by address (new, its first IPv6)',
    {
      ...NEW_ADDRESS,
      address: cidr('2606:4700::/32'),
      firstOfFamily: 'ipv6',
      current: held('current', { cidr: '2606:4700::/32', family: 'ipv6' }),
    },
  ],
  [
    'api.replicated.com: open 2606:4700::1 by address (moved)',
    {
      ...NEW_ADDRESS,
      address: cidr('2606:4700::1/128'),
      reason: 'moved',
      current: held('current', { cidr: '2606:4700::1/128', family: 'ipv6' }),
    },
  ],
  [
    'api.replicated.com: open 162.159.137.43 by address (new)',
    {
      ...NEW_ADDRESS,
      kind: 'modified',
      previous: held('announced', { effectiveFrom: '2023-04-06T00:00:00.000Z' }),
      announced: true,
      leadTimeSeconds: 2_678_400,
      effectiveFrom: '2023-04-06T00:00:00.000Z',
    },
  ],
  [
    'api.replicated.com: 162.159.137.43 announced for 2023-06-01 00:00 UTC, nothing to do yet (announced)',
    {
      ...NEW_ADDRESS,
      action: NOTHING,
      reason: 'announced',
      actBy: null,
      current: held('announced', { effectiveFrom: '2023-06-01T00:00:00.000Z' }),
      effectiveFrom: '2023-06-01T00:00:00.000Z',
    },
  ],
  [
    'api.replicated.com: 162.159.137.43 announced without a date, nothing to do yet (announced)',
    { ...NEW_ADDRESS, action: NOTHING, reason: 'announced', actBy: null, current: held('announced') },
  ],
  [
    'api.replicated.com: 162.159.137.43 announced to end at 2023-06-01 00:00 UTC, nothing to do yet (announced)',
    {
      ...NEW_ADDRESS,
      kind: 'modified',
      action: NOTHING,
      reason: 'announced',
      actBy: null,
      previous: held('current'),
      current: held('current', { announcedRemovalAt: '2023-06-01T00:00:00.000Z' }),
      effectiveFrom: '2023-06-01T00:00:00.000Z',
    },
  ],
  [
    'api.replicated.com: 162.159.137.43 no longer announced to end, nothing to do (announced)',
    {
      ...NEW_ADDRESS,
      kind: 'modified',
      action: NOTHING,
      reason: 'announced',
      actBy: null,
      previous: held('current', { announcedRemovalAt: '2023-06-01T00:00:00.000Z' }),
    },
  ],
  [
    'api.replicated.com: 162.159.137.43 removed, nothing to do (delisted)',
    {
      ...NEW_ADDRESS,
      kind: 'removed',
      action: NOTHING,
      reason: 'delisted',
      actBy: null,
      previous: held('announced'),
      current: null,
    },
  ],
  [
    'api.replicated.com: keep 162.159.137.43 open until 2023-05-06 17:30 UTC (delisted)',
    {
      ...NEW_ADDRESS,
      kind: 'modified',
      action: NOTHING,
      reason: 'delisted',
      actBy: null,
      previous: held('current'),
      current: RETIRING,
    },
  ],
  [
    'api.replicated.com: keep 162.159.137.43 open (reinstated)',
    {
      ...NEW_ADDRESS,
      kind: 'modified',
      action: NOTHING,
      reason: 'reinstated',
      actBy: null,
      previous: RETIRING,
    },
  ],
  [
    'api.replicated.com: close 162.159.137.43 by address (retired)',
    {
      ...NEW_ADDRESS,
      kind: 'removed',
      action: { byName: 'none', byAddress: 'close' },
      reason: 'retired',
      actBy: null,
      previous: RETIRING,
      current: null,
    },
  ],
  [`${REF}: open (new)`, NEW_REQUIREMENT],
  [
    `${REF}: open before 2023-06-01 00:00 UTC (announced)`,
    {
      ...NEW_REQUIREMENT,
      reason: 'announced',
      actBy: '2023-06-01T00:00:00.000Z',
      effectiveFrom: '2023-06-01T00:00:00.000Z',
    },
  ],
  [
    `${REF}: announced to end at 2023-06-01 00:00 UTC, nothing to do yet (announced)`,
    {
      ...KNOWN_TEXT,
      reason: 'announced',
      previous: { ref: REF, dated: null },
      current: { ref: REF, dated: { from: null, until: '2023-06-01T00:00:00.000Z', announcement: 'move' } },
      effectiveFrom: '2023-06-01T00:00:00.000Z',
    },
  ],
  [
    `${REF}: open (widened)`,
    {
      ...NEW_REQUIREMENT,
      kind: 'modified',
      reason: 'widened',
      previous: { ref: REF, need: 'not-required', direction: 'outbound' },
    },
  ],
  [
    `${REF}: close (retired)`,
    {
      ...NEW_REQUIREMENT,
      kind: 'removed',
      action: { byName: 'close', byAddress: 'close' },
      reason: 'retired',
      actBy: null,
      previous: NEW_REQUIREMENT.current,
      current: null,
    },
  ],
  [
    `${REF}: changed, nothing to do (text)`,
    {
      ...KNOWN_TEXT,
      previous: { ref: REF, description: 'Old “words”\nin two lines.' },
      current: { ref: REF, description: 'New words.' },
    },
  ],
  [
    `${REF}: open 443/tcp (widened)`,
    {
      ...NEW_REQUIREMENT,
      subject: 'port',
      reason: 'widened',
      current: { protocol: 'tcp', from: 443, to: 443, basis: 'stated' },
    },
  ],
  [
    `${REF}: close 9870-9880/tcp (narrowed)`,
    {
      ...NEW_REQUIREMENT,
      kind: 'removed',
      subject: 'port',
      action: { byName: 'close', byAddress: 'close' },
      reason: 'narrowed',
      actBy: null,
      previous: { protocol: 'tcp', from: 9870, to: 9880, basis: 'stated' },
      current: null,
    },
  ],
  [
    'cdn04.quay.io: open by name (new)',
    {
      ...NEW_REQUIREMENT,
      subject: 'host',
      host: 'cdn04.quay.io',
      requirement: null,
      action: { byName: 'open', byAddress: 'none' },
      current: { name: 'cdn04.quay.io', endpoint: 'quay.io' },
    },
  ],
  [
    'old.replicated.com: removed, nothing to do (delisted)',
    {
      ...KNOWN_TEXT,
      kind: 'removed',
      subject: 'host',
      host: 'old.replicated.com',
      requirement: null,
      reason: 'delisted',
      previous: { name: 'old.replicated.com', listed: true },
      current: null,
    },
  ],
  [
    'Replicated: tasks run changed, nothing to do (text)',
    {
      ...KNOWN_TEXT,
      subject: 'catalog',
      requirement: null,
      previous: { tasks: { name: 'run', title: 'Run' } },
      current: { tasks: { name: 'run', title: 'Running it' } },
    },
  ],
];

/** A selection that leaves all open. */
export const EVERYTHING: Selection = {
  product: 'replicated',
  task: null,
  mode: null,
  need: null,
  host: null,
  zone: null,
  direction: null,
  protocol: null,
  port: null,
  family: null,
  status: ['current', 'retiring'],
};

/** Differences as changes of one revision. */
export function asChanges(differences: readonly Difference[], revision = 7, publishedAt = DAY): Change[] {
  return differences.map((difference, index) => ({
    id: `${revision}-${index + 1}`,
    revision,
    publishedAt,
    ...difference,
  }));
}

/** A page of the feed of everything, with one change of every sort, newest first. */
export const PAGE: FeedPage = {
  product: { name: 'replicated', title: 'Replicated' },
  selection: EVERYTHING,
  asOf: { revision: 7, publishedAt: DAY },
  changes: asChanges(SORTS.map(([, difference]) => difference)).toReversed(),
  nextCursor: null,
  asked: { at: null, first: null, after: null },
};

/** Text that wants to break out of what it stands in, or that it cannot carry. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '\b',
        '\t',
        '\n',
        '\r',
        '\u0000',
        '\u0001',
        '\u001f',
        '\u007f',
        '\u0085',
      ),
      fc.constantFrom('\u2028', '\u2029', '\u202e', '\u2066', '\ufeff', '\ufffe', '\uffff', '\ud800', '\udfff'),
      fc.constantFrom(']]>', '<![CDATA[', '<!--', '-->', '&amp;', '&#0;', '</content>', '<?xml?>', '\r\n', '\u{1f600}'),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Any change that the types allow, with hostile text wherever there is text. */
export const hostileChange: fc.Arbitrary<Omit<Change, 'id' | 'revision' | 'publishedAt'>> = fc.record({
  kind: fc.constantFrom(...CHANGE_KINDS),
  subject: fc.constantFrom(...CHANGE_SUBJECTS),
  action: fc.record({ byName: fc.constantFrom(...CHANGE_ACTIONS), byAddress: fc.constantFrom(...CHANGE_ACTIONS) }),
  reason: fc.constantFrom(...CHANGE_REASONS),
  firstOfFamily: fc.constantFrom(null, 'ipv4', 'ipv6'),
  actBy: fc.constantFrom(null, DAY, '2030-01-01T00:00:00Z'),
  host: fc.option(hostileText),
  address: fc.constantFrom(null, cidr('10.0.0.0/8'), cidr('2001:db8::1/128')),
  requirement: fc.option(hostileText),
  previous: fc.oneof(fc.constant(null), hostileText, fc.dictionary(hostileText, hostileText)),
  current: fc.oneof(fc.constant(null), hostileText, fc.dictionary(hostileText, hostileText)),
  announced: fc.boolean(),
  leadTimeSeconds: fc.option(fc.nat()),
  effectiveFrom: fc.constantFrom(null, DAY),
});
