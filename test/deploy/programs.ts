// Programs that a test runs in a container; text, because of the project's files only the image's are there.

/** Says what it sees of its container. */
export const LOOK_AROUND = `
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
const write = (file) => {
  try {
    writeFileSync(file, '');
    rmSync(file);
    return 'done';
  } catch ({ code }) {
    return code;
  }
};
const files = ['/data/x', '/app/x', '/app/dist/x', '/app/data', '/x', '/usr/lib/x', '/tmp/x'];
console.log(JSON.stringify({
  pid: process.pid,
  user: process.getuid() + ':' + process.getgid(),
  groups: process.getgroups(),
  folder: process.cwd(),
  environment: process.env,
  privileges: /CapEff:\\s*(\\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1],
  hasShell: existsSync('/bin/sh'),
  writes: Object.fromEntries(files.map((file) => [file, write(file)])),
}));
`;

/** Sorts so much that SQLite has to put some of it into a file. */
export const SORT_MUCH = `
import { DatabaseSync } from 'node:sqlite';
const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)';
new DatabaseSync('/data/sorted.db').prepare(numbers + ' SELECT hex(randomblob(20)) AS h FROM n ORDER BY h').get();
`;
