import { readFileSync, readdirSync } from 'node:fs';
import type { HeldAddress, ListedAddress } from '../../src/model/address.js';
import type { Cidr } from '../../src/model/cidr.js';

const FOLDER = new URL('../fixtures/ip-list/', import.meta.url);

/** The names of every true version of the list, oldest first. */
export const VERSIONS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name !== 'index.json')
  .sort();

/** The newest version's name. */
export const NEWEST = '2023-04-06T172229Z.json';

/** The bytes of a true version. */
export function versionBytes(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER));
}

/** When a version was published, from its name: `2016-05-17T230240Z.json` is 2016-05-17T23:02:40Z. */
export function publishedAt(name: string): string {
  return name.replace(/T(\d\d)(\d\d)(\d\d)Z\.json$/, 'T$1:$2:$3Z');
}

/** An entry as a reader of the list would write it down. */
export function listed(host: string, cidr: string, rest: Partial<ListedAddress> = {}): ListedAddress {
  return { host, cidr: cidr as Cidr, status: 'current', effectiveFrom: null, announcedRemovalAt: null, ...rest };
}

export function announced(host: string, cidr: string, effectiveFrom: string | null): ListedAddress {
  return listed(host, cidr, { status: 'announced', effectiveFrom });
}

/** An address as a revision holds it. */
export function held(host: string, cidr: string, rest: Partial<HeldAddress> = {}): HeldAddress {
  return {
    ...listed(host, cidr),
    source: 'published',
    firstSeenAt: '2020-10-29T16:56:22Z',
    removedAt: null,
    retireAt: null,
    ...rest,
  };
}
