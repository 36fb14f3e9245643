import type { AddressSource, AddressStatus } from '../../model/address.js';
import type { ChangeAction, ChangeKind, ChangeReason, ChangeSubject } from '../../model/change.js';
import type { Direction, EndpointKind, Initiator, Need, PortBasis, Protocol } from '../../model/catalog.js';
import type { Family } from '../../model/cidr.js';
import type { FaultCode } from '../../model/error.js';
import type { LookupMatch, LookupVerdict } from '../../model/lookup-answer.js';
import type { AddressCoverage } from '../../model/requirement.js';
import type { Cause } from '../../model/revision.js';
import type { UpcomingEvent, UpcomingSubject } from '../../model/upcoming.js';
import type { Freshness } from '../../publish/freshness.js';
import type { DecisionKind } from '../../model/decision.js';
import type { Held } from '../../publish/held.js';
import type { PollOutcome } from '../../publish/poll-outcome.js';
import { enumOf } from './member.js';

/** Every closed set of words in the answers. A word without a meaning does not compile. */

export const NEED = enumOf('Need', 'Whether something has to be open, for one task in one mode.', {
  required: 'The task does not work without it.',
  conditional: 'The task needs it where a condition holds.',
  'not-required': 'The task works without it.',
} satisfies Record<Need, string>);

export const DIRECTION = enumOf('Direction', 'Which way traffic goes, seen from the installed host.', {
  outbound: 'From the installed host to the far side.',
  inbound: 'From the far side to the installed host.',
  bidirectional: 'Both ways.',
} satisfies Record<Direction, string>);

export const INITIATOR = enumOf('Initiator', 'Who opens the connection.', {
  'installed-host': 'The host on which the software is installed.',
  'far-side': 'The other side.',
  either: 'Either of the two.',
} satisfies Record<Initiator, string>);

export const PROTOCOL = enumOf('Protocol', 'The transport protocol.', {
  tcp: 'TCP.',
  udp: 'UDP.',
} satisfies Record<Protocol, string>);

export const PORT_BASIS = enumOf('PortBasis', 'How a port is known.', {
  stated: 'The source names it.',
  assumed: 'The source does not name it, and 443 is implied.',
} satisfies Record<PortBasis, string>);

export const FAMILY = enumOf('Family', 'The family of an address.', {
  ipv4: 'IPv4.',
  ipv6: 'IPv6.',
} satisfies Record<Family, string>);

export const ADDRESS_STATUS = enumOf('AddressStatus', 'Where an address is in its life.', {
  current: 'In the published list.',
  announced: 'Listed for a later or an unknown date.',
  retiring: 'Gone from the published list, and still served.',
  retired: 'Past that: no longer served.',
} satisfies Record<AddressStatus, string>);

export const ADDRESS_SOURCE = enumOf('AddressSource', 'Where an address is known from.', {
  published: 'The list that the vendor publishes.',
  dns: 'DNS.',
  catalog: 'The catalog.',
} satisfies Record<AddressSource, string>);

export const COVERAGE = enumOf('AddressCoverage', 'Whether a firewall that knows only addresses can serve something.', {
  full: 'Each of its names has an address.',
  partial: 'Some of its names have an address, or it is a wildcard.',
  none: 'None of its names has an address.',
  'not-applicable': 'It is a network of the customer.',
} satisfies Record<AddressCoverage, string>);

export const ENDPOINT_KIND = enumOf('EndpointKind', 'What the far side of a requirement is.', {
  host: 'One DNS name.',
  wildcard: 'Every name under a domain.',
  service: 'A named group of DNS names.',
  placeholder: "Known only to the customer's vendor.",
  zone: "A network on the customer's side.",
} satisfies Record<EndpointKind, string>);

export const HOST_KIND = enumOf('HostKind', 'What a name stands for.', {
  host: 'One DNS name.',
  wildcard: 'Every name under a domain.',
});

export const LOOKUP_VERDICT = enumOf('LookupVerdict', 'What is known of something that was looked up.', {
  required: 'Some task needs it.',
  retiring: 'All that is known of it is gone from the published list, and still served.',
  announced: 'All that is known of it is to come: listed for later, or dated by the catalog.',
  listed: 'Only hosts that no task needs have it.',
  retired: 'It was served once, and is no longer.',
  unknown: 'Nothing here has it.',
} satisfies Record<LookupVerdict, string>);

export const LOOKUP_MATCH = enumOf('LookupMatch', 'How much of what was looked up is known.', {
  full: 'All of it.',
  partial: 'Some of it.',
  none: 'None of it.',
} satisfies Record<LookupMatch, string>);

export const CAUSE = enumOf('Cause', 'What made a revision.', {
  poll: 'The published list had changed.',
  catalog: 'The catalog had changed.',
  clock: 'A date had come.',
  operator: 'An operator asked for it.',
  import: 'It was read from a recorded history.',
} satisfies Record<Cause, string>);

export const CHANGE_KIND = enumOf('ChangeKind', 'Whether something came, went or changed.', {
  added: 'It was not there before.',
  removed: 'It is no longer there.',
  modified: 'It is there, and different.',
} satisfies Record<ChangeKind, string>);

export const CHANGE_SUBJECT = enumOf('ChangeSubject', 'What a change is about.', {
  catalog: 'The catalog itself: its titles, documents, tasks, modes, zones and the like.',
  requirement: 'A requirement.',
  port: 'A range of ports of a requirement.',
  host: 'A name of an endpoint, or of the upstream list.',
  address: 'An address of a host.',
} satisfies Record<ChangeSubject, string>);

export const CHANGE_ACTION = enumOf('ChangeAction', 'What an administrator has to do.', {
  open: 'Open it.',
  close: 'Close it.',
  none: 'Nothing.',
} satisfies Record<ChangeAction, string>);

export const CHANGE_REASON = enumOf('ChangeReason', 'Why something changed.', {
  new: 'It is in use from now on.',
  moved: 'The address went from one host to another.',
  reinstated: 'It had left the list, and came back while it was still served.',
  announced: 'It is said to come or to go later.',
  delisted: 'It left the list. If it was in use, it is still served for a while.',
  retired: 'It is no longer served.',
  widened: 'More has to be allowed.',
  narrowed: 'Less has to be allowed.',
  text: 'What is said of it changed, not what has to be open.',
} satisfies Record<ChangeReason, string>);

export const UPCOMING_EVENT = enumOf('UpcomingEvent', 'What is to come.', {
  opening: 'It will be needed, or come into use.',
  closing: 'It will no longer be needed, or be taken off the list.',
  retirement: 'It is off the list already, and will no longer be served.',
} satisfies Record<UpcomingEvent, string>);

export const UPCOMING_SUBJECT = enumOf('UpcomingSubject', 'What something that is to come is about.', {
  requirement: 'A requirement.',
  host: 'A host of a requirement that stays.',
  address: 'An address of a host.',
} satisfies Record<UpcomingSubject, string>);

export const FRESHNESS = enumOf('Freshness', 'How far what is served can be trusted to be the latest.', {
  pinned: 'An operator keeps it at a revision.',
  held: 'Upstream offers a list that is doubted; the one before is served.',
  bundled: 'Nothing was ever read from upstream; what ships is served.',
  stale: 'Upstream was not reached for three polls.',
  fresh: 'Upstream was reached, and says what is served.',
} satisfies Record<Freshness, string>);

export const POLL_RESULT = enumOf('PollResult', 'What came of a poll.', {
  published: 'A new revision.',
  unchanged: 'What is served is what upstream says.',
  soaking: 'A changed list that is not published before it was there for a while.',
  held: 'A list that is doubted.',
  pinned: 'A list that was read; an operator keeps what is served as it is.',
  failed: 'Nothing that could be read.',
} satisfies Record<PollOutcome['outcome'], string>);

export const DECISION_KIND = enumOf('DecisionKind', 'What an operator can decide.', {
  approve: 'What is held may be served.',
  reject: 'What is held may not.',
  pin: 'What a revision held is served, and nothing else.',
  unpin: 'Upstream and the catalog are followed again.',
  revoke: 'A block is not served, whatever the list says.',
  restore: 'It may be served again.',
} satisfies Record<DecisionKind, string>);

export const HELD_KIND = enumOf('HeldKind', 'What waits for an operator.', {
  list: 'A list of addresses.',
  catalog: 'An edit of the catalog.',
} satisfies Record<Held['kind'], string>);

export const FAULT_CODE = enumOf('FaultCode', 'What is wrong with a parameter.', {
  'unknown-parameter': 'There is none of this name here.',
  'unknown-value': 'It does not take this value.',
  'malformed-value': 'Its value is not of the right form.',
  'empty-value': 'Its value is empty.',
  'missing-parameter': 'It has to be given.',
  'repeated-parameter': 'It can be given once.',
  'bad-encoding': 'It cannot be decoded.',
  omitted: 'A format cannot express it.',
} satisfies Record<FaultCode, string>);

export const HEALTH_STATE = enumOf('HealthState', 'What was asked, and is so.', {
  live: 'The process answers.',
  ready: 'Traffic may come.',
});
