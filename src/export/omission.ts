import { expresses, type Omitted, type OmissionReason } from './expressed.js';
import type { Exporter } from './exporter.js';
import { FORMATS } from './formats.js';

/** What a requirement needs and an export does not have. */
export interface Omission {
  readonly requirement: string;
  readonly item: string;
  readonly reason: OmissionReason;
  /** The ids of the formats that can express it. */
  readonly instead: readonly string[];
}

/** What is told of what an export leaves out. */
export function told(omitted: readonly Omitted[], { id }: Exporter): Omission[] {
  return omitted.map((one) => {
    const { requirement, item, reason } = one;
    return { requirement, item, reason, instead: insteadOf(one, id) };
  });
}

/** The formats that can express what another cannot. What only the customer can say, or does not want, none can. */
export function insteadOf(omitted: Omitted, except: string): string[] {
  const others = FORMATS.filter(({ id, kind }) => id !== except && kind !== 'table');
  return others.filter(({ supports }) => expresses(omitted, supports)).map(({ id }) => id);
}
