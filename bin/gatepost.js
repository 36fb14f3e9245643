#!/usr/bin/env node
// It is there before anything is built, so that npm links it.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli/gatepost.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('Gatepost is not built yet: run "npm run build" first.\n');
  process.exitCode = 1;
}
