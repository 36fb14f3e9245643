import { sha256 } from '../model/canonical.js';

/** What a device takes as the name of an object. */
export interface NameRules {
  /** The most characters. */
  readonly length: number;
  /** One character that may stand; others become `-`. Letters, digits and `-` always may. */
  readonly allow: RegExp;
}

/** Enough of a digest to tell two names apart. */
const DIGEST_LENGTH = 8;

/**
 * The name of an object, made of its content and never of a counter: another object more or less renames none.
 * Where something had to be changed or cut, a part of the digest keeps it unique.
 *
 * @param prefix tells our objects from the customer's; it stays as it is.
 */
export function objectName(prefix: string, content: string, { length, allow }: NameRules): string {
  const slug = Array.from(content, (character) =>
    /[A-Za-z0-9-]/.test(character) || allow.test(character) ? character : '-',
  ).join('');
  const whole = `${prefix}${slug}`;
  if (slug === content && whole.length <= length) return whole;
  const room = length - prefix.length - DIGEST_LENGTH - 1;
  return `${prefix}${slug.slice(0, Math.max(0, room))}-${sha256(content).slice(0, DIGEST_LENGTH)}`;
}
