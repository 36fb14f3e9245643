import { Lexer, parseDocument } from 'yaml';
import { strange } from './check.js';
import { linesOf } from './grammar.js';

const COMMENT = /^# [A-Za-z0-9._:/()#,@+=* -]*[^ ]$/;

/** The one value of a YAML file of ours: no second document, no alias, no tag, no comment but plain ones. */
export function yamlValue(body: string | Uint8Array): unknown {
  const text = `${linesOf(body).join('\n')}\n`;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#') && !COMMENT.test(token)) strange('no plain comment', token);
  }
  // As Kubernetes reads it: in YAML 1.1, where more words than in 1.2 are no text.
  const document = parseDocument(text, { version: '1.1', uniqueKeys: true, strict: true });
  for (const problem of [...document.errors, ...document.warnings]) throw problem;
  return document.toJS({ maxAliasCount: 0 });
}
