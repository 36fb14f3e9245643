import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program is installed; `undefined` where it is not. Not every PATH has the folders of servers. */
export function programOf(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
