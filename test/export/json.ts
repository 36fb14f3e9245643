import { z } from 'zod';
import { isCidr } from '../../src/model/cidr.js';
import { strange } from './check.js';

/** A body as JSON of exactly this form, and written as we write it: so that no member is there twice. */
export function jsonOf<T>(body: string | Uint8Array, form: z.ZodType<T>): T {
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
  const value: unknown = JSON.parse(text);
  if (`${JSON.stringify(value, null, 2)}\n` !== text) strange('not as it is written', text.slice(-40));
  return form.parse(value);
}

/** A block with its length, of one family where it is said. */
export function blockForm(family?: 'ipv4' | 'ipv6') {
  return z
    .string()
    .refine((text) => isCidr(text) && (family === undefined || text.includes(':') === (family === 'ipv6')));
}

/** A text in plain characters, and not an empty one. */
export function textForm(most: number) {
  return z.string().regex(new RegExp(`^[A-Za-z0-9 ._:/()#,@+=*-]{1,${most}}$`));
}

export const portForm = z.int().min(1).max(65_535);

/** Fails where something is there twice. */
export function each<T extends string>(texts: readonly T[]): readonly T[] {
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  return twice === undefined ? texts : strange('there twice', twice);
}
