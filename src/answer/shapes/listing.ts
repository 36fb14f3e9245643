import type { Direction, Need, PortBasis, Protocol } from '../../model/catalog.js';
import type { Host, Port } from '../../model/listing.js';
import type { Lookup, LookupHost, LookupMatch, LookupVerdict } from '../../model/lookup-answer.js';
import type { AddressCoverage } from '../../model/requirement.js';
import { AddressRowShape, AddressShape } from './address.js';
import {
  FLAG,
  HOST_NAME,
  INSTANT,
  Member,
  Noun,
  PORT_NUMBER,
  REF,
  RestMember,
  TEXT,
  listOf,
  nullable,
} from './member.js';
import { CoverageShape } from './requirement.js';
import { ListShape } from './selection.js';
import { COVERAGE, DIRECTION, HOST_KIND, LOOKUP_MATCH, LOOKUP_VERDICT, NEED, PORT_BASIS, PROTOCOL } from './words.js';

@Noun('Host', 'A DNS name or wildcard, with its addresses under a selection.')
export class HostShape implements Host {
  @Member('The name.', HOST_NAME)
  readonly name!: string;
  @Member('One name, or a wildcard.', HOST_KIND)
  readonly kind!: 'host' | 'wildcard';
  @Member("The endpoint that needs it in practice; null where it is an endpoint's own.", nullable(TEXT))
  readonly companionOf!: string | null;
  @RestMember('By family, then numerically.', listOf(AddressShape))
  readonly addresses!: readonly AddressShape[];
  @Member('Whether a firewall that knows only addresses can serve it.', COVERAGE)
  readonly addressCoverage!: AddressCoverage;
  @Member('The needs of its requirements, each once, the strongest first; empty where it has none.', listOf(NEED))
  readonly needs!: readonly Need[];
  @RestMember('Refs of the requirements that it belongs to.', listOf(REF))
  readonly requirements!: readonly string[];
}

@Noun('HostList', 'The DNS names and wildcards of a selection.')
export class HostListShape extends ListShape {
  @Member(
    "In the order of the requirements; an endpoint's own names before its companions.",
    listOf(HostShape),
    'nodes',
  )
  readonly hosts!: readonly HostShape[];
}

@Noun('AddressList', 'The addresses of a selection.')
export class AddressListShape extends ListShape {
  @Member('Whether neighbouring blocks were joined and covered ones dropped.', FLAG)
  readonly aggregated!: boolean;
  @Member('One row an address, by family, then numerically.', listOf(AddressRowShape), 'nodes')
  readonly addresses!: readonly AddressRowShape[];
  @Member('What these addresses can serve, and which endpoints they cannot.', CoverageShape)
  readonly coverage!: CoverageShape;
}

@Noun('Port', 'A distinct range of ports, zone and direction.')
export class PortShape implements Port {
  @Member('The protocol.', PROTOCOL)
  readonly protocol!: Protocol;
  @Member('The first port.', PORT_NUMBER)
  readonly from!: number;
  @Member('The last port.', PORT_NUMBER)
  readonly to!: number;
  @Member('stated: the source names it; assumed: it does not, and 443 is implied.', PORT_BASIS)
  readonly basis!: PortBasis;
  @Member('Where the far side is.')
  readonly zone!: string;
  @Member('Seen from the installed host.', DIRECTION)
  readonly direction!: Direction;
  @Member('The needs of its requirements, each once, the strongest first.', listOf(NEED))
  readonly needs!: readonly Need[];
  @RestMember('Refs of the requirements that name it.', listOf(REF))
  readonly requirements!: readonly string[];
}

@Noun('PortList', 'The ports of a selection.')
export class PortListShape extends ListShape {
  @Member('In the order of the requirements.', listOf(PortShape), 'nodes')
  readonly ports!: readonly PortShape[];
}

@Noun('LookupHost', 'A host that has, or had, what was looked up.')
export class LookupHostShape implements LookupHost {
  @Member('Its name.', HOST_NAME)
  readonly name!: string;
  @Member('Whether the catalog names it. What it does not name is in no list.', FLAG)
  readonly inCatalog!: boolean;
  @Member('Since when; null where it is not known.', nullable(INSTANT))
  readonly from!: string | null;
  @Member('Until when; null while it has it.', nullable(INSTANT))
  readonly to!: string | null;
}

@Noun('Lookup', 'What is known of an address, a block, a range or a name.')
export class LookupShape implements Lookup {
  @Member('What was asked, in canonical text.')
  readonly query!: string;
  @Member(
    'required: some task needs it; retiring, announced, retired: all that is known of it; listed: only hosts that no catalog names have it; unknown.',
    LOOKUP_VERDICT,
  )
  readonly verdict!: LookupVerdict;
  @Member('Whether all, some or none of what was asked is known.', LOOKUP_MATCH)
  readonly match!: LookupMatch;
  @Member('The hosts behind it.', listOf(LookupHostShape))
  readonly hosts!: readonly LookupHostShape[];
  @RestMember('Refs of the requirements behind it.', listOf(REF))
  readonly requirements!: readonly string[];
  @Member('Endpoints whose addresses or names are not all known: it may belong to one of these.', listOf(TEXT))
  readonly cannotExclude!: readonly string[];
  @Member('The closest thing that is known, where it is unknown itself.', nullable(TEXT))
  readonly nearest!: string | null;
}
