/** A fenced block of a page, and where it stands. */
export interface Block {
  /** The word after the fence. */
  readonly language: string;
  readonly text: string;
  /** The line of its opening fence, from 1. */
  readonly line: number;
  /** The last line of text between the block before and this one; empty where there is none. */
  readonly before: string;
}

/**
 * Every fenced block of a page, in order. Strict, so that no block is missed: a fence stands at the start of a line and
 * is three backticks and one word.
 */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  let before = '';
  for (const [i, line] of page.split('\n').entries()) {
    const isFence = /^\s*(?:```|~~~)/.test(line);
    if (open === undefined && isFence) {
      const language = /^```(\w+)$/.exec(line)?.[1];
      if (language === undefined) throw new Error(`line ${i + 1}: "${line}" is no fence with a language`);
      open = { language, line: i + 1, lines: [] };
    } else if (open !== undefined && line === '```') {
      blocks.push({ language: open.language, text: open.lines.join('\n'), line: open.line, before });
      open = undefined;
      before = '';
    } else if (open !== undefined) {
      if (isFence) throw new Error(`line ${i + 1}: a fence inside the block of line ${open.line}`);
      open.lines.push(line);
    } else if (line.trim() !== '') before = line.trim();
  }
  if (open !== undefined) throw new Error(`line ${open.line}: the block does not end`);
  return blocks;
}
