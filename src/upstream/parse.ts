import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { GENERAL, addressList, type AddressList, type ListedAddress } from '../model/address.js';
import { DEFAULT_LIMITS, type UpstreamLimits } from '../model/catalog.js';
import { formatBlock, parseBlock, type Cidr } from '../model/cidr.js';
import { parseHostName } from '../model/host-name.js';
import { jsonPointer } from '../model/json-pointer.js';
import { UnreadableList, decodeList } from './decode.js';

const schema: object = JSON.parse(readFileSync(new URL('../../schema/upstream.schema.json', import.meta.url), 'utf8'));
// That the schema is one is for a test to see, not for every start.
const hasShape = new Ajv2020({ meta: false, validateSchema: false, strictTypes: false }).compile<PublishedList>(schema);

/** A list with the shape of schema/upstream.schema.json. */
type PublishedList = Readonly<Record<string, PublishedHost>>;

interface PublishedHost {
  readonly current?: readonly string[] | Record<string, never>;
  readonly future?: readonly string[];
  readonly upcoming?: PublishedChange | readonly Readonly<Record<string, PublishedChange>>[];
  readonly [date: string]: unknown;
}

interface PublishedChange {
  readonly add?: readonly string[];
  readonly rm?: readonly string[];
}

type Path = readonly (string | number)[];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a published list, in any shape that was ever published. Pure: the same bytes give the same list.
 * `current` is current; a dated list or `upcoming.add` is announced from its date; `future` is announced for no known
 * date; `upcoming.rm` gives a listed address a removal date and takes nothing away.
 *
 * @param limits how many hosts and addresses it may have, counted before any is read.
 * @throws UnreadableList for anything else, whole, with the place of what is wrong.
 */
export function parseList(body: Uint8Array, limits: UpstreamLimits = DEFAULT_LIMITS): AddressList {
  const list: unknown = decodeList(body);
  checkSize(list, limits);
  if (!hasShape(list)) throw badShape(hasShape.errors ?? []);
  const hosts = Object.keys(list);
  return addressList(
    hosts,
    hosts.flatMap((host) => addressesOf(host, list[host]!)),
  );
}

/** Where an address of a host stands in a list that was parsed, as a JSON Pointer; `undefined` where it does not. */
export function placeOf(body: Uint8Array, host: string, cidr: Cidr): string | undefined {
  const find = (value: unknown, path: Path): Path | undefined => {
    if (typeof value === 'string') {
      const parsed = parseBlock(value);
      return parsed.ok && formatBlock(parsed.block) === cidr ? path : undefined;
    }
    return Object.entries(Object(value))
      .map(([name, member]) => find(member, [...path, name]))
      .find((found) => found !== undefined);
  };
  const place = find((decodeList(body) as Readonly<Record<string, unknown>>)[host], [host]);
  return place === undefined ? undefined : jsonPointer(place);
}

/** Before any address is read, so that a huge list costs no more than its counting. */
function checkSize(list: unknown, limits: UpstreamLimits): void {
  const hosts = Object.keys(Object(list)).length;
  const count = (value: unknown): number =>
    typeof value === 'string'
      ? 1
      : Object.values(Object(value)).reduce((sum: number, member) => sum + count(member), 0);
  const addresses = count(list);
  for (const [what, found, limit] of [
    ['hosts', hosts, limits.hosts],
    ['addresses', addresses, limits.addresses],
  ] as const) {
    if (found > limit) throw new UnreadableList('limit', '', `The list has ${found} ${what}; the limit is ${limit}.`);
  }
}

function addressesOf(host: string, published: PublishedHost): ListedAddress[] {
  if (host !== GENERAL && parseHostName(host) === undefined) {
    throw new UnreadableList('bad-host', jsonPointer([host]), `${JSON.stringify(host)} is no DNS name in lower case.`);
  }
  const current = Array.isArray(published.current) ? (published.current as readonly string[]) : [];
  const dates = Object.keys(published).filter((name) => DATE.test(name));
  const changes = changesOf(host, published);
  const removals = new Map<Cidr, string>();
  for (const { rm, date, path } of changes) {
    const cidrs = cidrsOf(rm, [...path, 'rm']);
    // A removal for no known date has no instant to record; the address stays as it is either way.
    if (date !== null) for (const cidr of cidrs) removals.set(cidr, earlier(removals.get(cidr), date));
  }
  const listed = (
    texts: readonly string[],
    path: Path,
    status: ListedAddress['status'],
    effectiveFrom: string | null,
  ) =>
    cidrsOf(texts, path).map((cidr): ListedAddress => ({
      host,
      cidr,
      status,
      effectiveFrom,
      announcedRemovalAt: removals.get(cidr) ?? null,
    }));
  return [
    ...listed(current, [host, 'current'], 'current', null),
    ...dates.flatMap((date) =>
      listed(published[date] as readonly string[], [host, date], 'announced', instantOf(date, [host, date])),
    ),
    ...listed(published.future ?? [], [host, 'future'], 'announced', null),
    ...changes.flatMap(({ add, date, path }) => listed(add, [...path, 'add'], 'announced', date)),
  ];
}

interface DatedChange {
  readonly add: readonly string[];
  readonly rm: readonly string[];
  readonly date: string | null;
  readonly path: Path;
}

function changesOf(host: string, { upcoming = {} }: PublishedHost): DatedChange[] {
  const path: Path = [host, 'upcoming'];
  if (isChange(upcoming)) return [{ add: upcoming.add ?? [], rm: upcoming.rm ?? [], date: null, path }];
  return upcoming.flatMap((entry, i) =>
    Object.entries(entry).map(([date, { add = [], rm = [] }]) => {
      const at = [...path, i, date];
      return { add, rm, date: instantOf(date, at), path: at };
    }),
  );
}

function isChange(upcoming: NonNullable<PublishedHost['upcoming']>): upcoming is PublishedChange {
  return !Array.isArray(upcoming);
}

function cidrsOf(texts: readonly string[], path: Path): Cidr[] {
  return texts.map((text, i) => {
    const parsed = parseBlock(text);
    if (parsed.ok) return formatBlock(parsed.block);
    const meant = parsed.nearest === null ? '' : ` (its block is ${parsed.nearest})`;
    const detail = `${JSON.stringify(text)} is no IP address or CIDR block${meant}.`;
    throw new UnreadableList('bad-address', jsonPointer([...path, i]), detail);
  });
}

function instantOf(date: string, path: Path): string {
  const instant = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(date)) {
    throw new UnreadableList('bad-date', jsonPointer(path), `There is no day ${date}.`);
  }
  return `${date}T00:00:00Z`;
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}

/** The branch that failed is named after what failed in it; the latter helps. */
function badShape(errors: readonly ErrorObject[]): UnreadableList {
  const error = errors.find(({ keyword }) => keyword !== 'if') ?? errors[0];
  const extra: unknown = error?.params['additionalProperty'];
  const pointer = `${error?.instancePath ?? ''}${typeof extra === 'string' ? jsonPointer([extra]) : ''}`;
  const what = typeof extra === 'string' ? 'This name is in no shape that is known.' : `It ${error?.message}.`;
  return new UnreadableList('bad-shape', pointer, what);
}
