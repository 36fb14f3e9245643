import { parseHostName } from '../model/host-name.js';
import type { Catalog } from '../model/catalog.js';
import { upstreamUrl } from '../model/upstream-url.js';
import { checkPromises } from '../model/promise.js';
import { INTERNET } from '../model/requirement.js';
import { aliasLists, checkAliases } from './aliases.js';
import { checkAnnounced } from './announced.js';
import type { AuthoredCatalog, AuthoredRow } from './authored.js';
import { datesIn, hostName } from './dates.js';
import type { Complaint, PathPart } from './fault.js';
import { checkReferences } from './references.js';
import { listOf, portsOf, rowName } from './resolve.js';

/** What the shape cannot say: every reference leads somewhere, every name is one, refs are unique. */
export function checkMeaning(authored: AuthoredCatalog): Complaint[] {
  return [
    ...checkUpstream(authored),
    ...checkReferences(authored),
    ...checkEndpoints(authored),
    ...authored.requirements.flatMap((row, i) => checkRow(authored, row, ['requirements', i])),
    ...checkRefs(authored),
    ...checkAliases(authored),
    ...checkDates(authored),
    ...checkAnnounced(authored),
  ];
}

function checkEndpoints(authored: AuthoredCatalog): Complaint[] {
  return Object.entries(authored.endpoints).flatMap(([name, endpoint]): Complaint[] => {
    const path = ['endpoints', name];
    const complaints: Complaint[] = [];
    const { kind, hosts } = endpoint;
    const isWildcard = name.startsWith('*.') && parseHostName(name.slice(2)) !== undefined;
    if (kind === 'host' && parseHostName(name) === undefined) {
      complaints.push({ path, atKey: true, found: name, message: `"${name}" is no DNS name, so it cannot be a host.` });
    }
    if (kind === 'wildcard' && !isWildcard) {
      complaints.push({ path, atKey: true, found: name, message: `"${name}" is no wildcard: write *.example.com.` });
    }
    if (kind === 'service' && hosts === undefined) {
      complaints.push({ path, message: `A service is a group of DNS names: the member "hosts" is missing.` });
    }
    if (kind !== 'service' && hosts !== undefined) {
      complaints.push({
        path: [...path, 'hosts'],
        atKey: true,
        message: `Only a service has hosts; this is a ${kind}.`,
      });
    }
    if (endpoint.addresses !== undefined && authored.upstream === undefined) {
      const message = 'Its addresses are said to be published, but the catalog names no upstream list.';
      complaints.push({ path: [...path, 'addresses'], message });
    }
    if (endpoint.addresses !== undefined && (kind === 'placeholder' || kind === 'wildcard')) {
      complaints.push({ path: [...path, 'addresses'], message: `A ${kind} has no addresses of its own.` });
    }
    if (endpoint.fill !== undefined && kind !== 'placeholder') {
      complaints.push({
        path: [...path, 'fill'],
        atKey: true,
        message: `Only a placeholder is filled in; this is a ${kind}.`,
      });
    }
    const lists = [
      { hosts: (hosts ?? []).map(hostName), at: [...path, 'hosts'] },
      ...(endpoint.companions ?? []).map((companion, i) => ({
        hosts: companion.hosts,
        at: [...path, 'companions', i, 'hosts'],
      })),
    ];
    for (const { hosts, at } of lists) {
      hosts.forEach((host, i) => {
        if (parseHostName(host.startsWith('*.') ? host.slice(2) : host) === undefined) {
          complaints.push({ path: [...at, i], found: host, message: `"${host}" is no DNS name or wildcard.` });
        }
      });
    }
    return complaints;
  });
}

function checkRow(authored: AuthoredCatalog, row: AuthoredRow, path: readonly PathPart[]): Complaint[] {
  const complaints: Complaint[] = [];
  const hasZone = row.zone !== undefined && row.name !== undefined;
  if (row.endpoint !== undefined ? row.zone !== undefined || row.name !== undefined : !hasZone) {
    complaints.push({ path, message: 'A row has either an "endpoint", or a "zone" and a "name".' });
  }
  if (row.zone === INTERNET) {
    const message = `The far side of a rule with a zone is the customer's own network; on the internet it is an "endpoint".`;
    const allowed = Object.keys(authored.zones).filter((zone) => zone !== INTERNET);
    complaints.push({ path: [...path, 'zone'], found: row.zone, allowed, message });
  }
  row.ports.forEach((entry, i) => {
    const at = [...path, 'ports', i];
    if (entry.tcp === undefined && entry.udp === undefined) {
      complaints.push({ path: at, allowed: ['tcp', 'udp'], message: 'A port has "tcp" or "udp".' });
    }
    for (const protocol of ['tcp', 'udp'] as const) {
      const value = entry[protocol];
      if (value !== undefined && portsOf(value) === undefined) {
        const message = `"${value}" is no range of ports: from 1 to 65535, the lower one first.`;
        complaints.push({ path: [...at, protocol], found: value, message });
      }
    }
  });
  return complaints;
}

function checkUpstream({ upstream }: AuthoredCatalog): Complaint[] {
  if (upstream?.url === undefined || upstreamUrl(upstream.url) !== undefined) return [];
  const message = 'It is no https:, http: or file: URL that can be polled; user name and password are not taken.';
  return [{ path: ['upstream', 'url'], message }];
}

/** A ref is the key that everyone keeps: no two rows may have one. */
function checkRefs(authored: AuthoredCatalog): Complaint[] {
  const seen = new Map<string, number>();
  return authored.requirements.flatMap((row, i) => {
    const name = rowName(row);
    const tasks = row.tasks === 'all' ? Object.keys(authored.tasks) : listOf(row.tasks);
    const modes = Object.keys(typeof row.need === 'string' ? authored.modes : row.need);
    const refs = tasks.flatMap((task) => modes.map((mode) => `${task}/${mode}/${name}`));
    const taken = refs.find((ref) => seen.has(ref));
    for (const ref of refs) seen.set(ref, seen.get(ref) ?? i);
    if (taken === undefined) return [];
    const other = `/requirements/${seen.get(taken)}`;
    const message = `The row at ${other} has the ref "${authored.product}/${taken}" already. Tell them apart by a "variant".`;
    return [{ path: ['requirements', i], found: name, message }];
  });
}

/** The pattern lets 31 February pass; the calendar does not. */
function checkDates(authored: AuthoredCatalog): Complaint[] {
  const documents = Object.entries(authored.documents ?? {}).flatMap(([name, { published, modified }]) => [
    { path: ['documents', name, 'published'], date: published },
    { path: ['documents', name, 'modified'], date: modified },
  ]);
  const aliases = aliasLists(authored).flatMap(({ path, aliases }) =>
    aliases.flatMap((alias, i) => {
      if (typeof alias === 'string') return [];
      return [
        { path: [...path, i, 'deprecated'], date: alias.deprecated },
        { path: [...path, i, 'sunset'], date: alias.sunset },
      ];
    }),
  );
  const announcements = Object.entries(authored.announcements ?? {}).map(([name, { announced }]) => ({
    path: ['announcements', name, 'announced'],
    date: announced,
  }));
  const dates = datesIn(authored).flatMap(({ path, dates }) => [
    { path: [...path, 'from'], date: dates.from },
    { path: [...path, 'until'], date: dates.until },
  ]);
  return [...documents, ...aliases, ...announcements, ...dates].flatMap(({ path, date }): Complaint[] => {
    const day = date?.slice(0, 'YYYY-MM-DD'.length);
    if (day === undefined || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return [];
    return [{ path, found: date, message: `There is no day ${day}.` }];
  });
}

/** The rows that break a promise of a catalog that is right otherwise. */
export function checkPromised(authored: AuthoredCatalog, catalog: Catalog): Complaint[] {
  return checkPromises(catalog).flatMap(({ promise, brokenBy }) =>
    brokenBy.map(({ row, refs }): Complaint => {
      const message = `The row breaks the promise "${promise.text}" (${refs.join(', ')}).`;
      return { path: ['requirements', row], found: rowName(authored.requirements[row]!), message };
    }),
  );
}
