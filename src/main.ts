import { requireNode } from './node-version.js';

requireNode();

// Only now, because an older Node fails at linking what this imports.
const { run } = await import('./run.js');
await run();
