import {
  GraphQLList,
  GraphQLNonNull,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { MOST_REVISIONS, USUAL_PAGE } from '../answer/revision-log.js';
import type { Limit } from './limits.js';

/** What of a document its limits are about. */
export type Weight = Readonly<Record<Exclude<Limit, 'tokens' | 'reached'>, number>>;

/** How long lists usually are, by what they belong to; `first` of a page says it better. */
const USUAL_LENGTH: Readonly<Record<string, number>> = {
  'RequirementList.nodes': 100,
  'HostList.nodes': 20,
  'AddressList.nodes': 50,
  'UpcomingList.nodes': 20,
  'Host.requirements': 20,
  'AddressRow.requirements': 20,
  'Port.requirements': 30,
  'Lookup.requirements': 20,
  'Host.addresses': 8,
  'Requirement.addresses': 8,
  'RevisionConnection.edges': 1,
  'RevisionConnection.nodes': 1,
  'ChangeConnection.edges': 1,
  'ChangeConnection.nodes': 1,
  'Diff.changes': 50,
  '__Schema.types': 60,
};
const OTHERWISE = 3;

interface Measured {
  readonly depth: number;
  readonly cost: number;
}

const NOTHING: Measured = { depth: 0, cost: 0 };

/** Weighs a document, in time that grows with its length alone. What does not fit the schema weighs as it is written. */
export function weigh(schema: GraphQLSchema, document: DocumentNode): Weight {
  const written = { fields: 0, aliases: 0, directives: 0, repeats: 0 };
  const withArguments = new Map<string, number>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  const measured = new Map<string, Measured>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const ofSet = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Measured => {
    let depth = 0;
    let cost = 0;
    for (const selection of selections) {
      written.directives += selection.directives?.length ?? 0;
      const found =
        selection.kind === Kind.FIELD
          ? ofField(selection, parent)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSet(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? parent);
      depth = Math.max(depth, found.depth);
      cost += found.cost;
    }
    return { depth, cost };
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType | undefined): Measured => {
    written.fields++;
    if (node.alias !== undefined) written.aliases++;
    if (node.arguments !== undefined && node.arguments.length > 0) {
      const name = (node.alias ?? node.name).value;
      const count = (withArguments.get(name) ?? 0) + 1;
      withArguments.set(name, count);
      written.repeats = Math.max(written.repeats, count);
    }
    if (node.selectionSet === undefined) return { depth: 1, cost: 1 };
    const field = fieldOf(parent, node.name.value);
    const beneath = ofSet(node.selectionSet, field && getNamedType(field.type));
    return { depth: 1 + beneath.depth, cost: 1 + usualLength(node, parent, field) * beneath.cost };
  };

  const ofFragment = (name: string): Measured => {
    const known = measured.get(name);
    const definition = fragments.get(name);
    if (known !== undefined || definition === undefined) return known ?? NOTHING;
    // A fragment that leads back to itself adds nothing here; validation refuses it.
    measured.set(name, NOTHING);
    written.directives += definition.directives?.length ?? 0;
    const found = ofSet(definition.selectionSet, typeNamed(definition.typeCondition.name.value));
    measured.set(name, found);
    return found;
  };

  const typeNamed = (name: string | undefined) => (name === undefined ? undefined : schema.getType(name));

  const all = document.definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return ofFragment(definition.name.value);
    if (definition.kind !== Kind.OPERATION_DEFINITION) return NOTHING;
    written.directives += definition.directives?.length ?? 0;
    return ofSet(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined);
  });
  return {
    ...written,
    depth: Math.max(0, ...all.map(({ depth }) => depth)),
    cost: Math.max(0, ...all.map(({ cost }) => cost)),
  };
}

function fieldOf(parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function usualLength(
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
  field: GraphQLField<unknown, unknown> | undefined,
): number {
  if (field === undefined) return 1;
  if (field.args.some(({ name }) => name === 'first')) return pageLength(node);
  const type = field.type instanceof GraphQLNonNull ? field.type.ofType : field.type;
  const usual = USUAL_LENGTH[`${parent?.name}.${field.name}`];
  return usual ?? (type instanceof GraphQLList ? OTHERWISE : 1);
}

/** How many of a page are asked for. A variable may hold as many as there can be. */
function pageLength(node: FieldNode): number {
  const first = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (first === undefined || first.kind === Kind.NULL) return USUAL_PAGE;
  return first.kind === Kind.INT ? Math.min(Math.max(1, Number(first.value)), MOST_REVISIONS) : MOST_REVISIONS;
}
