import { compareInstants } from '../model/canonical.js';
import type { AuthoredCatalog } from './authored.js';
import { datesIn, datesWithin, hostName, instantOf, type DatesThere } from './dates.js';
import type { Complaint } from './fault.js';

const DAY_MS = 24 * 60 * 60_000;

/** Dates make sense: an end comes after its beginning, an announcement is of a date, and openings are told in time. */
export function checkAnnounced(authored: AuthoredCatalog): Complaint[] {
  return [
    ...datesIn(authored).flatMap((there) => [
      ...checkSpan(there),
      ...checkOfDate(there),
      ...checkNotice(authored, there),
    ]),
    ...checkHostsOnce(authored),
  ];
}

function checkSpan({ path, dates, around }: DatesThere): Complaint[] {
  if (dates.from !== undefined && dates.until !== undefined && !isBefore(dates.from, dates.until)) {
    const message = `It would end on ${dates.until}, before it begins on ${dates.from}.`;
    return [{ path: [...path, 'until'], found: dates.until, message }];
  }
  const { from, until } = datesWithin(dates, around);
  if (from === null || until === null || isBefore(from, until)) return [];
  // The endpoint's own dates are told at the endpoint.
  if (around.from !== undefined && around.until !== undefined && !isBefore(around.from, around.until)) return [];
  const message = `With the dates of its endpoint it would end on ${until}, before it begins on ${from}.`;
  return [{ path, message }];
}

function checkOfDate({ path, dates, around }: DatesThere): Complaint[] {
  const hasDate = [dates, around].some(({ from, until }) => from !== undefined || until !== undefined);
  return [
    ...(dates.announcement !== undefined && !hasDate
      ? [{ path: [...path, 'announcement'], atKey: true, message: 'It has no date: write "from" or "until".' }]
      : []),
    ...(dates.urgent !== undefined && dates.from === undefined
      ? [{ path: [...path, 'urgent'], atKey: true, message: 'Only a beginning can be urgent: "from" is missing.' }]
      : []),
  ];
}

/** What counts is when something begins within its endpoint, and the urgency of whose date that is. */
function checkNotice(
  { notice, announcements = {} }: AuthoredCatalog,
  { path, dates, around }: DatesThere,
): Complaint[] {
  const { from, announcement: name } = datesWithin(dates, around);
  if (notice === undefined || from === null) return [];
  const dating = [dates, around].filter((member) => instantOf(member.from) === from);
  if (dating.some(({ urgent }) => urgent !== undefined)) return [];
  const isOwn = dating[0] === dates;
  // The endpoint's own beginning is told at the endpoint, unless something says another time of announcement.
  if (!isOwn && dates.announcement === undefined) return [];
  const days = Number(/\d+/.exec(notice)![0]);
  // One that does not exist is told as such.
  if (name !== null && !Object.hasOwn(announcements, name)) return [];
  const announced = name === null ? undefined : announcements[name]!.announced;
  const leadMs = announced === undefined ? undefined : compareInstants(from, instantOf(announced)!);
  if (leadMs !== undefined && leadMs >= days * DAY_MS) return [];
  const told =
    leadMs === undefined
      ? 'is not announced'
      : leadMs < 0
        ? `was announced after that, on ${announced}`
        : `was announced on ${announced}, ${inDays(leadMs)} before`;
  const message = `It begins on ${dating[0]!.from} and ${told}; the notice is ${inDays(days * DAY_MS)}. Where it cannot wait, say why: "urgent".`;
  const at = isOwn ? 'from' : 'announcement';
  return [{ path: [...path, at], found: dates[at], message }];
}

function checkHostsOnce({ endpoints }: AuthoredCatalog): Complaint[] {
  return Object.entries(endpoints).flatMap(([endpoint, { hosts = [] }]) => {
    const names = hosts.map(hostName);
    return names.flatMap((name, i): Complaint[] => {
      if (names.indexOf(name) === i) return [];
      return [{ path: ['endpoints', endpoint, 'hosts', i], found: name, message: `"${name}" is there already.` }];
    });
  });
}

/** Whole days, rounded down. */
function inDays(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return days === 1 ? '1 day' : `${days} days`;
}

function isBefore(a: string, b: string): boolean {
  return compareInstants(instantOf(a)!, instantOf(b)!) < 0;
}
