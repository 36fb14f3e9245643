import type { Change, ChangeAction } from '../model/change.js';
import { familyOf, type Cidr } from '../model/cidr.js';
import { FAMILY, KIND, isObject, isOfAnEnd, isToCome, memberOf, oneLine, shown } from './phrases.js';

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

/** An instant to the minute, rounded down. */
function minute(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
