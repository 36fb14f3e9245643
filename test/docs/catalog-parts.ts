// A catalog in steps: the first block of a page is a whole one, each later block a part that is put into it, as its
// author would: a new entry at the end of its section, an entry of a known name in the place of the old one.

/** A top-level member: its first line, and the entries beneath it. */
interface Section {
  readonly head: string;
  readonly entries: readonly string[];
}

/** The text of a catalog with a part put into it. */
export function withPart(catalog: string, part: string): string {
  const sections = new Map(sectionsOf(catalog));
  for (const [name, { head, entries }] of sectionsOf(part)) {
    const own = sections.get(name);
    const kept = own === undefined ? [] : [...own.entries];
    for (const entry of entries) {
      const key = keyOf(entry);
      const at = key === undefined ? -1 : kept.findIndex((candidate) => keyOf(candidate) === key);
      if (at === -1) kept.push(entry);
      else kept[at] = entry;
    }
    sections.set(name, { head, entries: kept });
  }
  return textOf(sections);
}

function sectionsOf(text: string): [name: string, section: Section][] {
  return chunks(text, /^\S/).map((lines) => {
    const [head = '', ...rest] = lines;
    const name = /^([a-z]+):/.exec(head)?.[1];
    if (name === undefined) throw new Error(`"${head}" begins no section of a catalog`);
    return [name, { head, entries: chunks(rest.join('\n'), /^ {2}\S/).map((entry) => entry.join('\n')) }];
  });
}

function textOf(sections: ReadonlyMap<string, Section>): string {
  const lines: string[] = [];
  for (const { head, entries } of sections.values()) {
    if (entries.length > 0 && lines.length > 0) lines.push('');
    lines.push(head, ...entries);
  }
  return `${lines.join('\n')}\n`;
}

/** Lines in groups, each of which begins with a line that fits; blank lines are left out. */
function chunks(text: string, first: RegExp): string[][] {
  const groups: string[][] = [];
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    if (first.test(line)) groups.push([line]);
    else if (groups.length === 0) throw new Error(`"${line}" belongs to nothing`);
    else groups.at(-1)!.push(line);
  }
  return groups;
}

/** The name of an entry of a mapping; rows of a list have none. */
function keyOf(entry: string): string | undefined {
  return /^ {2}("?)([^\s"-][^\s":]*)\1:/.exec(entry)?.[2];
}
