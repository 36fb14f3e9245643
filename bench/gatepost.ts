import path from 'node:path';
import type { Command } from './running.ts';

/** Gatepost as `npm start` runs it. It reaches no published list, so that what it answers stays as it is. */
export function gatepost(port: number, databaseUrl: string): Command {
  const more = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
  return {
    program: process.execPath,
    args: [
      '--max-semi-space-size=2',
      '--heap-growing-percent=50',
      ...more,
      path.join(import.meta.dirname, '../dist/main.js'),
    ],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      RATE_LIMIT: 'off',
      DRAIN_SECONDS: '0',
      // Nothing listens there.
      UPSTREAM_URL: 'http://127.0.0.1:9/list.json',
      DATABASE_URL: databaseUrl,
    },
  };
}
