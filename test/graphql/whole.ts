import {
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

/** Where an edge leads, REST has only the key of what is there; its own key is enough to compare. */
const KEYS: Readonly<Record<string, string>> = { Host: 'name', Requirement: 'ref' };

/** Edges that REST has not. */
const ONLY_GRAPHQL = new Set(['LookupHost.host']);

/** Every field of a type, down to what has no more: what REST answers with. */
export function everyField(type: GraphQLObjectType, inPlace: ReadonlySet<string>, depth = 0): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (ONLY_GRAPHQL.has(`${type.name}.${field.name}`)) return [];
    const beneath = getNamedType(field.type);
    if (!isObjectType(beneath)) return [field.name];
    const byKey = KEYS[beneath.name] !== undefined && !inPlace.has(`${type.name}.${field.name}`);
    return [`${field.name} ${byKey ? `{ ${KEYS[beneath.name]} }` : everyField(beneath, inPlace, depth + 1)}`];
  });
  return `{ ${fields.join(' ')} }`;
}

/** An answer of GraphQL in the form of REST: words for enum values, keys for edges, and lists under their own noun. */
export function asRest(value: unknown, type: GraphQLOutputType, inPlace: ReadonlySet<string>, noun: string): unknown {
  if (value === null) return null;
  if (isNonNullType(type)) return asRest(value, type.ofType, inPlace, noun);
  if (isListType(type)) return (value as unknown[]).map((one) => asRest(one, type.ofType, inPlace, noun));
  if (isEnumType(type)) return (value as string).toLowerCase().replaceAll('_', '-');
  if (!isObjectType(type)) return value;
  const entries = Object.values(type.getFields()).flatMap((field) => {
    const member = (value as Record<string, unknown>)[field.name];
    if (member === undefined) return [];
    const beneath = getNamedType(field.type);
    const key = KEYS[beneath.name];
    if (key !== undefined && !inPlace.has(`${type.name}.${field.name}`)) {
      return [[field.name, (member as Record<string, unknown>[]).map((one) => one[key])]];
    }
    if (field.name === 'facets' && isListType(isNonNullType(field.type) ? field.type.ofType : field.type)) {
      if (beneath.name !== 'FacetValue') return [[field.name, member]];
      return [
        [field.name, Object.fromEntries((member as { name: string; value: string }[]).map((f) => [f.name, f.value]))],
      ];
    }
    return [[field.name === 'nodes' ? noun : field.name, asRest(member, field.type, inPlace, noun)]];
  });
  return Object.fromEntries(entries);
}
