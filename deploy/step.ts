/** One instruction of a stage, by the line that it begins in. */
export type Step = { readonly line: number } & (
  | { readonly kind: 'WORKDIR'; readonly folder: string }
  | {
      readonly kind: 'COPY';
      /** The stage that it copies from; without one, from the build context. */
      readonly from: string | undefined;
      readonly owner: Owner;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: 'RUN'; readonly command: string }
  | { readonly kind: 'ENV'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'LABEL'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'VOLUME'; readonly folder: string }
  | { readonly kind: 'USER'; readonly owner: Owner }
  | { readonly kind: 'EXPOSE'; readonly port: number }
  | { readonly kind: 'HEALTHCHECK'; readonly options: Readonly<Record<string, string>>; readonly words: Words }
  | { readonly kind: 'ENTRYPOINT'; readonly words: Words }
  | { readonly kind: 'CMD'; readonly words: Words }
);

export type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

export interface Owner {
  readonly user: number;
  readonly group: number;
}

/** A command as a program gets it, without a shell. */
export type Words = readonly string[];

/** Makes the error for the line at hand. */
type Refuse = (problem: string) => Error;

const ROOT: Owner = { user: 0, group: 0 };
const HEALTH_OPTIONS: readonly string[] = ['interval', 'timeout', 'start-period', 'retries'];

/** Reads one instruction, in those forms of it that can be carried out here with the meaning that Docker gives them. */
export function readStep(instruction: string, rest: string, line: number, refuse: Refuse): Step {
  if (instruction === 'RUN') {
    if (/^(?:--|\[|.*<<)/.test(rest)) throw refuse('RUN is known with a command for the shell alone.');
    return { line, kind: 'RUN', command: rest };
  }
  if (rest.includes('$')) throw refuse('Variables are not known here.');
  switch (instruction) {
    case 'WORKDIR':
      return { line, kind: 'WORKDIR', folder: one(rest, refuse) };
    case 'VOLUME':
      if (!/^\/[\w-]+$/.test(rest)) throw refuse('VOLUME is known with one folder at the top.');
      return { line, kind: 'VOLUME', folder: rest };
    case 'COPY':
      return copyOf(rest, line, refuse);
    case 'ENV':
    case 'LABEL':
      return { line, kind: instruction, values: valuesOf(rest, refuse) };
    case 'USER':
      return { line, kind: 'USER', owner: ownerOf(rest, refuse) };
    case 'EXPOSE':
      if (!/^\d{1,5}$/.test(rest)) throw refuse('EXPOSE is known with one port.');
      return { line, kind: 'EXPOSE', port: Number(rest) };
    case 'HEALTHCHECK': {
      const { options, words } = optionsOf(rest);
      const unknown = Object.keys(options).find((name) => !HEALTH_OPTIONS.includes(name));
      if (unknown !== undefined) throw refuse(`HEALTHCHECK --${unknown} is not known here.`);
      if (words[0] !== 'CMD') throw refuse('HEALTHCHECK is known with CMD.');
      return { line, kind: 'HEALTHCHECK', options, words: execForm(rest.slice(rest.indexOf('CMD ') + 4), refuse) };
    }
    case 'ENTRYPOINT':
    case 'CMD':
      return { line, kind: instruction, words: execForm(rest, refuse) };
    default:
      throw refuse(`The instruction ${instruction} is not known here.`);
  }
}

function copyOf(rest: string, line: number, refuse: Refuse): Step {
  if (/[*?["\\]|<</.test(rest)) throw refuse('COPY is known with plain paths alone.');
  const { options, words } = optionsOf(rest);
  const { from, chown, ...others } = options;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw refuse(`COPY --${unknown} is not known here.`);
  if (words.length < 2) throw refuse('COPY needs a source and a target.');
  const target = words.at(-1)!;
  if (words.length > 2 && !target.endsWith('/'))
    throw refuse('COPY of several sources needs a target that ends with /.');
  const owner = chown === undefined ? ROOT : ownerOf(chown, refuse);
  return { line, kind: 'COPY', from, owner, sources: words.slice(0, -1), target };
}

function optionsOf(rest: string) {
  const words = rest.split(/\s+/);
  const end = words.findIndex((word) => !word.startsWith('--'));
  const options = words.slice(0, end === -1 ? words.length : end).map((word) => {
    const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/.exec(word) ?? [];
    return [name, value] as const;
  });
  return {
    options: Object.fromEntries(options) as Readonly<Record<string, string>>,
    words: words.slice(options.length),
  };
}

function valuesOf(rest: string, refuse: Refuse): Readonly<Record<string, string>> {
  const pairs = [...rest.matchAll(/([\w.]+)=(?:"([^"\\]*)"|([^\s"'\\]+))(?:\s+|$)/gy)];
  if (pairs.length === 0 || pairs.map(([all]) => all).join('') !== rest)
    throw refuse('Known are NAME=VALUE and NAME="VALUE".');
  return Object.fromEntries(pairs.map(([, name, quoted, plain]) => [name, quoted ?? plain]));
}

function ownerOf(text: string, refuse: Refuse): Owner {
  const [, user, group] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (user === undefined) throw refuse('A user is known as UID:GID, both numbers.');
  return { user: Number(user), group: Number(group) };
}

function execForm(text: string, refuse: Refuse): Words {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // Told below.
  }
  throw refuse('A command is known in exec form alone: ["program", "argument"].');
}

function one(text: string, refuse: Refuse): string {
  if (/\s|["']/.test(text) || text === '') throw refuse('One plain path is needed.');
  return text;
}
