import { Document, Scalar } from 'yaml';
import { commented } from './comment.js';
import { label, plainLabel } from './text.js';

/** What stands behind a value, on its line. */
const BEHIND = plainLabel(200);

/** A value with a comment on its line; without one where the text has nothing to say. */
export function noted(value: string, text: string): Scalar<string> {
  const scalar = new Scalar(value);
  const comment = label(text, BEHIND);
  if (comment !== '') scalar.comment = ` ${comment}`;
  return scalar;
}

/** A value as YAML, after comments. What YAML 1.1 reads as something else than text is quoted. */
export function yamlFile(comments: readonly string[], value: object): string {
  const document = new Document(value, { schema: 'yaml-1.1', aliasDuplicateObjects: false });
  return [...commented(comments, '#'), document.toString({ lineWidth: 0, indentSeq: false })].join('\n');
}
