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

/** The argument `family`, where addresses are narrowed further. */
export const ONLY_FAMILY: ArgsOptions = {
  type: () => [FAMILY.graphql],
  nullable: true,
  description: 'Families of addresses. Without it, those of the selection above.',
};

/** The argument `status`, where other addresses are wanted than those of the selection. */
export const ONLY_STATUS: ArgsOptions = {
  type: () => [ADDRESS_STATUS.graphql],
  nullable: true,
  description: 'Statuses of addresses. Without it, those of the selection above.',
};

/** The argument `at`. */
export const AT_MOMENT = {
  type: () => String,
  nullable: true,
  description:
    'As of when: the number of a revision, or an RFC 3339 instant that has passed; a date is its start, UTC. Without it, now.',
} satisfies ArgsOptions;
