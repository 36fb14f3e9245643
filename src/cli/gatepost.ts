#!/usr/bin/env node
import { requireNode } from '../node-version.js';

requireNode();

// Only now, because an older Node fails at linking what this imports.
const { runCommand } = await import('./commands.js');
await runCommand();
