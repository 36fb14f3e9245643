import type {
  Companion,
  DataFlow,
  Direction,
  EndpointKind,
  Initiator,
  Need,
  PortBasis,
  PortRange,
  Protocol,
  Topology,
} from '../../model/catalog.js';
import type { AddressCoverage, Coverage, Endpoint, Requirement } from '../../model/requirement.js';
import { AddressShape } from './address.js';
import {
  COUNT,
  HOST_NAME,
  Member,
  Noun,
  PORT_NUMBER,
  REF,
  RestMember,
  TEXT,
  listOf,
  nullable,
  type MemberType,
} from './member.js';
import { ListShape } from './selection.js';
import { COVERAGE, DIRECTION, ENDPOINT_KIND, INITIATOR, NEED, PORT_BASIS, PROTOCOL } from './words.js';

/** Values by name; GraphQL, which has no such type, has a list in its place. */
const BY_NAME: MemberType = {
  openapi: { type: 'object', additionalProperties: { type: 'string' } },
  graphql: String,
};

@Noun('PortRange', 'Destination ports at the accepting side.')
export class PortRangeShape implements PortRange {
  @Member('The protocol.', PROTOCOL)
  readonly protocol!: Protocol;
  @Member('The first port.', PORT_NUMBER)
  readonly from!: number;
  @Member('The last port.', PORT_NUMBER)
  readonly to!: number;
  @Member('stated: the source names it; assumed: it does not, and 443 is implied.', PORT_BASIS)
  readonly basis!: PortBasis;
}

@Noun('Companion', 'Names that an endpoint needs in practice beside its own.')
export class CompanionShape implements Companion {
  @RestMember('The names.', listOf(HOST_NAME))
  readonly hosts!: readonly string[];
  @Member('The document that names them.', nullable(TEXT))
  readonly document!: string | null;
  @Member('What they are for.')
  readonly why!: string;
}

@Noun('Endpoint', 'The far side of a requirement.')
export class EndpointShape implements Endpoint {
  @Member('What it is.', ENDPOINT_KIND)
  readonly kind!: EndpointKind;
  @Member('Its name; for a zone, the name of the zone.')
  readonly name!: string;
  @Member('Its name for people.')
  readonly title!: string;
  @RestMember('Its DNS names.', listOf(HOST_NAME))
  readonly hosts!: readonly string[];
  @Member('Names that it needs in practice beside its own.', listOf(CompanionShape))
  readonly companions!: readonly CompanionShape[];
  @Member('Who runs it; null where the source does not say.', nullable(TEXT))
  readonly operator!: string | null;
}

@Noun('DataFlow', 'What is sent and received.')
export class DataFlowShape implements DataFlow {
  @Member("What leaves the customer's network.", nullable(TEXT))
  readonly sends!: string | null;
  @Member('What comes in.', nullable(TEXT))
  readonly receives!: string | null;
}

@Noun('Topology', 'How a rule reads with one installed host and with several.')
export class TopologyShape implements Topology {
  @Member('With one host.', nullable(TEXT))
  readonly singleHost!: string | null;
  @Member('With several hosts.', nullable(TEXT))
  readonly multiHost!: string | null;
}

@Noun('Source', 'Where a requirement was taken from.')
export class SourceShape {
  @Member('The title of the document.', nullable(TEXT))
  readonly document!: string | null;
  @Member('The heading that it stands under.', nullable(TEXT))
  readonly section!: string | null;
}

@Noun('Requirement', 'What one task in one mode needs of one endpoint.')
export class RequirementShape implements Requirement {
  @Member('Its key: product/task/mode/name. Never changes its meaning, never reused.', REF)
  readonly ref!: string;
  @Member('The product.')
  readonly product!: string;
  @Member('The task.')
  readonly task!: string;
  @Member('The mode.')
  readonly mode!: string;
  @Member('Whether it is needed.', NEED)
  readonly need!: Need;
  @Member('What a conditional need depends on.', nullable(TEXT))
  readonly condition!: string | null;
  @Member('Seen from the installed host.', DIRECTION)
  readonly direction!: Direction;
  @Member('Who opens the connection.', INITIATOR)
  readonly initiator!: Initiator;
  @Member('Where the far side is.')
  readonly zone!: string;
  @Member('The far side.', EndpointShape)
  readonly endpoint!: EndpointShape;
  @Member('Destination ports at the accepting side.', listOf(PortRangeShape))
  readonly ports!: readonly PortRangeShape[];
  @Member('The addresses behind it, by family, then numerically.', listOf(AddressShape))
  readonly addresses!: readonly AddressShape[];
  @Member('Whether a firewall that knows only addresses can serve it.', COVERAGE)
  readonly addressCoverage!: AddressCoverage;
  @Member("The source's own wording, as CommonMark.")
  readonly description!: string;
  @Member('What happens where it is not open; null where the source does not say.', nullable(TEXT))
  readonly ifBlocked!: string | null;
  @Member('What is sent and received; null where the source does not say.', nullable(DataFlowShape))
  readonly data!: DataFlowShape | null;
  @Member(
    'How it reads with one installed host and with several; null where there is no difference.',
    nullable(TopologyShape),
  )
  readonly topology!: TopologyShape | null;
  @RestMember('Further dimensions that the catalog declares.', BY_NAME)
  readonly facets!: Readonly<Record<string, string>>;
  @Member('Where it was taken from.', SourceShape)
  readonly source!: SourceShape;
}

@Noun('Coverage', 'How many endpoints of an answer a firewall that knows only addresses can serve.')
export class CoverageShape implements Coverage {
  @Member('Endpoints in the answer; zones do not count.', COUNT)
  readonly endpoints!: number;
  @Member('Those whose every name has an address in the answer.', COUNT)
  readonly addressable!: number;
  @Member('The others.', listOf(TEXT))
  readonly notAddressable!: readonly string[];
}

@Noun('RequirementList', 'The network requirements of a selection.')
export class RequirementListShape extends ListShape {
  @Member('Tasks and modes in the order of the catalog, then its rows in theirs.', listOf(RequirementShape), 'nodes')
  readonly requirements!: readonly RequirementShape[];
  @Member('How many of its endpoints a firewall that knows only addresses can serve.', CoverageShape)
  readonly coverage!: CoverageShape;
}
