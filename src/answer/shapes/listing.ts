import { PORT_BASES, PROTOCOLS, type Direction, type PortBasis, type Protocol } from '../../model/catalog.js';
import type { Host, Port } from '../../model/listing.js';
import {
  LOOKUP_MATCHES,
  LOOKUP_VERDICTS,
  type Lookup,
  type LookupHost,
  type LookupMatch,
  type LookupVerdict,
} from '../../model/lookup.js';
import type { AddressCoverage } from '../../model/requirement.js';
import { AddressRowShape, AddressShape } from './address.js';
import { INSTANT, Member } from './member.js';
import { COVERAGE, DIRECTION, PORT_NUMBER } from './requirement.js';
import { ListShape } from './selection.js';

const REFS: { type: [typeof String]; example: string[] } = {
  type: [String],
  example: ['replicated/upgrade/online/api.replicated.com'],
};

/** A DNS name or wildcard, with its addresses under a selection. */
export class HostShape implements Host {
  @Member('The name.')
  readonly name!: string;
  @Member('One name, or a wildcard.', { enum: ['host', 'wildcard'], enumName: 'HostKind' })
  readonly kind!: 'host' | 'wildcard';
  @Member("The endpoint that needs it in practice; null where it is an endpoint's own.", {
    type: String,
    nullable: true,
  })
  readonly companionOf!: string | null;
  @Member('By family, then numerically.', { type: [AddressShape] })
  readonly addresses!: readonly AddressShape[];
  @Member('Whether a firewall that knows only addresses can serve it.', COVERAGE)
  readonly addressCoverage!: AddressCoverage;
  @Member('Refs of the requirements that it belongs to.', REFS)
  readonly requirements!: readonly string[];
}

export class HostListShape extends ListShape {
  @Member("In the order of the requirements; an endpoint's own names before its companions.", { type: [HostShape] })
  readonly hosts!: readonly HostShape[];
}

export class AddressListShape extends ListShape {
  @Member('Whether neighbouring blocks were joined and covered ones dropped.')
  readonly aggregated!: boolean;
  @Member('One row an address, by family, then numerically.', { type: [AddressRowShape] })
  readonly addresses!: readonly AddressRowShape[];
}

/** A distinct range of ports, zone and direction. */
export class PortShape implements Port {
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
  @Member('Where the far side is.')
  readonly zone!: string;
  @Member('Seen from the installed host.', DIRECTION)
  readonly direction!: Direction;
  @Member('Refs of the requirements that name it.', REFS)
  readonly requirements!: readonly string[];
}

export class PortListShape extends ListShape {
  @Member('In the order of the requirements.', { type: [PortShape] })
  readonly ports!: readonly PortShape[];
}

/** A host that has, or had, what was looked up. */
export class LookupHostShape implements LookupHost {
  @Member('Its name.')
  readonly name!: string;
  @Member('Whether the catalog names it. What it does not name is in no list.')
  readonly inCatalog!: boolean;
  @Member('Since when; null where it is not known.', { ...INSTANT, nullable: true })
  readonly from!: string | null;
  @Member('Until when; null while it has it.', { ...INSTANT, nullable: true })
  readonly to!: string | null;
}

/** What is known of an address, a block, a range or a name. */
export class LookupShape implements Lookup {
  @Member('What was asked, in canonical text.')
  readonly query!: string;
  @Member(
    'required: some task needs it; retiring, announced, retired: all that is known of it; listed: only hosts that no catalog names have it; unknown.',
    { enum: LOOKUP_VERDICTS, enumName: 'LookupVerdict' },
  )
  readonly verdict!: LookupVerdict;
  @Member('Whether all, some or none of what was asked is known.', { enum: LOOKUP_MATCHES, enumName: 'LookupMatch' })
  readonly match!: LookupMatch;
  @Member('The hosts behind it.', { type: [LookupHostShape] })
  readonly hosts!: readonly LookupHostShape[];
  @Member('Refs of the requirements behind it.', REFS)
  readonly requirements!: readonly string[];
  @Member('Endpoints whose addresses or names are not all known: it may belong to one of these.', { type: [String] })
  readonly cannotExclude!: readonly string[];
  @Member('The closest thing that is known, where it is unknown itself.', { type: String, nullable: true })
  readonly nearest!: string | null;
}
