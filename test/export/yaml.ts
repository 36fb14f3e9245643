import { parseDocument } from 'yaml';
import { strange } from './check.js';
import { linesOf } from './grammar.js';

/** What may stand in a comment of ours. */
const COMMENT = /(?:^|(?<=[^ ] ))# [A-Za-z0-9._:/()#,@+=* -]*[^ ]$/;

/** The one value of a YAML file of ours: no second document, no alias, no tag, no comment but plain ones. */
export function yamlValue(body: string | Uint8Array): unknown {
  const lines = linesOf(body);
  for (const line of lines) if (line.replace(COMMENT, '').includes('#')) strange('no plain comment', line);
  // As Kubernetes reads it: in YAML 1.1, where more words than in 1.2 are no text.
  const document = parseDocument(lines.join('\n'), { version: '1.1', uniqueKeys: true, strict: true });
  for (const problem of [...document.errors, ...document.warnings]) throw problem;
  return document.toJS({ maxAliasCount: 0 });
}
