import type { Direction, Initiator, Need, PortBasis, UpstreamLimits } from '../model/catalog.js';

/** A catalog as its author wrote it, once it has the shape of schema/catalog.schema.json. */
export interface AuthoredCatalog {
  readonly product: string;
  readonly title: string;
  readonly aliases?: readonly AuthoredAlias[];
  readonly upstream?: { readonly url?: string; readonly seed?: string; readonly limits?: Partial<UpstreamLimits> };
  readonly documents?: Readonly<
    Record<
      string,
      { readonly title: string; readonly url?: string; readonly published?: string; readonly modified?: string }
    >
  >;
  readonly notes?: readonly { readonly document?: string; readonly section?: string; readonly text: string }[];
  readonly promises?: readonly { readonly text: string; readonly never: AuthoredCriteria }[];
  /** A whole number of days: `P30D`. */
  readonly notice?: string;
  readonly announcements?: Readonly<Record<string, AuthoredAnnouncement>>;
  readonly modes: Readonly<Record<string, AuthoredMode>>;
  readonly tasks: Readonly<Record<string, AuthoredMode & { readonly document?: string; readonly section?: string }>>;
  readonly zones: Readonly<Record<string, AuthoredMode & { readonly external?: boolean }>>;
  readonly endpoints: Readonly<Record<string, AuthoredEndpoint>>;
  readonly requirements: readonly AuthoredRow[];
}

export type AuthoredAlias = string | { readonly name: string; readonly deprecated?: string; readonly sunset?: string };

export interface AuthoredAnnouncement {
  readonly title: string;
  readonly announced: string;
  readonly by?: string;
  readonly url?: string;
}

/** Since when and until when something is in force. Each a date, which is its start in UTC, or an instant. */
export interface AuthoredDates {
  readonly from?: string;
  readonly until?: string;
  /** The name of one. */
  readonly announcement?: string;
  /** Why it could not be announced in time. */
  readonly urgent?: string;
}

/** A DNS name, or one with dates. */
export type AuthoredHost = string | (AuthoredDates & { readonly host: string });

export type OneOrMore<T> = T | readonly T[];

export interface AuthoredCriteria {
  readonly task?: OneOrMore<string>;
  readonly mode?: OneOrMore<string>;
  readonly zone?: OneOrMore<string>;
  readonly need?: OneOrMore<Need>;
  readonly direction?: OneOrMore<Direction>;
}

export interface AuthoredMode {
  readonly title: string;
  readonly description?: string;
  readonly aliases?: readonly AuthoredAlias[];
}

export interface AuthoredEndpoint extends AuthoredDates {
  readonly kind: 'host' | 'wildcard' | 'service' | 'placeholder';
  readonly title?: string;
  readonly hosts?: readonly AuthoredHost[];
  readonly companions?: readonly {
    readonly hosts: readonly string[];
    readonly document?: string;
    readonly why: string;
  }[];
  readonly addresses?: 'published';
  readonly operator?: string;
  readonly fill?: string;
  readonly document?: string;
  readonly aliases?: readonly AuthoredAlias[];
}

export interface AuthoredRow extends AuthoredDates {
  readonly endpoint?: string;
  readonly zone?: string;
  readonly name?: string;
  readonly variant?: string;
  /** Names of tasks, or `all`. */
  readonly tasks: OneOrMore<string>;
  readonly need: Need | Readonly<Record<string, Need>>;
  readonly direction: Direction;
  readonly initiator?: Initiator;
  readonly ports: readonly {
    readonly tcp?: number | string;
    readonly udp?: number | string;
    readonly basis?: PortBasis;
  }[];
  readonly description: string;
  readonly ifBlocked?: string;
  readonly data?: { readonly sends?: string; readonly receives?: string };
  readonly topology?: { readonly 'single-host'?: string; readonly 'multi-host'?: string };
  readonly document?: string;
  readonly section?: string;
}
