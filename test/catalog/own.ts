import type { Catalog } from '../../src/model/catalog.js';
import { readCatalog } from '../../src/catalog/read.js';

/** The least that a catalog has: one mode, one task, the internet, one endpoint and its row. */
export const SMALL = {
  product: 'own',
  title: 'Own',
  modes: { online: { title: 'Online' } },
  tasks: { install: { title: 'Installation' } },
  zones: { internet: { title: 'The internet' } },
  endpoints: { 'a.com': { kind: 'host' } },
  requirements: [
    {
      endpoint: 'a.com',
      tasks: 'all',
      need: 'required',
      direction: 'outbound',
      ports: [{ tcp: 443 }],
      description: 'A.',
    },
  ],
};

export const SMALL_ROW = SMALL.requirements[0]!;

/** The small catalog with other members. JSON is YAML. */
export function small(members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...SMALL, ...members });
}

/** The small catalog with other members, loaded. */
export function loaded(members: Readonly<Record<string, unknown>> = {}): Catalog {
  return readCatalog('own.yaml', Buffer.from(small(members))).catalog;
}
