/** A link of a page to a file of the project, to a heading in it, or both. */
export interface Link {
  /** Relative to the page; empty for the page itself. */
  readonly file: string;
  readonly heading: string;
}

/** The links of a page that lead to the project itself. */
export function linksOf(page: string): Link[] {
  return [...page.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [file = '', heading = ''] = target.split('#');
      return { file, heading };
    });
}

/** What a link to a heading of a page has after the `#`. */
export function anchorsOf(page: string): string[] {
  const headings = page.split('\n').filter((line) => line.startsWith('#'));
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The words in backticks of the first column of the table that begins with a heading. */
export function firstColumn(page: string, heading: string): string[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start === -1) throw new Error(`There is no table that begins with "${heading}".`);
  const rest = lines.slice(start + 2);
  const rows = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  );
  return rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!));
}
