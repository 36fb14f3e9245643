import { ObjectType } from '@nestjs/graphql';
import type { AddressStatus } from '../../model/address.js';
import type { Direction, Need, Protocol } from '../../model/catalog.js';
import type { Family } from '../../model/cidr.js';
import type { Selection } from '../../model/selection.js';
import { INSTANT, Member, Noun, ORDINAL, PORT_NUMBER, TEXT, listOf, nullable } from './member.js';
import { ADDRESS_STATUS, DIRECTION, FAMILY, NEED, PROTOCOL } from './words.js';

@Noun('AsOf', 'The revision that an answer follows from.')
export class AsOfShape {
  @Member('Its number.', ORDINAL)
  readonly revision!: number;
  @Member('When it was published.', INSTANT)
  readonly publishedAt!: string;
}

@Noun('Selection', 'The selection as it was understood. `null`: not restricted.')
export class SelectionShape implements Selection {
  @Member('The product.')
  readonly product!: string;
  @Member('Tasks.', nullable(listOf(TEXT)))
  readonly task!: readonly string[] | null;
  @Member('Modes.', nullable(listOf(TEXT)))
  readonly mode!: readonly string[] | null;
  @Member('Needs.', nullable(listOf(NEED)))
  readonly need!: readonly Need[] | null;
  @Member('Endpoints, hosts, companions or zones.', nullable(listOf(TEXT)))
  readonly host!: readonly string[] | null;
  @Member('Zones.', nullable(listOf(TEXT)))
  readonly zone!: readonly string[] | null;
  @Member('Directions.', nullable(listOf(DIRECTION)))
  readonly direction!: readonly Direction[] | null;
  @Member('Protocols.', nullable(listOf(PROTOCOL)))
  readonly protocol!: readonly Protocol[] | null;
  @Member('Ports.', nullable(listOf(PORT_NUMBER)))
  readonly port!: readonly number[] | null;
  @Member('Families of addresses.', nullable(listOf(FAMILY)))
  readonly family!: readonly Family[] | null;
  @Member('Statuses of addresses.', listOf(ADDRESS_STATUS))
  readonly status!: readonly AddressStatus[];
}

/** What every list says of itself. */
@ObjectType({ isAbstract: true })
export class ListShape {
  @Member('The product.')
  readonly product!: string;
  @Member('The revision that the answer follows from.', AsOfShape)
  readonly asOf!: AsOfShape;
  @Member('The selection as it was understood.', SelectionShape)
  readonly selection!: SelectionShape;
}
