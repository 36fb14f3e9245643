import type { Json } from '../model/canonical.js';
import type { Change, ChangeAction, ChangeReason } from '../model/change.js';
import { FAMILY, KIND, isObject, isOfAnEnd, isToCome, memberOf, oneLine, shown } from './phrases.js';

const SUBJECT = {
  catalog: 'Catalog',
  requirement: 'Requirement',
  port: 'Port',
  host: 'Host',
  address: 'Address',
} as const;

const REASON = {
  new: 'It is in use now, and was not before.',
  moved: 'It went from one host to another.',
  reinstated: 'It came back to the list before its time of grace ended.',
  announced: 'It was announced, or what was announced of it changed.',
  delisted: 'It was taken off the list.',
  retired: 'It is no longer served.',
  widened: 'More has to be allowed than before.',
  narrowed: 'Less has to be allowed than before.',
  text: 'What has to be allowed is the same as before.',
} as const satisfies Record<ChangeReason, string>;

const ACTION = {
  open: 'open it',
  close: 'close it, unless something else that you need is behind it',
  none: 'nothing to do',
} as const satisfies Record<ChangeAction, string>;

/** Everything that a change says, a sentence a line; values that are very long are cut. */
export function textOf(change: Change, product: string): string {
  const { subject, kind, reason, host, address, requirement, firstOfFamily, previous, current } = change;
  const names = [address, host, requirement].filter((name) => name !== null);
  const lines = [
    `${SUBJECT[subject]} ${KIND[kind]}: ${names.length === 0 ? product : names.join(' of ')}. ${REASON[reason]}`,
    ...actions(change),
    ...dates(change),
    firstOfFamily === null
      ? ''
      : `It is the first ${FAMILY[firstOfFamily]} address of the host: an allow list without ${FAMILY[firstOfFamily]} is no longer complete.`,
    ...beforeAndNow(previous, current),
    `Published ${change.publishedAt} as change ${change.id}.`,
  ];
  return lines
    .filter((line) => line !== '')
    .map(oneLine)
    .join('\n');
}

function actions({ action: { byName, byAddress } }: Change): string[] {
  if (byName === byAddress) return [`Every firewall: ${ACTION[byName]}.`];
  return [
    `A firewall that knows names: ${ACTION[byName]}.`,
    `A firewall that knows only addresses: ${ACTION[byAddress]}.`,
  ];
}

function dates(change: Change): string[] {
  const { actBy, announced, effectiveFrom, leadTimeSeconds, current } = change;
  const retireAt = memberOf(current, 'retireAt');
  const isEnd = isOfAnEnd(change);
  const lead = leadTimeSeconds === null ? '' : `, ${duration(leadTimeSeconds)} beforehand`;
  const date = effectiveFrom === null ? 'without a date' : `for ${effectiveFrom}`;
  return [
    actBy === null ? '' : isToCome(change) ? `In use from ${actBy}; act before then.` : `In use since ${actBy}.`,
    announced ? `It was announced ${date}${lead}.` : '',
    announced || effectiveFrom === null ? '' : isEnd ? `Announced to end at ${effectiveFrom}.` : `Announced ${date}.`,
    isEnd && effectiveFrom === null ? 'It is no longer announced to end.' : '',
    typeof retireAt === 'string' ? `It is served until ${retireAt}; keep it open until then.` : '',
  ];
}

/** What there was before and is now; of what changed, only the members that differ. */
function beforeAndNow(previous: Json, current: Json): string[] {
  const differing = (name: string) =>
    JSON.stringify(memberOf(previous, name)) !== JSON.stringify(memberOf(current, name));
  const both = isObject(previous) && isObject(current);
  const told = (value: Json) => {
    if (!isObject(value)) return shown(value);
    const members = Object.entries(value).filter(([name, member]) => (both ? differing(name) : member !== null));
    return members.map(([name, member]) => `${name} ${shown(member)}`).join(', ');
  };
  return [
    previous === null ? '' : `Before: ${told(previous) || 'nothing of it'}.`,
    current === null ? '' : `Now: ${told(current) || 'nothing of it'}.`,
  ];
}

/** In the largest unit of which there are two or more. */
function duration(seconds: number): string {
  const units = [
    ['days', 86_400],
    ['hours', 3_600],
    ['minutes', 60],
  ] as const;
  const [name, length] = units.find(([, length]) => seconds >= 2 * length) ?? ['seconds', 1];
  return `${Math.floor(seconds / length)} ${name}`;
}
