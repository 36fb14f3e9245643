/** What a place in a format can hold of a free text. */
export interface LabelRules {
  /** The most UTF-8 bytes. */
  readonly bytes: number;
  /** One character that may stand; everything else becomes a space. Has the flag `u`. */
  readonly allow: RegExp;
}

/** Letters, digits and marks that mean nothing in any format that we write. */
const PLAIN = /[A-Za-z0-9 ._:/()#,@+=*-]/u;

/** A comment on a line of its own: nothing that ends a line, quotes, or is taken for a template. */
export const COMMENT: LabelRules = { bytes: 900, allow: PLAIN };

/** A label where the format has no rules of its own. */
export function plainLabel(bytes: number): LabelRules {
  return { bytes, allow: PLAIN };
}

/**
 * The one function that makes labels of free text. The result is one line of characters that a format allows, without
 * white space at its ends or twice in a row, cut between two characters. It may be empty.
 */
export function label(text: string, { bytes, allow }: LabelRules): string {
  let kept = '';
  let length = 0;
  for (const character of text.normalize('NFC')) {
    const next = allow.test(character) ? character : ' ';
    if (next === ' ' && (kept === '' || kept.endsWith(' '))) continue;
    length += utf8Length(next);
    if (length > bytes) break;
    kept += next;
  }
  return kept.trimEnd();
}

/** How many bytes a character takes in UTF-8. Source: RFC 3629 section 3. */
function utf8Length(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
}
