import { GENERAL, byHost, inAddressOrder, type Address, type HeldAddress } from './address.js';
import { BlocksInOrder } from './blocks-in-order.js';
import type { AddressRange } from './cidr.js';
import type { Catalog, CatalogEndpoint } from './catalog.js';
import { withAllAnnounced } from './catalog-at.js';
import { endpointsByHost, endpointsByName } from './catalog-index.js';
import { coverageOf, namesOf, requirementsOf, type Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import type { Content, Revision } from './revision.js';
import type { Selection } from './selection.js';
import { shownByHost } from './shown.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

/** One revision made ready to be asked: everything that no request changes is worked out once, here. */
export interface Snapshot extends Content {
  readonly revision: Revision;
  /** Every requirement with every address, in the fixed order. */
  readonly requirements: readonly Requirement[];
  /** Addresses of each listed host in address order; `general` has its own entry. */
  readonly addressesByHost: ReadonlyMap<string, readonly Address[]>;
  /** Every name that the catalog's endpoints stand for, with those endpoints. */
  readonly endpointsByHost: ReadonlyMap<string, readonly CatalogEndpoint[]>;
  readonly endpointsByName: ReadonlyMap<string, CatalogEndpoint>;
  readonly past: Past;
  /** Every address, found by what it has in common with a range. */
  readonly blocks: BlocksInOrder<Address>;
  /** The same with the addresses that are no longer served, as `retired`. Worked out when it is first asked for. */
  withRetired(): Snapshot;
  /** The same with all that the vendor has announced in force already. Worked out when it is first asked for. */
  withAnnounced(): Snapshot;
}

/** What is known of the revisions up to one, as far as its answers tell of it. */
export interface Past {
  /** The addresses that were served and are no longer; no content holds them. */
  retired(): readonly HeldAddress[];
  /** Those of them that have an address in common with a range. */
  retiredIn(range: AddressRange): readonly HeldAddress[];
  /** Those of them that a host had. */
  retiredOf(host: string): readonly HeldAddress[];
  /** The newest revision that altered what a selection is answered. */
  altered(selection: Selection, part: AnswerPart): Revision;
  /** The revision since which the catalog is the same. */
  catalogSince(): Revision;
}

/** What of a selection an answer tells: its rows alone, their addresses as well, or also what is only announced. */
export type AnswerPart = 'rows' | 'rows-and-addresses' | 'all';

/** Of a revision before which nothing is known. */
export function noPast(revision: Revision): Past {
  const none = () => [];
  const since = () => revision;
  return { retired: none, retiredIn: none, retiredOf: none, altered: since, catalogSince: since };
}

/**
 * Works out, once, all that answers of a revision have in common.
 *
 * @param like a snapshot of nearly the same content: what is the same of it is taken over, so that many revisions need
 *   little more memory than one.
 */
export function openRevision(
  revision: Revision,
  content: Content,
  past: Past = noPast(revision),
  like?: Snapshot,
): Snapshot {
  return atOnce(opening(revision, content, past, like));
}

/** The same in steps. */
export function* opening(revision: Revision, content: Content, past: Past, like?: Snapshot): Steps<Snapshot> {
  const { catalog } = content;
  const catalogHosts = endpointsByHost(catalog);
  const addressesByHost = yield* shownByHost(content.addresses, catalogHosts, like?.addressesByHost);
  const requirements = yield* served(catalog, addressesByHost, like);
  let all: Snapshot | undefined;
  const withRetired = () => {
    const addresses = () => byHost([...content.addresses, ...past.retired()]);
    all ??= openRevision(revision, { ...content, addresses: addresses() }, past, opened);
    return all;
  };
  let ahead: Snapshot | undefined;
  const withAnnounced = () => {
    const announced = withAllAnnounced(catalog);
    ahead ??= announced === catalog ? opened : openRevision(revision, { ...content, catalog: announced }, past, opened);
    return ahead;
  };
  const opened: Snapshot = {
    ...content,
    revision,
    requirements,
    addressesByHost,
    endpointsByHost: catalogHosts,
    endpointsByName: endpointsByName(catalog),
    past,
    blocks: new BlocksInOrder(addressesByHost, like?.blocks),
    withRetired,
    withAnnounced,
  };
  return opened;
}

/**
 * The requirements of a catalog with their addresses. A function of its own: what `opening` keeps hold of for later must
 * not have `like` with it, or every revision that ever was would stay.
 */
function* served(
  catalog: Catalog,
  addressesByHost: ReadonlyMap<string, readonly Address[]>,
  like: Snapshot | undefined,
): Steps<readonly Requirement[]> {
  const farSides = new Map<string, FarSide>();
  for (const endpoint of catalog.endpoints) {
    const names = [...new Set([...namesOf(endpoint), ...(endpoint.published ? [GENERAL] : [])])];
    const isSame =
      like?.catalog === catalog && names.every((name) => addressesByHost.get(name) === like.addressesByHost.get(name));
    const known = isSame ? indexOf(like.requirements).ofFarSide(endpoint.name)[0] : undefined;
    farSides.set(endpoint.name, known ?? farSideOf(endpoint, names, addressesByHost));
    yield;
  }
  const requirements: Requirement[] = [];
  for (const requirement of requirementsOf(catalog)) {
    const { endpoint } = requirement;
    if (endpoint.kind === 'zone') requirements.push(requirement);
    else {
      const { addresses, addressCoverage } = farSides.get(endpoint.name)!;
      requirements.push({ ...requirement, addresses, addressCoverage });
    }
    if (requirements.length % STRIDE === 0) yield;
  }
  return requirements;
}

type FarSide = Pick<Requirement, 'addresses' | 'addressCoverage'>;

/** What an endpoint has of the addresses of its names. */
function farSideOf(
  endpoint: CatalogEndpoint,
  names: readonly string[],
  addressesByHost: ReadonlyMap<string, readonly Address[]>,
): FarSide {
  const [first = NONE, ...others] = names.flatMap((name) => {
    const own = addressesByHost.get(name);
    return own === undefined ? [] : [own];
  });
  const addresses = others.length === 0 ? first : inAddressOrder([...first, ...others.flat()]);
  return { addresses, addressCoverage: coverageOf(endpoint, addresses) };
}

const NONE: readonly Address[] = [];
