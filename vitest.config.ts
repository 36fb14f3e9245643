import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Otherwise vitest loads graphql a second time for our own files, and its classes are not those that Nest knows.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-report.json' }]] : ['default'],
    // Many wait for a process or for time to pass. By default one core is left free: of two, half.
    maxWorkers: Math.max(2, availableParallelism()),
    setupFiles: ['test/setup.ts'],
    // A busy machine takes several times as long, and is not a fault.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/model/**', 'src/export/**', 'src/upstream/parse.ts'] },
  },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
});
