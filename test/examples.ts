import { readFileSync, readdirSync } from 'node:fs';

/** A question that a portal would start from. */
export interface Example {
  readonly file: string;
  /** Of its operation; what its tab is called. */
  readonly name: string;
  readonly query: string;
}

const FOLDER = new URL('../examples/', import.meta.url);

export const EXAMPLES: readonly Example[] = readdirSync(FOLDER)
  .sort()
  .map((file) => {
    const query = readFileSync(new URL(file, FOLDER), 'utf8');
    return { file, name: /^query (\w+)/m.exec(query)?.[1] ?? '', query };
  });
