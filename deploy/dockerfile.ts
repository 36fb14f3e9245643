import { readStep, type Step } from './step.ts';

/** What a Dockerfile asks for that cannot be carried out here. */
export class DockerfileError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'DockerfileError';
  }
}

export interface Stage {
  readonly name: string | undefined;
  readonly image: string;
  readonly line: number;
  readonly steps: readonly Step[];
}

/**
 * The stages of a Dockerfile. Of Docker's language this knows what our own file uses; for all else it would rather stop
 * than do something other than Docker.
 *
 * @throws DockerfileError naming the line.
 */
export function readDockerfile(text: string, file = 'Dockerfile'): readonly Stage[] {
  const stages: { name: string | undefined; image: string; line: number; steps: Step[] }[] = [];
  for (const { line, instruction, rest } of instructions(text, file)) {
    const refuse = (problem: string) => new DockerfileError(file, line, problem);
    if (instruction === 'FROM') {
      const [, image, name] = /^([\w./:-]+)(?: AS ([a-z]\w*))?$/.exec(rest) ?? [];
      if (image === undefined) throw refuse('FROM is known as FROM IMAGE and FROM IMAGE AS NAME.');
      if (stages.some((stage) => stage.name === image)) throw refuse('FROM another stage is not known here.');
      stages.push({ name, image, line, steps: [] });
      continue;
    }
    const step = readStep(instruction, rest, line, refuse);
    const stage = stages.at(-1);
    if (stage === undefined) throw refuse(`${instruction} stands before the first FROM.`);
    if (
      step.kind === 'COPY' &&
      step.from !== undefined &&
      !stages.slice(0, -1).some(({ name }) => name === step.from)
    ) {
      throw refuse(`There is no earlier stage "${step.from}".`);
    }
    stage.steps.push(step);
  }
  return stages;
}

/** Logical lines: without comments, continued ones joined. */
function* instructions(text: string, file: string) {
  let start = 0;
  let joined = '';
  for (const [index, raw] of text.split('\n').entries()) {
    if (/^\s*#\s*(?:syntax|escape|check)\s*=/i.test(raw)) {
      throw new DockerfileError(file, index + 1, 'Parser directives are not known here.');
    }
    if (/^\s*(?:#|$)/.test(raw)) continue;
    if (joined === '') start = index + 1;
    joined += raw.replace(/\\\s*$/, ' ');
    if (/\\\s*$/.test(raw)) continue;
    const [, instruction = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(joined) ?? [];
    yield { line: start, instruction: instruction.toUpperCase(), rest };
    joined = '';
  }
  if (joined !== '') throw new DockerfileError(file, start, 'The last line is continued, and there is no next one.');
}
