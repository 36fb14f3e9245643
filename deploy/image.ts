import path from 'node:path';
import type { Stage } from './dockerfile.ts';
import type { Owner, Step, StepOf, Words } from './step.ts';

/** How containers of an image are run, as far as its Dockerfile says it. */
export interface Image {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly owner: Owner;
  /** What is run: the entry point, then its arguments. */
  readonly words: Words;
  readonly healthcheck: Words;
  readonly volumes: readonly string[];
}

export function imageOf({ steps }: Stage): Image {
  const last = <K extends Step['kind']>(kind: K) => stepsOf(steps, kind).at(-1);
  return {
    folder: folderAfter(steps),
    environment: environmentAfter(steps),
    owner: last('USER')?.owner ?? { user: 0, group: 0 },
    words: [...(last('ENTRYPOINT')?.words ?? []), ...(last('CMD')?.words ?? [])],
    healthcheck: last('HEALTHCHECK')?.words ?? [],
    volumes: stepsOf(steps, 'VOLUME').map(({ folder }) => folder),
  };
}

/** The working folder after these steps. */
export function folderAfter(steps: readonly Step[]): string {
  return steps.reduce(
    (folder, step) => (step.kind === 'WORKDIR' ? path.posix.resolve(folder, step.folder) : folder),
    '/',
  );
}

/** The environment that these steps set. */
export function environmentAfter(steps: readonly Step[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...steps.map((step) => (step.kind === 'ENV' ? step.values : {})));
}

export function stepsOf<K extends Step['kind']>(steps: readonly Step[], kind: K): readonly StepOf<K>[] {
  return steps.filter((step): step is StepOf<K> => step.kind === kind);
}
