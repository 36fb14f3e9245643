import { COMMENT, label } from './text.js';

/** Lines of text as comments, each on a line of its own; one that has nothing to say is left out. */
export function commented(lines: readonly string[], mark: string): string[] {
  return lines.flatMap((line) => {
    const text = label(line, COMMENT);
    return text === '' ? [] : [`${mark} ${text}`];
  });
}
