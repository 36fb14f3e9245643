import { describe, expect, it } from 'vitest';
import { readDockerfile } from '../../deploy/dockerfile.js';
import { environmentAfter, folderAfter } from '../../deploy/image.js';

describe('a Dockerfile', () => {
  it('is read into stages, without comments, continued lines joined', () => {
    const [build, last] = readDockerfile(
      [
        'FROM node:26-trixie-slim AS build',
        '# A comment.',
        'COPY --chown=1:2 a b ./',
        'RUN one && \\',
        '# A comment in between.',
        '  two',
        'FROM node:26-trixie-slim',
        'WORKDIR /app',
        'WORKDIR deeper',
        'ENV A=1 B="two words"',
        'COPY --from=build /a .',
        'CMD ["x", "y z"]',
      ].join('\n'),
    );
    expect(build).toEqual({
      name: 'build',
      image: 'node:26-trixie-slim',
      line: 1,
      steps: [
        { line: 3, kind: 'COPY', from: undefined, owner: { user: 1, group: 2 }, sources: ['a', 'b'], target: './' },
        { line: 4, kind: 'RUN', command: expect.stringMatching(/^one && +two$/) },
      ],
    });
    expect(folderAfter(last!.steps)).toBe('/app/deeper');
    expect(environmentAfter(last!.steps)).toEqual({ A: '1', B: 'two words' });
    expect(last!.steps.at(-2)).toMatchObject({ kind: 'COPY', from: 'build', owner: { user: 0, group: 0 } });
    expect(last!.steps.at(-1)).toEqual({ line: 12, kind: 'CMD', words: ['x', 'y z'] });
  });

  it.each([
    'ADD a b',
    'ONBUILD RUN a',
    'COPY *.json ./',
    'COPY a b c',
    'COPY a',
    'COPY --link a b',
    'COPY --chown=node:node a b',
    'COPY --from=later a b',
    'COPY --from=busybox:1 a b',
    'COPY <<EOF b',
    'RUN --mount=type=cache,target=/a b',
    'RUN ["a"]',
    'RUN <<EOF',
    'ENV A b',
    'ENV A=$B',
    'USER node',
    'USER 1',
    'WORKDIR a b',
    'VOLUME /a/b',
    'VOLUME ["/a"]',
    'EXPOSE 1 2',
    'ENTRYPOINT node a',
    'CMD a',
    'CMD []',
    'HEALTHCHECK NONE',
    'HEALTHCHECK CMD a',
    'HEALTHCHECK --often CMD ["a"]',
    'FROM a AS b AS c',
    'FROM first',
    '# syntax=other',
    'CMD ["a"] \\',
  ])('with “%s” is refused, with the line', (line) => {
    expect(() => readDockerfile(`FROM base AS first\n\n${line}`)).toThrow(/^Dockerfile:3: \S/);
  });

  it('begins with FROM', () => {
    expect(() => readDockerfile('WORKDIR /a')).toThrow('Dockerfile:1: WORKDIR stands before the first FROM.');
  });
});
