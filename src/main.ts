import { requireNode } from './node-version.js';

requireNode();

// Before anything is imported: graphql checks at each value, unless told so, whether it was loaded twice.
process.env['NODE_ENV'] ??= 'production';

// Only now, because an older Node fails at linking what this imports.
const { run } = await import('./run.js');
await run();
