import { InputType } from '@nestjs/graphql';
import { OmitType } from './openapi-decorators.js';
import type { Need } from '../model/catalog.js';
import { Flag, Many, One, Required, WholeNumber } from './parameter.js';
import type { Asked } from './asked.js';
import type { Query } from './query-pipe.js';
import { MOST_CHANGES } from './changes.js';
import { MOST_REVISIONS, USUAL_PAGE } from './revision-log.js';
import { PORT_NUMBER } from './shapes/member.js';
import { ADDRESS_STATUS, DIRECTION, FAMILY, NEED, PROTOCOL } from './shapes/words.js';

const AT =
  'As of when: the number of a revision, or an RFC 3339 instant that has passed; a date is its start, UTC. Default: now.';

@InputType('SelectionInput', {
  description:
    'Which requirements, and which of their ports and addresses. OR inside a list, AND between them; what is left out is not restricted.',
})
export class SelectionQuery implements Query {
  declare asked: Asked;

  @One('The product. Needed only where several are served.')
  product?: string;

  @Many('Tasks, by name; `all` for every one.')
  task?: string[];

  @Many('Modes, by name.')
  mode?: string[];

  @Many('Needs.', NEED)
  need?: string[];

  @Many('Names of endpoints, of their hosts or companions, or of zones.')
  host?: string[];

  @Many('Zones, by name.')
  zone?: string[];

  @Many('Directions, seen from the installed host.', DIRECTION)
  direction?: string[];

  @Many('Protocols: chooses rows with a matching port, and leaves out their other ports.', PROTOCOL)
  protocol?: string[];

  @Many('Ports, 1 to 65535: chooses rows with a matching port, and leaves out their other ports.', PORT_NUMBER)
  port?: string[];

  @Many('Families of addresses. Leaves out addresses, never rows.', FAMILY)
  family?: string[];

  @Many('Statuses of addresses, by default current and retiring. Leaves out addresses, never rows.', ADDRESS_STATUS, {
    default: ['current', 'retiring'],
  })
  status?: string[];

  @One(AT)
  at?: string;
}

/** Addresses open firewalls, so they answer for what is required unless asked otherwise. */
export class AddressesQuery extends SelectionQuery {
  static readonly defaultNeed: readonly Need[] = ['required'];

  @Flag('Join neighbouring blocks and drop covered ones. The rows hold exactly the same addresses.')
  aggregate?: string;
}

/** What an export takes beside the options of its format. */
export class ExportQuery extends SelectionQuery {
  @Flag('Refuse to leave out anything that the format cannot express.')
  strict?: string;

  @Many('With `strict`: what may be left out all the same, by the names of hosts, endpoints or zones.')
  accept?: string[];

  @Many(
    'What only you know: `third-party-registries:registry.example.com`, `admin-network:10.1.0.0/16`. Placeholders take names and networks, zones take networks.',
  )
  fill?: string[];

  @Many(
    'What to leave out: `wildcard` for names with a star, `companion` for names that an endpoint needs beside its own.',
  )
  exclude?: string[];

  @One(
    '`P0D` leaves out the requirements and hosts that the vendor has only announced. Default: they are taken in at once. Addresses that a list announces are chosen by `status`.',
  )
  ahead?: string;

  @Flag('Join neighbouring blocks and drop covered ones. The export opens exactly the same addresses.')
  aggregate?: string;
}

/** The same where the path has the product, the task and the mode. */
export class PolledExportQuery extends OmitType(ExportQuery, ['product', 'task', 'mode'] as const) {}

/** For what needs nothing but a product and a moment. */
export class MomentQuery implements Query {
  declare asked: Asked;

  @One('The product. Needed only where several are served.')
  product?: string;

  @One(AT)
  at?: string;
}

export class LookupQuery extends MomentQuery {
  @Required('An IP address, a CIDR block, a range `first-last`, or a DNS name.', { example: '162.159.137.43' })
  q!: string;
}

export class RevisionsQuery extends MomentQuery {
  @WholeNumber(`How many to answer. Default ${USUAL_PAGE}.`, 1, MOST_REVISIONS)
  first?: string;

  @One('The `nextCursor` of the answer before: goes on after it.')
  after?: string;
}

export class ChangesQuery extends SelectionQuery {
  @One('After which revision: its number, or an instant that has passed. Default: after the first.')
  since?: string;

  @WholeNumber(`How many to answer. Default ${USUAL_PAGE}.`, 1, MOST_CHANGES)
  first?: string;

  @One('The `nextCursor` of the answer before: goes on after it.')
  after?: string;
}

export class DiffQuery extends SelectionQuery {
  @Required('The revision to compare with: its number, or an instant that has passed.', { example: '1' })
  from!: string;

  @One('The revision to compare: its number, or an instant that has passed. Default: the newest.')
  to?: string;
}

/** For one requirement, which its path names: which of its addresses are shown. */
export class RequirementQuery implements Query {
  declare asked: Asked;

  @Many('Families of addresses.', FAMILY)
  family?: string[];

  @Many('Statuses of addresses, by default current and retiring.', ADDRESS_STATUS, { default: ['current', 'retiring'] })
  status?: string[];

  @One(AT)
  at?: string;
}
