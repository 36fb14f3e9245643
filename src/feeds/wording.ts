import type { Json } from '../model/canonical.js';
import type { Change, ChangeAction, ChangeReason } from '../model/change.js';
import { familyOf, type Cidr } from '../model/cidr.js';

/**
 * What an administrator must know and do, in one line.
 *
 * @param product the title of the product.
 */
export function titleOf(change: Change, product: string): string {
  const { host, requirement, reason, firstOfFamily } = change;
  const about = host ?? requirement ?? product;
  const first = firstOfFamily === null ? '' : `, its first ${FAMILY[firstOfFamily]}`;
  return oneLine(`${about}: ${deed(change) ?? nothingToDo(change)} (${reason}${first})`);
}

/** A text without line breaks, and without what turns the direction of writing: that could make "open" read as "close". */
export function oneLine(text: string): string {
  return text
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const FAMILY = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/** What is to open and to close; `undefined` where nothing is. */
function deed(change: Change): string | undefined {
  const { byName, byAddress } = change.action;
  const what = thing(change);
  const deeds =
    byName === byAddress
      ? [done(byName, what)]
      : [done(byName, what, ' by name'), done(byAddress, what, ' by address')].filter((one) => one !== undefined);
  const said = deeds.filter((one) => one !== undefined).join(', ');
  if (said === '') return undefined;
  return isToCome(change) ? `${said} before ${minute(change.actBy)}` : said;
}

function done(action: ChangeAction, what: string, how = ''): string | undefined {
  return action === 'none' ? undefined : `${action}${what === '' ? '' : ` ${what}`}${how}`;
}

function isToCome<T extends Change>(change: T): change is T & { readonly actBy: string } {
  return change.actBy !== null && Date.parse(change.actBy) > Date.parse(change.publishedAt);
}

/** What to know where there is nothing to do; for an address that left the list, to keep it open. */
function nothingToDo(change: Change): string {
  const { subject, kind, reason, effectiveFrom, current } = change;
  const what = thing(change);
  const name = what === '' ? '' : `${what} `;
  const retireAt = memberOf(current, 'retireAt');
  if (subject === 'address') {
    if (reason === 'reinstated') return `keep ${what} open`;
    if (memberOf(current, 'status') === 'retiring')
      return typeof retireAt === 'string' ? `keep ${what} open until ${minute(retireAt)}` : `keep ${what} open`;
  }
  if (isOfAnEnd(change)) {
    if (effectiveFrom === null) return `${name}no longer announced to end, nothing to do`;
    return `${name}announced to end at ${minute(effectiveFrom)}, nothing to do yet`;
  }
  if (reason === 'announced') {
    if (effectiveFrom === null) return `${name}announced without a date, nothing to do yet`;
    return `${name}announced for ${minute(effectiveFrom)}, nothing to do yet`;
  }
  return `${name}${KIND[kind]}, nothing to do`;
}

/** Whether what is announced, or no longer is, is an end and not a beginning. */
function isOfAnEnd({ reason, effectiveFrom, previous, current }: Change): boolean {
  const [had, has] = [previous, current].map(
    (value) => memberOf(value, 'announcedRemovalAt') ?? memberOf(memberOf(value, 'dated') ?? null, 'until') ?? null,
  );
  return reason === 'announced' && had !== has && has === effectiveFrom;
}

const KIND = { added: 'added', removed: 'removed', modified: 'changed' } as const;

/** The thing that changed, where what it belongs to does not say it: an address, a port, a part of the catalog. */
function thing({ subject, address, previous, current }: Change): string {
  const is = current ?? previous;
  if (subject === 'address') return address === null ? '' : shortest(address);
  if (subject === 'port') {
    const [from, to, protocol] = ['from', 'to', 'protocol'].map((name) => shown(memberOf(is, name) ?? null));
    return from === to ? `${from}/${protocol}` : `${from}-${to}/${protocol}`;
  }
  if (subject !== 'catalog' || !isObject(is)) return '';
  return Object.entries(is)
    .map(([member, value]) => [member, memberOf(value, 'name')].filter((part) => typeof part === 'string').join(' '))
    .join(', ');
}

/** One address without its length; a block as it is. */
function shortest(cidr: Cidr): string {
  return cidr.replace(familyOf(cidr) === 'ipv4' ? /\/32$/ : /\/128$/, '');
}

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

/** A value in a sentence. What is too long to be read there is read where the entry leads to. */
function shown(value: Json): string {
  const text = typeof value === 'string' && /^[\w.:/+-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

const LONGEST_SHOWN = 500;

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** An instant to the minute, rounded down. */
function minute(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
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
