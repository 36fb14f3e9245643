import type { Protocol } from '../model/catalog.js';
import type { Family } from '../model/cidr.js';
import type { Flow } from './rule.js';

/** How far a wildcard reaches in a format. Ours is `below`: one label or more in place of the star, without the name itself. */
export const WILDCARD_REACHES = ['none', 'one-label', 'below', 'below-and-itself'] as const;
export type WildcardReach = (typeof WILDCARD_REACHES)[number];

/** What a format can express. What it cannot is taken out before it is written, and told. */
export interface Supports {
  /** DNS names at the far side. Where they are, the addresses of names are not needed. */
  readonly names: boolean;
  /** The protocols over which a name can be seen, where it is not all: over others the addresses of names are needed. */
  readonly namesOver?: readonly Protocol[];
  readonly wildcards: WildcardReach;
  /** Families of addresses at the far side; none where it knows names alone. */
  readonly families: readonly Family[];
  readonly flows: readonly Flow[];
  /** All that there are where it is absent. */
  readonly protocols?: readonly Protocol[];
  /** Ports. A format without them lists far sides, which must then all have the same port. */
  readonly ports: boolean;
}

/** What a table shows: everything, whether it can be opened or not. */
export const EVERYTHING: Supports = {
  names: true,
  wildcards: 'below',
  families: ['ipv4', 'ipv6'],
  flows: ['outbound', 'inbound'],
  ports: true,
};
