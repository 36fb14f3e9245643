import type { AuthoredAlias, AuthoredCatalog } from './authored.js';
import { hostName } from './dates.js';
import type { Complaint, PathPart } from './fault.js';
import { rowName } from './resolve.js';

/** An old name may not be another's name, old or new. */
export function checkAliases(authored: AuthoredCatalog): Complaint[] {
  // One parameter takes endpoints, their hosts and companions, and zones; one place in a ref takes endpoints and rules.
  const endpoints = Object.entries(authored.endpoints).flatMap(([name, { hosts = [], companions = [] }]) => [
    name,
    ...hosts.map(hostName),
    ...companions.flatMap((companion) => companion.hosts),
  ]);
  const farSides = new Set([...endpoints, ...Object.keys(authored.zones), ...authored.requirements.map(rowName)]);
  const taken = new Map<(typeof NAMED)[number], Set<string>>([
    ['modes', new Set(Object.keys(authored.modes))],
    ['tasks', new Set([...Object.keys(authored.tasks), 'all'])],
    ['zones', farSides],
    ['endpoints', farSides],
  ]);
  return aliasLists(authored).flatMap(({ kind, path, aliases }) =>
    aliases.flatMap((alias, i): Complaint[] => {
      const old = typeof alias === 'string' ? alias : alias.name;
      if (kind === undefined || !taken.get(kind)!.has(old)) {
        if (kind !== undefined) taken.get(kind)!.add(old);
        return [];
      }
      return [{ path: [...path, i], found: old, message: `"${old}" is a name or alias already.` }];
    }),
  );
}

const NAMED = ['modes', 'tasks', 'zones', 'endpoints'] as const;

interface AliasList {
  readonly kind: (typeof NAMED)[number] | undefined;
  readonly path: readonly PathPart[];
  readonly aliases: readonly AuthoredAlias[];
}

/** Every list of aliases; the product's own has no kind. */
export function aliasLists(authored: AuthoredCatalog): AliasList[] {
  return [
    { kind: undefined, path: ['aliases'], aliases: authored.aliases ?? [] },
    ...NAMED.flatMap((kind) =>
      Object.entries(authored[kind]).map(([name, { aliases = [] }]) => ({
        kind,
        path: [kind, name, 'aliases'],
        aliases,
      })),
    ),
  ];
}
