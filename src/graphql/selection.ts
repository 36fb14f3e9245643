import type { ArgsOptions } from '@nestjs/graphql';
import { SelectionQuery } from '../answer/queries.js';
import { ADDRESS_STATUS, FAMILY } from '../answer/shapes/words.js';

/** The argument `selection`. */
export const SELECTION: ArgsOptions = {
  type: () => SelectionQuery,
  nullable: true,
  description: 'Which requirements are meant. Without it, all.',
};

/** The argument `selection` of what opens firewalls. */
export const REQUIRED_SELECTION: ArgsOptions = {
  ...SELECTION,
  description: 'Which requirements are meant. Unless other needs are named, those that are required.',
};

/** The argument `family` of what shows addresses. */
export const FAMILIES = {
  type: () => [FAMILY.graphql],
  nullable: true,
  description: 'Families of addresses. Without it, both.',
} satisfies ArgsOptions;

/** The argument `status` of what shows addresses. */
export const STATUSES = {
  type: () => [ADDRESS_STATUS.graphql],
  nullable: true,
  description: 'Statuses of addresses. Without it, current and retiring.',
} satisfies ArgsOptions;

/** The same beneath a root field, whose selection is kept where nothing is said. */
export const OTHER_FAMILIES = {
  ...FAMILIES,
  description: 'Families of addresses. Without it, those of the selection above.',
} satisfies ArgsOptions;

export const OTHER_STATUSES = {
  ...STATUSES,
  description: 'Statuses of addresses. Without it, those of the selection above.',
} satisfies ArgsOptions;

/** The argument `at`. */
export const AT_MOMENT = {
  type: () => String,
  nullable: true,
  description:
    'As of when: the number of a revision, or an RFC 3339 instant that has passed; a date is its start, UTC. Without it, now.',
} satisfies ArgsOptions;
