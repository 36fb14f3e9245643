import { BreakingChangeType, findBreakingChanges, type GraphQLSchema } from 'graphql';

/** A change after which an operation that was right may be wrong, or be answered otherwise. */
export interface Breaking {
  /** Where, as a schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`, `@directive`. */
  readonly coordinate: string;
  readonly description: string;
}

/** What graphql-js says of each kind of breaking change, and the coordinate of what it says it of. */
const COORDINATES: Readonly<Record<BreakingChangeType, readonly [RegExp, string]>> = {
  TYPE_REMOVED: [/(\w+) was removed/, '$1'],
  TYPE_CHANGED_KIND: [/^(\w+) changed/, '$1'],
  TYPE_REMOVED_FROM_UNION: [/^\w+ was removed from union type (\w+)/, '$1'],
  VALUE_REMOVED_FROM_ENUM: [/^(\w+) was removed from enum type (\w+)/, '$2.$1'],
  REQUIRED_INPUT_FIELD_ADDED: [/^A required field (\w+) on input type (\w+)/, '$2.$1'],
  IMPLEMENTED_INTERFACE_REMOVED: [/^(\w+) no longer implements/, '$1'],
  FIELD_REMOVED: [/^(\w+\.\w+) was removed/, '$1'],
  FIELD_CHANGED_KIND: [/^(\w+\.\w+) changed/, '$1'],
  REQUIRED_ARG_ADDED: [/^A required arg (\w+) on (\w+\.\w+)/, '$2($1:)'],
  ARG_REMOVED: [/^(\w+\.\w+) arg (\w+)/, '$1($2:)'],
  ARG_CHANGED_KIND: [/^(\w+\.\w+) arg (\w+)/, '$1($2:)'],
  DIRECTIVE_REMOVED: [/^(\w+) was removed/, '@$1'],
  DIRECTIVE_ARG_REMOVED: [/^(\w+) was removed from (\w+)/, '@$2($1:)'],
  REQUIRED_DIRECTIVE_ARG_ADDED: [/^A required arg (\w+) on directive (\w+)/, '@$2($1:)'],
  DIRECTIVE_REPEATABLE_REMOVED: [/removed from (\w+)/, '@$1'],
  DIRECTIVE_LOCATION_REMOVED: [/removed from (\w+)/, '@$1'],
};

/**
 * The breaking changes from one schema to the next that the topmost section of a changelog does not announce. A line
 * announces a change by the word "Breaking:" and the coordinate.
 */
export function unannounced(released: GraphQLSchema, next: GraphQLSchema, changelog: string): readonly Breaking[] {
  const [, topmost = ''] = changelog.split(/^## /m);
  const lines = topmost.split('\n').filter((line) => line.includes('Breaking:'));
  const announced = new Set(lines.flatMap((line) => line.match(/@?\w+(?:\.\w+)?(?:\(\w+:\))?/g) ?? []));
  return findBreakingChanges(released, next)
    .map(({ type, description }) => ({ coordinate: coordinateOf(type, description), description }))
    .filter(({ coordinate }) => !announced.has(coordinate));
}

function coordinateOf(type: BreakingChangeType, description: string): string {
  const [form, coordinate] = COORDINATES[type];
  const found = form.exec(description)?.[0];
  if (found === undefined) throw new Error(`The words for ${type} are no longer known: ${description}`);
  return found.replace(form, coordinate);
}
