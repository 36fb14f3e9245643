import type { PortRange } from '../model/catalog.js';
import type { Requirement } from '../model/requirement.js';
import { inColumns } from './columns.js';
import type { OfflineAnswer } from './requirements.js';

const HEADINGS = ['TASK', 'MODE', 'NEED', 'DIRECTION', 'FAR SIDE', 'PORTS', 'ADDRESSES'] as const;

/** An answer for people: a line a requirement, then the addresses of each host once, then what addresses cannot serve. */
export function tableOf({ asOf, requirements, coverage }: OfflineAnswer): string[] {
  const rows = requirements.map((requirement) => [
    requirement.task,
    requirement.mode,
    requirement.need,
    requirement.direction,
    farSideOf(requirement),
    requirement.ports.map(portText).join(', '),
    requirement.addressCoverage === 'not-applicable' ? '' : String(requirement.addresses.length),
  ]);
  const byHost = new Map<string, Set<string>>();
  for (const { host, cidr, status } of requirements.flatMap(({ addresses }) => addresses)) {
    const texts = byHost.get(host) ?? new Set();
    byHost.set(host, texts.add(status === 'current' ? cidr : `${cidr} (${status})`));
  }
  return [
    ...(rows.length === 0 ? ['There is no requirement in this selection.'] : inColumns([HEADINGS, ...rows])),
    ...(byHost.size === 0 ? [] : ['']),
    ...[...byHost].map(([host, texts]) => `${host}: ${[...texts].join(', ')}`),
    '',
    ...(coverage.notAddressable.length === 0
      ? []
      : [`Addresses alone cannot serve: ${coverage.notAddressable.join(', ')}.`]),
    asOf === null
      ? 'From the catalog alone: no list ships with it.'
      : `As of ${asOf.publishedAt}, from the list that ships. A running service may know a newer one.`,
  ];
}

/** A rule between networks is called by its own name, which is the last part of its ref. */
function farSideOf({ ref, endpoint }: Requirement): string {
  return endpoint.kind === 'zone' ? `${endpoint.name} (${ref.slice(ref.lastIndexOf('/') + 1)})` : endpoint.name;
}

function portText({ protocol, from, to, basis }: PortRange): string {
  const numbers = from === to ? String(from) : `${from}-${to}`;
  return `${numbers}/${protocol}${basis === 'assumed' ? ' (assumed)' : ''}`;
}
