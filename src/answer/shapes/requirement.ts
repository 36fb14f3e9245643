import {
  DIRECTIONS,
  ENDPOINT_KINDS,
  INITIATORS,
  NEEDS,
  PORT_BASES,
  PROTOCOLS,
  type Companion,
  type DataFlow,
  type Direction,
  type EndpointKind,
  type Initiator,
  type Need,
  type PortBasis,
  type PortRange,
  type Protocol,
  type Topology,
} from '../../model/catalog.js';
import {
  COVERAGES,
  type AddressCoverage,
  type Coverage,
  type Endpoint,
  type Requirement,
} from '../../model/requirement.js';
import { AddressShape } from './address.js';
import { Member } from './member.js';
import { ListShape } from './selection.js';

export const PORT_NUMBER = { type: 'integer', minimum: 1, maximum: 65_535 } as const;
export const COVERAGE = { enum: COVERAGES, enumName: 'AddressCoverage' } as const;
export const DIRECTION = { enum: DIRECTIONS, enumName: 'Direction' } as const;

/** Destination ports at the accepting side. */
export class PortRangeShape implements PortRange {
  @Member('The protocol.', { enum: PROTOCOLS, enumName: 'Protocol' })
  readonly protocol!: Protocol;
  @Member('The first port.', PORT_NUMBER)
  readonly from!: number;
  @Member('The last port.', PORT_NUMBER)
  readonly to!: number;
  @Member('stated: the source names it; assumed: it does not, and 443 is implied.', {
    enum: PORT_BASES,
    enumName: 'PortBasis',
  })
  readonly basis!: PortBasis;
}

/** Names that an endpoint needs in practice beside its own. */
export class CompanionShape implements Companion {
  @Member('The names.', { type: [String] })
  readonly hosts!: readonly string[];
  @Member('The document that names them.', { type: String, nullable: true })
  readonly document!: string | null;
  @Member('What they are for.')
  readonly why!: string;
}

/** The far side of a requirement. */
export class EndpointShape implements Endpoint {
  @Member('What it is.', { enum: ENDPOINT_KINDS, enumName: 'EndpointKind' })
  readonly kind!: EndpointKind;
  @Member('Its name; for a zone, the name of the zone.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @Member('Its DNS names.', { type: [String] })
  readonly hosts!: readonly string[];
  @Member('Names that it needs in practice beside its own.', { type: [CompanionShape] })
  readonly companions!: readonly CompanionShape[];
  @Member('Who runs it; null where the source does not say.', { type: String, nullable: true })
  readonly operator!: string | null;
}

/** What is sent and received. */
export class DataFlowShape implements DataFlow {
  @Member("What leaves the customer's network.", { type: String, nullable: true })
  readonly sends!: string | null;
  @Member('What comes in.', { type: String, nullable: true })
  readonly receives!: string | null;
}

/** How a rule reads with one installed host and with several. */
export class TopologyShape implements Topology {
  @Member('With one host.', { type: String, nullable: true })
  readonly singleHost!: string | null;
  @Member('With several hosts.', { type: String, nullable: true })
  readonly multiHost!: string | null;
}

/** Where a requirement was taken from. */
export class SourceShape {
  @Member('The title of the document.', { type: String, nullable: true })
  readonly document!: string | null;
  @Member('The heading that it stands under.', { type: String, nullable: true })
  readonly section!: string | null;
}

/** What one task in one mode needs of one endpoint. */
export class RequirementShape implements Requirement {
  @Member('Its key: product/task/mode/name. Never changes its meaning, never reused.')
  readonly ref!: string;
  @Member('The product.')
  readonly product!: string;
  @Member('The task.')
  readonly task!: string;
  @Member('The mode.')
  readonly mode!: string;
  @Member('Whether it is needed.', { enum: NEEDS, enumName: 'Need' })
  readonly need!: Need;
  @Member('What a conditional need depends on.', { type: String, nullable: true })
  readonly condition!: string | null;
  @Member('Seen from the installed host.', DIRECTION)
  readonly direction!: Direction;
  @Member('Who opens the connection.', { enum: INITIATORS, enumName: 'Initiator' })
  readonly initiator!: Initiator;
  @Member('Where the far side is.')
  readonly zone!: string;
  @Member('The far side.', { type: EndpointShape })
  readonly endpoint!: EndpointShape;
  @Member('Destination ports at the accepting side.', { type: [PortRangeShape] })
  readonly ports!: readonly PortRangeShape[];
  @Member('The addresses behind it, by family, then numerically.', { type: [AddressShape] })
  readonly addresses!: readonly AddressShape[];
  @Member('Whether a firewall that knows only addresses can serve it.', COVERAGE)
  readonly addressCoverage!: AddressCoverage;
  @Member("The source's own wording, as CommonMark.")
  readonly description!: string;
  @Member('What happens where it is not open; null where the source does not say.', { type: String, nullable: true })
  readonly ifBlocked!: string | null;
  @Member('What is sent and received; null where the source does not say.', { type: DataFlowShape, nullable: true })
  readonly data!: DataFlowShape | null;
  @Member('How it reads with one installed host and with several; null where there is no difference.', {
    type: TopologyShape,
    nullable: true,
  })
  readonly topology!: TopologyShape | null;
  @Member('Further dimensions that the catalog declares.', { type: 'object', additionalProperties: { type: 'string' } })
  readonly facets!: Readonly<Record<string, string>>;
  @Member('Where it was taken from.', { type: SourceShape })
  readonly source!: SourceShape;
}

/** How many endpoints of an answer a firewall that knows only addresses can serve. */
export class CoverageShape implements Coverage {
  @Member('Endpoints in the answer; zones do not count.', { type: 'integer' })
  readonly endpoints!: number;
  @Member('Those whose every name has an address in the answer.', { type: 'integer' })
  readonly addressable!: number;
  @Member('The others.', { type: [String] })
  readonly notAddressable!: readonly string[];
}

export class RequirementListShape extends ListShape {
  @Member('Tasks and modes in the order of the catalog, then its rows in theirs.', { type: [RequirementShape] })
  readonly requirements!: readonly RequirementShape[];
  @Member('How many of its endpoints a firewall that knows only addresses can serve.', { type: CoverageShape })
  readonly coverage!: CoverageShape;
}
