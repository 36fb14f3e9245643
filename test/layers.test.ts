import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** Which folder of src/ may import which others: only downwards, never sideways. Files at the top are the entries. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  catalog: ['model'],
  upstream: ['model'],
  store: ['model'],
  publish: ['upstream', 'catalog', 'store', 'model'],
  export: ['model'],
  answer: ['publish', 'export', 'upstream', 'catalog', 'store', 'model'],
  graphql: ['answer', 'publish', 'export', 'upstream', 'catalog', 'store', 'model'],
  rest: ['answer', 'publish', 'export', 'upstream', 'catalog', 'store', 'model'],
  feeds: ['answer', 'publish', 'upstream', 'catalog', 'store', 'model'],
  page: ['answer', 'publish', 'upstream', 'catalog', 'store', 'model'],
  ops: ['answer', 'publish', 'upstream', 'catalog', 'store', 'model'],
  cli: [
    'answer',
    'publish',
    'export',
    'upstream',
    'catalog',
    'store',
    'model',
    'config.ts',
    'main.ts',
    'node-version.ts',
  ],
  'app.module.ts': ['graphql', 'rest', 'feeds', 'page', 'ops', 'answer', 'publish', 'store'],
  'app.ts': ['app.module.ts', 'config.ts', 'rest', 'ops', 'answer'],
  'config.ts': ['settings.ts', 'model'],
  'settings.ts': ['model'],
  'service.ts': ['app.ts', 'app.module.ts', 'config.ts', 'answer', 'rest', 'ops', 'publish', 'store'],
  'run.ts': ['service.ts', 'config.ts', 'ops', 'publish', 'catalog', 'store'],
  'schema.ts': ['service.ts', 'config.ts', 'answer', 'ops', 'rest'],
  'main.ts': ['run.ts', 'node-version.ts'],
  'node-version.ts': [],
  'healthcheck.ts': ['config.ts'],
};

/** What the pure core may use of the platform. */
const MODEL_MODULES = ['node:net', 'node:crypto'];

/** What the formats may use beside the model: serializers. */
const EXPORT_MODULES = ['@xmldom/xmldom', 'csv-stringify/sync', 'markdown-table', 'marked', 'nanotar', 'yaml'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly target: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(path.join(SRC, file), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    from: file,
    to: fileName,
    target: fileName.startsWith('.')
      ? path.relative(SRC, path.resolve(SRC, path.dirname(file), fileName)).replace(/\.js$/, '.ts')
      : fileName,
  }));
});

/** The layer of a file: its folder, or its own name at the top. */
const layerOf = (file: string) => file.split(path.sep, 1)[0]!;

const own = imports.filter(({ to }) => to.startsWith('.'));

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(own.length).toBeGreaterThan(100);
  });

  it('come from layers that are known', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => MAY_IMPORT[layer] === undefined)).toEqual([]);
  });

  it('point only downwards', () => {
    const wrong = own.filter(({ from, target }) => {
      const [own, other] = [layerOf(from), layerOf(target)];
      return own !== other && !MAY_IMPORT[own]?.includes(other);
    });
    expect(wrong.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  it('lead to files that exist', () => {
    expect(own.filter(({ target }) => !files.includes(target)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('make no circle', () => {
    const next = Map.groupBy(own, ({ from }) => from);
    const done = new Set<string>();
    const circleFrom = (file: string, trail: readonly string[]): readonly string[] | undefined => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { target } of next.get(file) ?? []) {
        const circle = circleFrom(target, [...trail, file]);
        if (circle !== undefined) return circle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.map((file) => circleFrom(file, [])).filter((circle) => circle !== undefined)).toEqual([]);
  });

  it('of the model are of the model, node:net and node:crypto alone', () => {
    const foreign = imports.filter(
      ({ from, to }) => layerOf(from) === 'model' && !to.startsWith('.') && !MODEL_MODULES.includes(to),
    );
    expect(foreign.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('of the formats are of the model, of each other, and of serializers alone', () => {
    const foreign = imports.filter(
      ({ from, to }) => layerOf(from) === 'export' && !to.startsWith('.') && !EXPORT_MODULES.includes(to),
    );
    expect(foreign.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('of the framework stay out of the layers below the answers', () => {
    const framework = /^(?:@nestjs\/|fastify|class-)/;
    const lower = ['model', 'export', 'catalog', 'upstream', 'store', 'publish'];
    expect(imports.filter(({ from, to }) => lower.includes(layerOf(from)) && framework.test(to))).toEqual([]);
  });

  it('are not how the model and the formats learn of time, chance or the environment either', () => {
    const impure = /\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\bMath\.random\b|\bprocess\.|\bfetch\(|\bsetTimeout\b/;
    const wrong = files.filter(
      (file) => ['model', 'export'].includes(layerOf(file)) && impure.test(readFileSync(path.join(SRC, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
