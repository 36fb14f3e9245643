import type { Load } from './plan.ts';
import * as ask from './questions.ts';
import type { ServerId } from './servers.ts';

/** One server among those that are compared in a case. */
export interface Contestant {
  readonly server: ServerId;
  /** Where it is asked something else than the others. */
  readonly loads?: readonly Load[];
  readonly called?: string;
  /** Whether it sends the whole answer to a client that has it already. */
  readonly always200?: boolean;
}

/** What the CPU time per request is to be at most: so many times that of another. */
export interface Goal {
  readonly times: number;
  readonly of: string;
  readonly isMoonshot?: boolean;
}

/** What is asked of whom. The first contestant is what the others are compared with. */
export interface Case {
  readonly title: string;
  readonly loads: readonly Load[];
  readonly contestants: readonly Contestant[];
  readonly goals: readonly Goal[];
}

const FLOOR = 'Nest + Apollo, `{ __typename }` alone';
const [gatepost, fastify, mercurius, yoga, apollo]: readonly Contestant[] = [
  { server: 'gatepost' },
  { server: 'fastify' },
  { server: 'mercurius' },
  { server: 'yoga' },
  { server: 'nest-apollo' },
];
const floor: Contestant = { server: 'nest-apollo', loads: [ask.typename], called: FLOOR };

export const CASES: readonly Case[] = [
  {
    title: 'REST, a kept answer',
    loads: [ask.requirements],
    contestants: [fastify!, gatepost!, { server: 'nginx' }, { server: 'node-http' }, { server: 'nest' }],
    goals: [
      { times: 1.1, of: 'bare Fastify' },
      { times: 0.95, of: 'bare Fastify', isMoonshot: true },
    ],
  },
  {
    title: 'REST, 304 to a client that has the answer',
    loads: [ask.revalidation],
    contestants: [
      { server: 'fastify', always200: true, called: 'bare Fastify, the whole answer' },
      gatepost!,
      { server: 'fastify-conditional' },
    ],
    goals: [{ times: 0.95, of: 'bare Fastify, the whole answer' }],
  },
  {
    title: 'REST, parameters in an order that never comes again',
    loads: [ask.reordered],
    contestants: [fastify!, gatepost!, { server: 'nest' }],
    goals: [],
  },
  {
    title: 'A list that a firewall polls',
    loads: [ask.polledList],
    contestants: [fastify!, gatepost!, { server: 'nginx' }, { server: 'node-http' }],
    goals: [{ times: 1.15, of: 'bare Fastify' }],
  },
  {
    title: 'GraphQL POST, the same operation again',
    loads: [ask.portal],
    contestants: [fastify!, gatepost!, mercurius!, yoga!, apollo!],
    goals: [
      { times: 1, of: 'bare Fastify' },
      { times: 1 / 3, of: 'Mercurius with JIT' },
      { times: 1 / 10, of: 'Nest + Apollo' },
    ],
  },
  {
    title: 'GraphQL GET by a hash (APQ), the same operation again',
    loads: [ask.persisted],
    contestants: [fastify!, gatepost!, apollo!],
    goals: [],
  },
  {
    title: 'GraphQL POST, variables that were never seen',
    loads: [ask.newVariables],
    contestants: [fastify!, gatepost!, mercurius!, yoga!, apollo!, floor],
    goals: [
      { times: 1.3, of: FLOOR },
      { times: 1, of: 'Mercurius with JIT', isMoonshot: true },
    ],
  },
  {
    title: 'GraphQL POST, documents that were never seen',
    loads: [ask.newDocument],
    contestants: [fastify!, gatepost!, mercurius!, yoga!, apollo!],
    goals: [],
  },
  {
    title: 'GraphQL POST, `{ __typename }`',
    loads: [ask.typename],
    contestants: [fastify!, gatepost!, mercurius!, yoga!, { server: 'nest-apollo' }],
    goals: [],
  },
  {
    title: 'All of it mixed',
    loads: [
      { ...ask.requirements, weight: 30 },
      { ...ask.revalidation, weight: 25 },
      { ...ask.polledList, weight: 15 },
      { ...ask.portal, weight: 15 },
      { ...ask.reordered, weight: 5 },
      { ...ask.persisted, weight: 5 },
      { ...ask.newVariables, weight: 4 },
      { ...ask.newDocument, weight: 1 },
    ],
    contestants: [gatepost!],
    goals: [],
  },
];
