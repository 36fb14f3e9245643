import { z } from 'zod';
import { failureOfType } from './typed.js';
import { ports } from './grammar.js';
import { yamlValue } from './yaml.js';

const dnsLabel = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);

/** The metadata of an object in a cluster. */
export const metadata = z.strictObject({ name: dnsLabel, namespace: dnsLabel });

export const portNumber = z.int().min(1).max(65_535);

/** A port as a rule's text has it. */
export function asPorts({
  protocol,
  port,
  endPort,
}: {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number | string;
  readonly endPort?: number | undefined;
}): string {
  const range = ports(endPort === undefined ? `${port}` : `${port}-${endPort}`);
  return `${protocol.toLowerCase()} ${range}`;
}

const emptyList = z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('List'), items: z.tuple([]) });

/** Whether it is what stands for no policy at all. */
export function isNoPolicy(value: unknown): boolean {
  return emptyList.safeParse(value).success;
}

/** What is wrong with an object of a cluster, by the validator and the type that a package has of it. */
export function refusalOf(
  body: string,
  Model: new (...value: never[]) => { validate(): void },
  module: string,
  type: string,
): string | null {
  try {
    const value = yamlValue(body);
    if (isNoPolicy(value)) return null;
    if (typeof value !== 'object' || value === null) return 'no object';
    const model: { validate(): void } = Reflect.construct(Model, [value]);
    model.validate();
    return failureOfType(value, module, type);
  } catch (error) {
    return String(error);
  }
}
