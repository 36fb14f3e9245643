import { ADDRESS_STATUSES, type AddressStatus } from '../../model/address.js';
import { DIRECTIONS, NEEDS, PROTOCOLS, type Direction, type Need, type Protocol } from '../../model/catalog.js';
import { FAMILIES, type Family } from '../../model/cidr.js';
import type { Selection } from '../../model/selection.js';
import { INSTANT, Member } from './member.js';

/** The revision that an answer follows from. */
export class AsOfShape {
  @Member('The newest revision that changed this answer.', { type: 'integer', minimum: 1 })
  readonly revision!: number;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
}

/** The selection as it was understood. `null`: not restricted. */
export class SelectionShape implements Selection {
  @Member('The product.')
  readonly product!: string;
  @Member('Tasks.', { type: [String], nullable: true })
  readonly task!: readonly string[] | null;
  @Member('Modes.', { type: [String], nullable: true })
  readonly mode!: readonly string[] | null;
  @Member('Needs.', { enum: NEEDS, isArray: true, nullable: true })
  readonly need!: readonly Need[] | null;
  @Member('Endpoints, hosts, companions or zones.', { type: [String], nullable: true })
  readonly host!: readonly string[] | null;
  @Member('Zones.', { type: [String], nullable: true })
  readonly zone!: readonly string[] | null;
  @Member('Directions.', { enum: DIRECTIONS, isArray: true, nullable: true })
  readonly direction!: readonly Direction[] | null;
  @Member('Protocols.', { enum: PROTOCOLS, isArray: true, nullable: true })
  readonly protocol!: readonly Protocol[] | null;
  @Member('Ports.', { type: 'array', items: { type: 'integer' }, nullable: true })
  readonly port!: readonly number[] | null;
  @Member('Families of addresses.', { enum: FAMILIES, isArray: true, nullable: true })
  readonly family!: readonly Family[] | null;
  @Member('Statuses of addresses.', { enum: ADDRESS_STATUSES, isArray: true })
  readonly status!: readonly AddressStatus[];
}

/** What every list says of itself. */
export class ListShape {
  @Member('The product.')
  readonly product!: string;
  @Member('The revision that the answer follows from.', { type: () => AsOfShape })
  readonly asOf!: AsOfShape;
  @Member('The selection as it was understood.', { type: () => SelectionShape })
  readonly selection!: SelectionShape;
}
