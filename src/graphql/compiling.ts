import { HeaderMap, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { beginAnew, type Operation } from './operation.js';

/** Compiling takes as long as answering about that often, so that whoever makes us compile has to ask as much. */
const USES_BEFORE = 32;
/** Fields, wherever their fragments are spread. What takes longer to compile is answered as it is. */
const MOST_FIELDS = 500;

interface Resolved {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation?: OperationDefinitionNode;
  readonly contextValue: BaseContext;
  readonly request: { readonly variables?: Readonly<Record<string, unknown>> };
}

/** What became of an operation: how often it was answered, until it is compiled; `null` where it never will be. */
type Known = number | CompiledQuery | null;

/**
 * Answers operations that are asked often by code compiled for each, which takes a tenth of the time. What is compiled
 * was let in and is valid, and lives as long as Apollo keeps the document. An answer with errors is not taken: graphql-js
 * works it out anew, so that errors are always its own.
 */
export function compiling(): ApolloServerPlugin {
  const known = new WeakMap<OperationDefinitionNode, Known>();
  return {
    async requestDidStart() {
      return {
        async responseForOperation({
          schema,
          document,
          operation,
          contextValue,
          request: { variables = {} },
        }: Resolved) {
          // Which operation is meant is told of by graphql-js where it cannot be known.
          if (operation === undefined) return null;
          const compiled = compiledOnceOften(known, schema, document, operation);
          if (compiled === null) return null;
          const { data, errors } = await compiled.query(undefined, contextValue, variables);
          if (errors === undefined)
            return {
              http: { headers: new HeaderMap() },
              body: { kind: 'single', singleResult: { data: data ?? null } },
            };
          beginAnew(contextValue as BaseContext & Operation);
          return null;
        },
      };
    },
  };
}

function compiledOnceOften(
  known: WeakMap<OperationDefinitionNode, Known>,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledQuery | null {
  const found = known.get(operation) ?? 0;
  if (typeof found !== 'number') return found;
  const isOften = found >= USES_BEFORE;
  const compiled = isOften && isCompilable(document, operation) ? compile(schema, document, operation) : null;
  known.set(operation, isOften ? compiled : found + 1);
  return compiled;
}

function compile(schema: GraphQLSchema, document: DocumentNode, { name }: OperationDefinitionNode) {
  const compiled = compileQuery(schema, document, name?.value);
  return isCompiledQuery(compiled) ? compiled : null;
}

/** Whether an operation has few fields, and none under a name that means something else to JavaScript. */
function isCompilable(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const counted = new Map<string, number>();
  const fieldsIn = ({ selections }: SelectionSetNode): number => {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) fields += fieldsOf(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += fieldsIn(selection.selectionSet);
      else if (selection.alias?.value === '__proto__') fields += Infinity;
      else fields += 1 + (selection.selectionSet === undefined ? 0 : fieldsIn(selection.selectionSet));
    }
    return fields;
  };
  const fieldsOf = (fragment: string): number => {
    const fields = counted.get(fragment) ?? fieldsIn(fragments.get(fragment)!.selectionSet);
    counted.set(fragment, fields);
    return fields;
  };
  return fieldsIn(operation.selectionSet) <= MOST_FIELDS;
}
