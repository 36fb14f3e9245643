import { ADDRESS_STATUSES, type AddressStatus } from './address.js';
import {
  DIRECTIONS,
  NEEDS,
  PROTOCOLS,
  type Alias,
  type Catalog,
  type Need,
  type Protocol,
  type RowCriteria,
  type Zone,
} from './catalog.js';
import { onceForEach } from './canonical.js';
import { FAMILIES, type Family } from './cidr.js';
import { MOST_FAULTS, type Fault } from './error.js';
import { MOST_VALUES, NO_NAMING, namingOf, tooManyValues, unknownValue, type Naming } from './naming.js';
import { namesOf } from './requirement.js';

/** Which requirements are asked for, and which of their ports and addresses. `null` leaves a dimension open. */
export interface Selection extends RowCriteria {
  readonly product: string;
  /** Names of endpoints, hosts, companions or zones. */
  readonly host: readonly string[] | null;
  readonly protocol: readonly Protocol[] | null;
  readonly port: readonly number[] | null;
  readonly family: readonly Family[] | null;
  readonly status: readonly AddressStatus[];
}

/** A selection as it was asked: each parameter's values, in any order. */
export type SelectionInput = Readonly<Partial<Record<SelectionParameter, readonly string[]>>>;

export type SelectionParameter = keyof Selection;

export const SELECTION_PARAMETERS = [
  'product',
  'task',
  'mode',
  'need',
  'host',
  'zone',
  'direction',
  'protocol',
  'port',
  'family',
  'status',
] as const satisfies readonly SelectionParameter[];

/** What firewalls are to have open: whoever names no status is given this very list. */
export const USUAL_STATUSES: readonly AddressStatus[] = ['current', 'retiring'];

export interface ParsedSelection {
  readonly selection: Selection;
  readonly faults: readonly Fault[];
  /** The old names that were used. */
  readonly aliases: readonly Alias[];
}

/**
 * Reads a selection against a catalog. The result is canonical: values in the catalog's order, each once, aliases
 * replaced, so that equal questions are equal objects. Every value that is not allowed is a fault of its own.
 *
 * @param defaultNeed which needs are meant where none is named; `null` for all.
 */
export function parseSelection(
  input: SelectionInput,
  catalog: Catalog,
  defaultNeed: readonly Need[] | null,
): ParsedSelection {
  const faults: Fault[] = [];
  const aliases: Alias[] = [];

  const choose = <T extends string>(parameter: SelectionParameter, known: Known<T>) => {
    const values = input[parameter];
    if (values === undefined) return null;
    const { allowed, places, naming } = known;
    if (values.length === 0) faults.push(unknownValue(parameter, '', allowed, naming));
    if (values.length > MOST_VALUES) {
      faults.push(tooManyValues(parameter, values.length));
      return null;
    }
    const chosen = new Set<number>();
    for (const value of new Set(values)) {
      const alias = places.has(value) ? undefined : naming.aliasOf.get(value);
      if (alias !== undefined) aliases.push(alias.alias);
      const place = places.get(alias?.name ?? value);
      if (place !== undefined) chosen.add(place);
      // Those past the first few are only counted, and need no words: finding these takes time.
      else faults.push(faults.length < MOST_FAULTS ? unknownValue(parameter, value, allowed, naming) : faults[0]!);
    }
    return [...chosen].sort((a, b) => a - b).map((place) => allowed[place]!);
  };

  const { products, tasks, modes, hosts, zones } = knownIn(catalog);
  const selection: Selection = {
    product: choose('product', products)?.[0] ?? catalog.product,
    task: everyTask(input) ? null : choose('task', tasks),
    mode: choose('mode', modes),
    need: choose('need', KNOWN.need) ?? defaultNeed,
    host: choose('host', hosts),
    zone: choose('zone', zones),
    direction: choose('direction', KNOWN.direction),
    protocol: choose('protocol', KNOWN.protocol),
    port: choosePorts(input.port, faults),
    family: choose('family', KNOWN.family),
    status: choose('status', KNOWN.status) ?? USUAL_STATUSES,
  };
  return { selection, faults, aliases };
}

/** The values that a parameter takes, in their order, with where each stands. */
interface Known<T extends string> {
  readonly allowed: readonly T[];
  readonly places: ReadonlyMap<string, number>;
  readonly naming: Naming;
}

function known<T extends string>(allowed: readonly T[], naming: Naming = NO_NAMING): Known<T> {
  return { allowed, places: new Map(allowed.map((value, place) => [value, place])), naming };
}

const KNOWN = {
  need: known(NEEDS),
  direction: known(DIRECTIONS),
  protocol: known(PROTOCOLS),
  family: known(FAMILIES),
  status: known(ADDRESS_STATUSES),
};

/** What a catalog's own names allow. There may be very many, and every question is held against them. */
const knownIn = onceForEach((catalog: Catalog) => ({
  products: known([catalog.product], namingOf([{ name: catalog.product, aliases: catalog.aliases }])),
  tasks: known(namesIn(catalog.tasks), namingOf(catalog.tasks)),
  modes: known(namesIn(catalog.modes), namingOf(catalog.modes)),
  hosts: known(hostNames(catalog), namingOf([...catalog.endpoints, ...ruledZones(catalog)])),
  zones: known(namesIn(catalog.zones), namingOf(catalog.zones)),
}));

/** Whether a selection leaves every dimension open, and so means all that there is. */
export function isOpen(selection: Selection): boolean {
  return (
    SELECTION_PARAMETERS.every((name) => name === 'product' || name === 'status' || selection[name] === null) &&
    selection.status.join() === USUAL_STATUSES.join()
  );
}

/** Every name that the parameter `host` takes; those that are only announced are among them. */
export function hostNames(catalog: Catalog): string[] {
  const names = catalog.endpoints.flatMap((endpoint) => [
    endpoint.name,
    ...namesOf(endpoint),
    ...(endpoint.dated ?? []).map(({ host }) => host),
  ]);
  return [...new Set([...names, ...namesIn(ruledZones(catalog))])];
}

/** The zones that a rule has for its far side. */
function ruledZones(catalog: Catalog): Zone[] {
  return catalog.zones.filter(({ name }) => catalog.rows.some((row) => row.endpoint === null && row.zone === name));
}

/** `all` is reserved: it names every task. */
function everyTask(input: SelectionInput): boolean {
  return input.task?.length === 1 && input.task[0] === 'all';
}

function namesIn(named: readonly { readonly name: string }[]): string[] {
  return named.map(({ name }) => name);
}

const PORT = /^[1-9]\d{0,4}$/;

function choosePorts(values: readonly string[] | undefined, faults: Fault[]): number[] | null {
  if (values === undefined) return null;
  if (values.length > MOST_VALUES) {
    faults.push(tooManyValues('port', values.length));
    return null;
  }
  const ports = new Set<number>();
  for (const value of values.length === 0 ? [''] : values) {
    if (PORT.test(value) && Number(value) <= 65_535) ports.add(Number(value));
    else {
      faults.push({
        code: value === '' ? 'empty-value' : 'malformed-value',
        parameter: 'port',
        value,
        message: `"${value}" is not a value of the parameter "port". It takes whole numbers from 1 to 65535.`,
        allowed: ['1…65535'],
        didYouMean: null,
      });
    }
  }
  return [...ports].sort((a, b) => a - b);
}
