import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder that is built from, without what its .dockerignore keeps out. */
export interface BuildContext {
  readonly folder: string;
  /** Whether a build sees a path, which is relative to the folder. */
  has(file: string): boolean;
}

/**
 * Of the patterns of .dockerignore, `*`, names at the top and `!` before them are known.
 *
 * @throws where there is another pattern.
 */
export function readContext(folder: string): BuildContext {
  const rules = readFileSync(path.join(folder, '.dockerignore'), 'utf8')
    .split('\n')
    .flatMap((raw, index) => {
      const pattern = raw.trim();
      if (pattern === '' || pattern.startsWith('#')) return [];
      const [, not, name] = /^(!?)(\*|[\w.-]+)$/.exec(pattern) ?? [];
      if (name === undefined) throw new Error(`.dockerignore:${index + 1}: The pattern ${pattern} is not known here.`);
      return [{ name, isKept: not === '!' }];
    });
  return {
    folder,
    has(file) {
      const [top] = path.posix.normalize(file).split('/', 1);
      return rules.findLast(({ name }) => name === '*' || name === top)?.isKept ?? true;
    },
  };
}
