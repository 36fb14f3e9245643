/** A catalog as it is once read: references resolved, every member present. Its shape when authored: schema/catalog.schema.json. */
export interface Catalog {
  readonly product: string;
  readonly title: string;
  readonly aliases: readonly Alias[];
  readonly upstream: CatalogUpstream | null;
  readonly documents: readonly CatalogDocument[];
  readonly notes: readonly Note[];
  readonly promises: readonly CatalogPromise[];
  readonly modes: readonly Mode[];
  readonly tasks: readonly Task[];
  readonly zones: readonly Zone[];
  readonly endpoints: readonly CatalogEndpoint[];
  readonly rows: readonly Row[];
  /** Absent where the vendor announces nothing. */
  readonly announcements?: readonly Announcement[];
}

/** What the vendor says beforehand of a change to come. */
export interface Announcement {
  readonly name: string;
  readonly title: string;
  /** When it was said: RFC 3339 UTC. */
  readonly announced: string;
  readonly by: string | null;
  readonly url: string | null;
}

/**
 * The vendor's own dates: RFC 3339 UTC. They act by the clock: with `from` something is only announced, and `catalogAt`
 * takes `from` away when it has come; what is past its `until` is gone.
 */
export interface Dated {
  readonly from: string | null;
  readonly until: string | null;
  /** The name of the announcement that it belongs to. */
  readonly announcement: string | null;
}

/** An old name that still answers. `deprecated` and `sunset` are RFC 3339 instants where the author stated them. */
export interface Alias {
  readonly name: string;
  readonly deprecated: string | null;
  readonly sunset: string | null;
}

/** The published list of a catalog. `url` is null where a setting says where it is. */
export interface CatalogUpstream {
  readonly url: string | null;
  /** The file of dated lists that ships with the catalog. */
  readonly seed: string | null;
  readonly limits: UpstreamLimits;
}

/** What a list may not exceed. Prefix lengths are the shortest allowed. */
export interface UpstreamLimits {
  readonly bytes: number;
  readonly hosts: number;
  readonly addresses: number;
  readonly widestIpv4: number;
  readonly widestIpv6: number;
  /** The shortest that are taken without asking. Absent where the catalog does not say. */
  readonly unaskedIpv4?: number;
  readonly unaskedIpv6?: number;
}

/** The limits of a list where its catalog has none of its own. */
export const DEFAULT_LIMITS: UpstreamLimits = {
  bytes: 1_048_576,
  hosts: 500,
  addresses: 5_000,
  widestIpv4: 20,
  widestIpv6: 32,
};

/** A document that a catalog was written from. */
export interface CatalogDocument {
  readonly name: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly modified: string | null;
}

/** A paragraph of a document's running text, in CommonMark. `section` is `null` before the first heading. */
export interface Note {
  readonly document: string;
  readonly section: string | null;
  readonly text: string;
}

/** A sentence, and the selection of requirements that must stay empty for it to hold. */
export interface CatalogPromise {
  readonly text: string;
  readonly never: RowCriteria;
}

/** Which requirements are meant: OR inside a list, AND between them, `null` leaves a dimension open. */
export interface RowCriteria {
  readonly task: readonly string[] | null;
  readonly mode: readonly string[] | null;
  readonly need: readonly Need[] | null;
  readonly zone: readonly string[] | null;
  readonly direction: readonly Direction[] | null;
}

/** How the software reaches the customer. */
export interface Mode {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly aliases: readonly Alias[];
}

/** What the customer is doing. */
export interface Task {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly document: string | null;
  readonly section: string | null;
  readonly aliases: readonly Alias[];
}

/** Where a far side is. */
export interface Zone {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  /** Whether it lies outside the customer's own network, or must be reachable from there. */
  readonly external: boolean;
  readonly aliases: readonly Alias[];
}

/** One DNS name; `*.x`; a named group of names; known only to the customer's vendor; the customer's own network. */
export const ENDPOINT_KINDS = ['host', 'wildcard', 'service', 'placeholder', 'zone'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** A far side on the internet. */
export interface CatalogEndpoint {
  readonly name: string;
  readonly kind: Exclude<EndpointKind, 'zone'>;
  readonly title: string;
  readonly hosts: readonly string[];
  readonly companions: readonly Companion[];
  /** Whether upstream's list has the addresses of its hosts. */
  readonly published: boolean;
  readonly operator: string | null;
  /** For a placeholder: what the customer has to fill in. */
  readonly fill: string | null;
  readonly document: string | null;
  readonly aliases: readonly Alias[];
  /**
   * Where a host has dates of its own: every host, in the order written, those without dates too. `hosts` are those of
   * them that are not only announced. Absent where none has a date.
   */
  readonly dated?: readonly (Dated & { readonly host: string })[];
}

/** Names that an endpoint needs in practice beside its own, with the document that says so. */
export interface Companion {
  readonly hosts: readonly string[];
  readonly document: string | null;
  readonly why: string;
}

/** Whether a task in a mode needs something. */
export const NEEDS = ['required', 'conditional', 'not-required'] as const;
export type Need = (typeof NEEDS)[number];

/** Seen from the installed host. */
export const DIRECTIONS = ['outbound', 'inbound', 'bidirectional'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Who opens a connection. */
export const INITIATORS = ['installed-host', 'far-side', 'either'] as const;
export type Initiator = (typeof INITIATORS)[number];

/** The protocols that have ports. */
export const PROTOCOLS = ['tcp', 'udp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Whether the document names a port, or leaves 443 to be implied. */
export const PORT_BASES = ['stated', 'assumed'] as const;
export type PortBasis = (typeof PORT_BASES)[number];

/** Destination ports at the accepting side, both ends included. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
  readonly basis: PortBasis;
}

/** One row of the document: what it says of one endpoint or zone, for some tasks, in every mode. */
export interface Row {
  /** The last part of its refs: the endpoint's name, or the rule's own, with the variant where two rows share it. */
  readonly name: string;
  /** `null` for a rule whose far side is a zone of the customer's own network. */
  readonly endpoint: string | null;
  readonly zone: string;
  readonly tasks: readonly string[];
  /** By mode, in the catalog's order of modes. */
  readonly need: readonly { readonly mode: string; readonly need: Need }[];
  readonly direction: Direction;
  readonly initiator: Initiator;
  readonly ports: readonly PortRange[];
  readonly description: string;
  readonly ifBlocked: string | null;
  readonly data: DataFlow | null;
  readonly topology: Topology | null;
  readonly document: string | null;
  readonly section: string | null;
  /** Absent where the row has no dates. */
  readonly dated?: Dated;
}

/** What is sent and what is received. */
export interface DataFlow {
  readonly sends: string | null;
  readonly receives: string | null;
}

/** How a rule reads with one installed host and with several. */
export interface Topology {
  readonly singleHost: string | null;
  readonly multiHost: string | null;
}
