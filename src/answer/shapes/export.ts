import type { ExportKind, ExportLimit } from '../../export/exporter.js';
import type { Omission } from '../../export/omission.js';
import type { OmissionReason } from '../../export/expressed.js';
import type { WildcardReach } from '../../export/supports.js';
import type { Flow } from '../../export/rule.js';
import type { Protocol } from '../../model/catalog.js';
import type { Family } from '../../model/cidr.js';
import { COUNT, FLAG, Member, Noun, REF, TEXT, enumOf, listOf, nullable } from './member.js';
import { AsOfShape, ListShape } from './selection.js';
import { FAMILY, PROTOCOL } from './words.js';

export const EXPORT_KIND = enumOf('ExportKind', 'What an export is for.', {
  list: 'A device polls it: one far side a line, never empty.',
  table: 'People and their tools read it. It shows every requirement, and opens nothing.',
  configuration: 'A firewall, a proxy or a tool loads it.',
} satisfies Record<ExportKind, string>);

export const WILDCARD_REACH = enumOf('WildcardReach', 'How far a wildcard reaches in a format.', {
  none: 'It has no wildcards.',
  'one-label': 'One label in place of the star: narrower than is meant.',
  below: 'One label or more in place of the star: what is meant.',
  'below-and-itself': 'The same, and the name without the star: wider than is meant.',
} satisfies Record<WildcardReach, string>);

export const FLOW = enumOf('Flow', 'Which way a connection is opened, seen from the installed host.', {
  outbound: 'To the far side.',
  inbound: 'From the far side.',
} satisfies Record<Flow, string>);

export const OMISSION_REASON = enumOf('OmissionReason', 'Why an export leaves something out.', {
  'no-address': 'The format knows addresses alone, and none of it is known.',
  wildcard: 'The format has no such wildcard.',
  placeholder: 'Only the customer knows it, and has not said.',
  zone: "It is a network of the customer's that was not said, or the format cannot have that direction.",
  protocol: 'The format does not have this protocol.',
  family: 'The format has no addresses of this family.',
  excluded: 'It was asked to be left out.',
} satisfies Record<OmissionReason, string>);

@Noun('ExportSupports', 'What a format can express. What it cannot is left out, and told.')
export class ExportSupportsShape {
  @Member('DNS names at the far side.', FLAG)
  readonly names!: boolean;
  @Member('The protocols over which a name can be seen; over others it has the addresses of names.', listOf(PROTOCOL))
  readonly namesOver!: readonly Protocol[];
  @Member('How far its wildcards reach.', WILDCARD_REACH)
  readonly wildcards!: WildcardReach;
  @Member('Families of addresses at the far side.', listOf(FAMILY))
  readonly families!: readonly Family[];
  @Member('Which ways connections can be opened.', listOf(FLOW))
  readonly flows!: readonly Flow[];
  @Member('Transport protocols.', listOf(PROTOCOL))
  readonly protocols!: readonly Protocol[];
  @Member('Ports. A format without them lists far sides, which must all have the same.', FLAG)
  readonly ports!: boolean;
}

@Noun('ExportLimit', 'What a device or a tool takes at most.')
export class ExportLimitShape implements ExportLimit {
  @Member('Of what.')
  readonly of!: string;
  @Member('How many.', COUNT)
  readonly most!: number;
}

@Noun('ExportOption', 'What a format lets you choose: in REST a parameter, in GraphQL a setting.')
export class ExportOptionShape {
  @Member('Its name.')
  readonly name!: string;
  @Member('What it is: `text`, or `whole-number`.')
  readonly type!: string;
  @Member('What a value looks like, whole, as a regular expression; null for a number.', nullable(TEXT))
  readonly pattern!: string | null;
  @Member('The least; null for a text.', nullable(COUNT))
  readonly least!: number | null;
  @Member('The most; null for a text.', nullable(COUNT))
  readonly most!: number | null;
  @Member('What it is where nothing is said.')
  readonly default!: string;
  @Member('What it means.')
  readonly description!: string;
}

@Noun('ExportFormat', 'A format that a selection can be had in.')
export class ExportFormatShape {
  @Member('Its name in `/exports/{format}`.')
  readonly id!: string;
  @Member('What it is called.')
  readonly title!: string;
  @Member('What it is for.', EXPORT_KIND)
  readonly kind!: ExportKind;
  @Member('Its media type.')
  readonly mediaType!: string;
  @Member('Of a file that holds it, without the dot.')
  readonly extension!: string;
  @Member('What it can express.', ExportSupportsShape)
  readonly supports!: ExportSupportsShape;
  @Member('What a device or a tool takes at most.', listOf(ExportLimitShape))
  readonly limits!: readonly ExportLimitShape[];
  @Member('What can be chosen.', listOf(ExportOptionShape))
  readonly options!: readonly ExportOptionShape[];
}

@Noun('ExportFormatList', 'Every format that a selection can be had in.')
export class ExportFormatListShape {
  @Member('The lists that firewalls poll first, then tables, then configurations.', listOf(ExportFormatShape))
  readonly formats!: readonly ExportFormatShape[];
}

@Noun('Omission', 'What a requirement needs and an export does not have.')
export class OmissionShape implements Omission {
  @Member('The ref of the requirement.', REF)
  readonly requirement!: string;
  @Member('A name, an endpoint, a zone or a block.')
  readonly item!: string;
  @Member('Why.', OMISSION_REASON)
  readonly reason!: OmissionReason;
  @Member('The ids of the formats that can express it.', listOf(TEXT))
  readonly instead!: readonly string[];
}

@Noun('OmissionList', 'What an export of a selection leaves out.')
export class OmissionListShape extends ListShape {
  @Member('The id of the format.')
  readonly format!: string;
  @Member('By requirement, item and reason.', listOf(OmissionShape))
  readonly omitted!: readonly OmissionShape[];
}

@Noun('Export', 'A selection in a format.')
export class ExportShape {
  @Member('The id of the format.')
  readonly format!: string;
  @Member('Its media type.')
  readonly mediaType!: string;
  @Member('A name for a file that holds it.')
  readonly fileName!: string;
  @Member('The newest revision that altered it.', AsOfShape)
  readonly asOf!: AsOfShape;
  @Member('The file. One that is no text is in base64.')
  readonly body!: string;
  @Member('Whether `body` is in base64.', FLAG)
  readonly isBase64!: boolean;
  @Member('What it leaves out, by requirement, item and reason.', listOf(OmissionShape))
  readonly omitted!: readonly OmissionShape[];
}
