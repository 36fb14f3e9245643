import { isInUse, type HeldAddress } from './address.js';
import { catalogAt, nextCatalogDate } from './catalog-at.js';
import type { Catalog } from './catalog.js';
import type { Difference } from './change.js';
import { addressDifferences } from './diff-addresses.js';
import { catalogDifferences } from './diff-catalogs.js';
import { blockHolders, neededHosts } from './needed-hosts.js';
import { withoutRetired } from './retire.js';
import type { Content } from './revision.js';

type Action = Difference['action'];

/** What will be told to do on the dates of a content, where nothing but the clock changes it. */
export interface Foretold {
  /** `undefined` where nothing will be told of it on that date. */
  requirement(ref: string, date: string): Action | undefined;
  /** Of a name of an endpoint; `undefined` where nothing will be told of it on that date. */
  name(endpoint: string, name: string, date: string): Action | undefined;
  retirement(address: HeldAddress, date: string): Action;
}

/** Tells beforehand what the differences will say once each date of a content has acted. */
export function foretell(content: Content): Foretold {
  const turns = turnsOf(content);
  const told = new Map(
    turns.flatMap(({ date, differences }) =>
      differences.map((one) => [`${Date.parse(date)} ${keyOf(one)}`, one.action] as const),
    ),
  );
  const holders = blockHolders(content.addresses);
  /** The catalog of an instant, or of just before it. */
  const catalogOf = (instant: number) =>
    turns.findLast(({ date }) => Date.parse(date) <= instant)?.catalog ?? content.catalog;
  return {
    requirement: (ref, date) => told.get(`${Date.parse(date)} requirement ${ref}`),
    name: (endpoint, name, date) => told.get(`${Date.parse(date)} host ${endpoint} ${name}`),
    retirement(address, date) {
      const instant = Date.parse(date);
      const [before, after] = [catalogOf(instant - 1), catalogOf(instant)].map(neededHosts);
      const now = new Date(instant);
      const uses = {
        hadInUse: () => true,
        hasInUse: () =>
          withoutRetired(holders.get(address.cidr) ?? [], now).some(
            (left) => isInUse(left) && after?.has(left.host) === true,
          ),
        needs: (host: string) => before?.has(host) === true || after?.has(host) === true,
      };
      return addressDifferences([{ before: address, after: null }], uses, date)[0]!.action;
    },
  };
}

/** A date on which a catalog changes by itself, what it is from then on, and what is told of it. */
interface Turn {
  readonly date: string;
  readonly catalog: Catalog;
  readonly differences: readonly Difference[];
}

function turnsOf({ listedHosts, ...content }: Content): Turn[] {
  const turns: Turn[] = [];
  let catalog = content.catalog;
  for (let date = nextCatalogDate(catalog); date !== null; date = nextCatalogDate(catalog)) {
    const now = new Date(date);
    const before = { catalog, listedHosts, addresses: withoutRetired(content.addresses, new Date(now.getTime() - 1)) };
    catalog = catalogAt(catalog, now);
    const after = { catalog, listedHosts, addresses: withoutRetired(before.addresses, now) };
    turns.push({ date, catalog, differences: catalogDifferences(before, after, date) });
  }
  return turns;
}

/** What a difference of a catalog is told of. */
function keyOf({ subject, requirement, host, previous, current }: Difference): string {
  if (subject !== 'host') return `${subject} ${requirement}`;
  return `host ${String(Reflect.get(Object(current ?? previous), 'endpoint'))} ${host}`;
}
