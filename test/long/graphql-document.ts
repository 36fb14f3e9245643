import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import type { Random } from './random.ts';

const SCHEMA = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const STRINGS = ['upgrade', 'online', 'replicated', 'quay.io', 'api.replicated.com', '1', '27', 'latest', '2018-01-01', '443', '162.159.137.43', '10.0.0.0/8', 'nftables', 'csv', '', '\u0000', '\ud800', '😀', '__proto__', 'x'.repeat(300)]; // prettier-ignore
const NUMBERS = [0, 1, 2, 443, 65_535, 65_536, -1, 500, 501, 2 ** 31, 1e300, 0.5];

/** An operation that fits schema/schema.graphql, in tokens; its values may be such as nobody can answer. */
export function makeDocument(random: Random): string[] {
  const fields = [...random.some(2, () => rootField(random)), rootField(random)];
  return ['query', '{', ...fields.flat(), '}'];
}

function rootField(random: Random): string[] {
  const field = random.pick(Object.values(SCHEMA.getQueryType()!.getFields()));
  const alias = random.oneIn(2) ? [`a${random.int(90)}`, ':'] : [];
  return [...alias, field.name, ...argumentsOf(field.args, random), ...selection(field.type, random, 5)];
}

function selection(type: GraphQLOutputType, random: Random, depth: number): string[] {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return [];
  if (isUnionType(named)) return ['{', '__typename', '}'];
  const fields = Object.values(named.getFields()).filter(
    (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
  );
  const chosen = fields.length === 0 ? [] : random.some(3, () => random.pick(fields));
  const texts = chosen.flatMap((field) => [
    field.name,
    ...argumentsOf(field.args, random),
    ...(random.oneIn(20) ? ['@include', '(', 'if', ':', random.pick(['true', 'false', '1']), ')'] : []),
    ...selection(field.type, random, depth - 1),
  ]);
  const spread = random.oneIn(10) && isObjectType(named) ? ['...', 'on', named.name, '{', '__typename', '}'] : [];
  return ['{', '__typename', ...texts, ...spread, '}'];
}

function argumentsOf(args: readonly GraphQLArgument[], random: Random): string[] {
  const given = args.filter(({ type }) => isNonNullType(type) || random.oneIn(3));
  if (given.length === 0) return [];
  return ['(', ...given.flatMap(({ name, type }) => [name, ':', ...literal(type, random, 3)]), ')'];
}

function literal(type: GraphQLInputType, random: Random, depth: number): string[] {
  if (isNonNullType(type)) return random.oneIn(40) ? ['null'] : literal(type.ofType, random, depth);
  if (random.oneIn(12))
    return [random.pick(['null', '[]', '{}', '1', '"x"', 'X', 'true', '$v', '""""""', '-0', '1e400'])];
  if (isListType(type)) return ['[', ...random.some(3, () => literal(type.ofType, random, depth)).flat(), ']'];
  if (isEnumType(type)) return [random.pick(type.getValues()).name];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.oneIn(4));
    if (depth === 0) return ['{', '}'];
    return ['{', ...fields.flatMap((field) => [field.name, ':', ...literal(field.type, random, depth - 1)]), '}'];
  }
  if (type.name === 'Boolean') return [random.pick(['true', 'false'])];
  const isNumber = type.name === 'Int' || type.name === 'PortNumber' || random.oneIn(20);
  return [JSON.stringify(isNumber ? random.pick(NUMBERS) : random.pick(STRINGS))];
}

const TOKENS = ['{', '}', '(', ')', '[', ']', ':', '!', '|', '&', '$', '=', '@', '...', '...f', 'on', 'fragment f on Query { ...f }', 'query', 'mutation', 'subscription', '__schema { types { name } }', '__type(name: "Host") { name }', '__typename', '#', '"', '"""', '\\', '\u0000', '\uFEFF', '\u2028', '😀', ',', '0', '-', '1.', 'nothing', '@skip(if: true)', '@x', '@deprecated', '$v: Int']; // prettier-ignore

/** A document with a few tokens too many, too few, or in each other's place. */
export function mutate(tokens: readonly string[], random: Random): string[] {
  const mutated = [...tokens];
  for (let times = 1 + random.int(3); times > 0; times--) {
    const at = random.int(mutated.length + 1);
    if (random.oneIn(3)) {
      mutated.splice(at, 1);
      continue;
    }
    const isMore = random.oneIn(2);
    const isRepeated = !isMore && random.oneIn(2);
    const put = isRepeated ? mutated.slice(0, 200) : [random.pick(TOKENS)];
    mutated.splice(at, isMore || isRepeated ? 0 : 1, ...put);
  }
  return mutated;
}
