import 'reflect-metadata';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import type { Need } from '../model/catalog.js';
import { invalidParameters, type Fault, type FaultCode } from '../model/error.js';
import { nearest } from '../model/nearest.js';
import type { Selection } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { Current } from '../store/current.js';
import { Timeline } from '../store/timeline.js';
import { readQuestion, selectionIn, servedBy, type Asked } from './asked.js';
import type { CheckContext } from './parameter.js';
import type { RawQuery } from './raw-query.js';

/** What every query becomes: its parameters, and the selection that they make in the one revision that answers. */
export interface Query {
  /** The moment to answer for; absent for now. */
  readonly at?: string;
  asked: Asked;
}

/** A class of queries, and the needs that it means where none is named; absent for all. */
interface QueryClass<Q extends Query> {
  new (): Q;
  readonly defaultNeed?: readonly Need[];
}

/** What of a query its class cannot say. */
interface MoreOfQuery<Q extends Query> {
  /** Names of parameters that someone else reads. */
  readonly alsoTaken?: readonly string[];
  readonly defaultNeed?: readonly Need[] | null;
  /** Finds faults in what is asked beside the selection. */
  readonly check?: (query: Q, snapshot: Snapshot, selection: Selection) => readonly Fault[];
}

/** Reads a query: class-validator for presence and repetition, the catalog for values. Tells every fault at once. */
@Injectable()
export class QueryPipe implements PipeTransform<RawQuery, Query> {
  constructor(
    private readonly current: Current,
    private readonly timeline: Timeline,
  ) {}

  transform(raw: RawQuery, { metatype }: ArgumentMetadata): Query {
    return this.read(metatype as QueryClass<Query>, raw);
  }

  /**
   * Reads a query of a class.
   *
   * @throws DomainError `invalid-parameters`, `unknown-revision`, `store-unavailable`, `no-revision`.
   */
  read<Q extends Query>(kind: QueryClass<Q>, raw: RawQuery, more: MoreOfQuery<Q> = {}): Q {
    const served = servedBy(this.current);
    const { alsoTaken = [], defaultNeed = kind.defaultNeed ?? null, check = () => [] } = more;
    const known = parametersOf(kind);
    const [named, others] = partition(raw, known);
    const strange = others.filter(([name]) => !alsoTaken.includes(name));
    const query = plainToInstance(kind, Object.fromEntries(named), { exposeUnsetFields: false });
    const errors = validateSync(query, { stopAtFirstError: true, validationError: { target: false } });
    const bad = new Set(errors.map(({ property }) => property));
    const faults = [
      ...raw.faults,
      ...strange.map(([name, values]) => unknownParameter(name, values.join(', '), [...known, ...alsoTaken])),
      ...errors.map((error) => faultOf(error, raw)),
    ];
    const question = {
      selection: selectionIn(query, bad),
      at: bad.has('at') ? null : (query.at ?? null),
      defaultNeed,
    };
    // What is malformed was said already; what it may have meant is not looked for.
    for (const name of bad) Reflect.deleteProperty(query, name);
    query.asked = readQuestion(served, this.timeline, question, faults, (snapshot, selection) =>
      check(query, snapshot, selection),
    );
    return query;
  }
}

/** For what takes no parameters: refuses all. */
@Injectable()
export class NoParameters implements PipeTransform<RawQuery, RawQuery> {
  transform(raw: RawQuery): RawQuery {
    const faults = [...raw.values].map(([name, values]) => unknownParameter(name, values.join(', '), []));
    if (raw.faults.length + faults.length > 0) throw invalidParameters([...raw.faults, ...faults]);
    return raw;
  }
}

/** The names that a query takes, as its class declares them. */
function parametersOf(kind: QueryClass<Query>): string[] {
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(kind, '', false, false);
  return [...new Set(metadatas.map(({ propertyName }) => propertyName))];
}

type Values = readonly [name: string, values: readonly string[]];

function partition(raw: RawQuery, known: readonly string[]): [named: Values[], strange: Values[]] {
  const entries = [...raw.values];
  return [entries.filter(([name]) => known.includes(name)), entries.filter(([name]) => !known.includes(name))];
}

function unknownParameter(parameter: string, value: string, known: readonly string[]): Fault {
  const didYouMean = nearest(parameter, known);
  const allowed = known.length === 0 ? 'None is taken.' : `Allowed: ${known.join(', ')}.`;
  const hint = didYouMean === null ? allowed : `Did you mean "${didYouMean}"?`;
  const message = `There is no parameter "${parameter}" here. ${hint}`;
  return { code: 'unknown-parameter', parameter, value, message, allowed: known, didYouMean };
}

const MESSAGES: Partial<Record<FaultCode, string>> = {
  'repeated-parameter': 'can be given once',
  'missing-parameter': 'is missing',
  'empty-value': 'is empty',
};

function faultOf(error: ValidationError, raw: RawQuery): Fault {
  const parameter = error.property;
  const value = raw.values.get(parameter)?.join(', ') ?? null;
  const [constraint = ''] = Object.keys(error.constraints ?? {});
  const check: CheckContext | undefined = error.contexts?.[constraint];
  const { code, allowed = [] } = check ?? { code: 'malformed-value' };
  const what = MESSAGES[code];
  const message =
    what === undefined
      ? `"${value}" is not a value of the parameter "${parameter}". Allowed: ${allowed.join(', ')}.`
      : `The parameter "${parameter}" ${what}.`;
  return { code, parameter, value, message, allowed, didYouMean: value === null ? null : nearest(value, allowed) };
}
