import { spawnSync } from 'node:child_process';

/**
 * What a test lacks here, as a reason to leave it out: programs, and root. In CI nothing may be lacking: there the test
 * runs, and fails.
 */
export function isLeftOut(what: string, programs: readonly string[]): boolean {
  const missing = programs.filter((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0);
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length === 0 || process.env['CI']) return false;
  process.stdout.write(`${what} is not tried out: there is no ${missing.join(', ')} here.\n`);
  return true;
}
