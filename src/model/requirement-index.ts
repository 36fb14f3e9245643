import { onceForEach } from './canonical.js';
import { namesOf, type Requirement } from './requirement.js';
import type { Selection } from './selection.js';

type Places = ReadonlyMap<string, readonly number[]>;

/** Some requirements in their order, found by what a selection names, without a look at the others. */
export class RequirementIndex {
  readonly #places = new Map<Key, Places>();
  #placeOf: ReadonlyMap<string, number> | undefined;

  constructor(private readonly requirements: readonly Requirement[]) {}

  /** Those that a selection can mean: all that it does, and as few others as one of its dimensions lets through. */
  candidates(selection: Selection): readonly Requirement[] {
    let fewest: readonly (readonly number[])[] | undefined;
    let least = this.requirements.length;
    for (const dimension of DIMENSIONS) {
      const values: readonly string[] | null = selection[dimension];
      if (values === null) continue;
      const places = this.#by(dimension);
      const lists = values.flatMap((value) => [places.get(value) ?? []]);
      const count = lists.reduce((sum, list) => sum + list.length, 0);
      if (count < least) [fewest, least] = [lists, count];
    }
    if (fewest === undefined) return this.requirements;
    // One may stand for several of the values.
    const inOrder = fewest.length === 1 ? fewest[0]! : [...new Set(fewest.flat())].sort((a, b) => a - b);
    return inOrder.map((place) => this.requirements[place]!);
  }

  /** Those whose far side has a DNS name, among its own or its companions'. */
  behind(name: string): readonly Requirement[] {
    return (this.#by('behind').get(name) ?? []).map((place) => this.requirements[place]!);
  }

  /** Those whose far side has a name of its own. */
  ofFarSide(name: string): readonly Requirement[] {
    return (this.#by('farSide').get(name) ?? []).map((place) => this.requirements[place]!);
  }

  /** Where a requirement stands among them. */
  placeOf(ref: string): number | undefined {
    this.#placeOf ??= new Map(this.requirements.map((requirement, place) => [requirement.ref, place]));
    return this.#placeOf.get(ref);
  }

  at(ref: string): Requirement | undefined {
    const place = this.placeOf(ref);
    return place === undefined ? undefined : this.requirements[place];
  }

  #by(dimension: Key): Places {
    const known = this.#places.get(dimension);
    if (known !== undefined) return known;
    const places = new Map<string, number[]>();
    for (const [place, requirement] of this.requirements.entries()) {
      for (const value of VALUES[dimension](requirement)) {
        const own = places.get(value);
        if (own === undefined) places.set(value, [place]);
        else own.push(place);
      }
    }
    this.#places.set(dimension, places);
    return places;
  }
}

const DIMENSIONS = ['host', 'task', 'mode', 'need', 'zone', 'direction'] as const;
type Dimension = (typeof DIMENSIONS)[number];
type Key = Dimension | 'farSide' | 'behind';

/** The values of a selection that mean a requirement, each once. */
const VALUES: Record<Key, (requirement: Requirement) => Iterable<string>> = {
  host: ({ endpoint }) => new Set([endpoint.name, ...namesOf(endpoint)]),
  task: ({ task }) => [task],
  mode: ({ mode }) => [mode],
  need: ({ need }) => [need],
  zone: ({ zone }) => [zone],
  direction: ({ direction }) => [direction],
  farSide: ({ endpoint }) => [endpoint.name],
  behind: ({ endpoint }) => new Set(namesOf(endpoint)),
};

/** The index of a list of requirements, made when it is first asked for and kept as long as the list. */
export const indexOf = onceForEach((requirements: readonly Requirement[]) => new RequirementIndex(requirements));
